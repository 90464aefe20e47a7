using Microsoft.Data.Sqlite;
using Npgsql;

namespace Kiosk.Hub.Backup;

/// <summary>No room left, as each library says it.</summary>
internal static class DiskFull
{
    private const int NoSpace = 28;
    private const int Quota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int SqliteFull = 13;

    // A write, sync, truncation or growth of the shared index that the file system refuses: how a full disk shows in between.
    private static readonly int[] _refusedWrites = [778, 1034, 1546, 4618, 4874, 5386];

    public static bool Is(Exception? failure) => failure switch
    {
        null => false,
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull || _refusedWrites.Contains(sqlite.SqliteExtendedErrorCode),
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.DiskFull,
        IOException { HResult: NoSpace or Quota or WindowsDiskFull } => true,
        _ => Is(failure.InnerException),
    };
}
