using Microsoft.Data.Sqlite;

namespace Kiosk.Hub.Backup;

/// <summary>SQLite copies itself at one instant while others write.</summary>
internal static class SqlitePicture
{
    private const int Interrupted = 9;

    public static async Task<DatabasePicture> TakeAsync(string database, string work, CancellationToken cancellationToken)
    {
        if (!File.Exists(database))
        {
            throw new FileNotFoundException(null, database);
        }

        var snapshot = Path.Combine(work, BackupArchive.Database);
        await using (var live = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 60 }.ToString()))
        {
            await live.OpenAsync(cancellationToken);
            await using var command = live.CreateCommand();
            command.CommandText = "VACUUM INTO $file";
            command.Parameters.AddWithValue("$file", snapshot);
            await using var stop = cancellationToken.Register(() => SQLitePCL.raw.sqlite3_interrupt(live.Handle!));
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (SqliteException failure) when (failure.SqliteErrorCode == Interrupted)
            {
                throw new OperationCanceledException(cancellationToken);
            }
        }

        await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = snapshot, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await copy.OpenAsync(cancellationToken);
        if (await ListAsync(copy, "PRAGMA integrity_check", cancellationToken) is not ["ok"])
        {
            throw new BackupDamagedException(database);
        }

        return new DatabasePicture(
            [(BackupArchive.Database, snapshot)],
            await ListAsync(copy, """SELECT DISTINCT "Sha256" FROM "MediaRenditions" ORDER BY "Sha256" """, cancellationToken),
            await ListAsync(copy, """SELECT lower(replace("Id", '-', '')) FROM "Media" WHERE "State" = 'Processing'""", cancellationToken));
    }

    private static async Task<IReadOnlyList<string>> ListAsync(SqliteConnection connection, string sql, CancellationToken cancellationToken)
    {
        var rows = new List<string>();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
