using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Kiosk.Hub.Data;

/// <summary>
/// Moves what SQLite's write-ahead log holds into the database beside the writes. SQLite by itself does it inside a commit, every so many pages,
/// and everybody in line waits: that was the slowest percent of check-ins. Only the last few pages, with which the log starts over, are moved
/// under the gate. Should this ever stand still, the commits do it again (see <see cref="SqlitePragmas"/>).
/// </summary>
internal sealed partial class WalKeeper(DatabaseOptions database, WriteGate gate, ILogger<WalKeeper> logger) : BackgroundService
{
    /// <summary>Pages in the log from which moving them is worth the two flushes it costs.</summary>
    private const int Worthwhile = 2000;

    /// <summary>Pages at which the log is to start over, since reading through a long one is slow.</summary>
    private const int Long = 8000;

    /// <summary>Pages that may be left to be moved under the gate.</summary>
    private const int Few = 500;

    /// <summary>Each time fewer have come meanwhile, unless the disk is slower than the writes.</summary>
    private const int MostPasses = 4;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something was committed. Never blocks.</summary>
    public void Touch() => _wake.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.IsPostgres)
        {
            return;
        }

        while (await _wake.Reader.WaitToReadAsync(stoppingToken))
        {
            _wake.Reader.TryRead(out _);
            try
            {
                await KeepAsync(stoppingToken);
            }
            catch (SqliteException exception)
            {
                LogFailed(exception);
            }

            // Real time on purpose: this only spares work, nothing depends on it.
            await Task.Delay(_pause, stoppingToken);
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database.SqliteFile, Mode = SqliteOpenMode.ReadWrite }.ToString());
        await connection.OpenAsync(cancellationToken);
        var (length, waiting) = Checkpoint(connection, "NOOP");
        if (waiting < Worthwhile)
        {
            return;
        }

        for (var pass = 0; pass < MostPasses && waiting > Few; pass++)
        {
            Checkpoint(connection, "PASSIVE");
            (length, waiting) = Checkpoint(connection, "NOOP");
        }

        if (length >= Long)
        {
            await gate.RunAsync(() => Task.FromResult(Checkpoint(connection, "PASSIVE")), cancellationToken);
        }
    }

    /// <returns>Pages in the log, and how many of them are not in the database yet.</returns>
    private static (int Length, int Waiting) Checkpoint(SqliteConnection connection, string mode)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({mode})";
        using var reader = command.ExecuteReader();
        return reader.Read() && reader.GetInt32(1) is > 0 and var length ? (length, length - reader.GetInt32(2)) : default;
    }

    [LoggerMessage(1300, LogLevel.Warning, "The database's log could not be moved into it; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
