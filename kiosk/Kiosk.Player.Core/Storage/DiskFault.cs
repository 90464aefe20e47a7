using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Storage;

/// <summary>Trouble with the disk, by kind; thread-safe, gone with the next write that succeeds.</summary>
internal sealed class DiskFault
{
    public const string Full = "disk_full";
    public const string Broken = "disk_error";

    private const int SqliteFull = 13;
    private const int NoSpace = 28; // ENOSPC
    private const int TooLarge = 27; // EFBIG
    private const int NoQuota = 122; // EDQUOT
    private const int WindowsFull = unchecked((int)0x80070070);

    private volatile Trouble? now;

    private sealed record Trouble(string Code, string Message, DateTimeOffset Since);

    /// <summary>What stands now, or null.</summary>
    public (string Code, string Message, DateTimeOffset Since)? Now => now is { } n ? (n.Code, n.Message, n.Since) : null;

    /// <summary>Whether an exception is the disk's doing.</summary>
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException or SqliteException;

    /// <summary><c>disk_full</c> or <c>disk_error</c>.</summary>
    public static string CodeOf(Exception e) =>
        e is SqliteException { SqliteErrorCode: SqliteFull } || (e is IOException && e.HResult is NoSpace or TooLarge or NoQuota or WindowsFull) ? Full : Broken;

    public string Failed(Exception e, DateTimeOffset at)
    {
        var code = CodeOf(e);
        now = new Trouble(code, e.Message, now is { } before && before.Code == code ? before.Since : at);
        return code;
    }

    public void Well() => now = null;
}
