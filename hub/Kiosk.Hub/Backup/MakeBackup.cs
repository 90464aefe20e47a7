using System.Formats.Tar;
using Microsoft.Data.Sqlite;

namespace Kiosk.Hub.Backup;

/// <summary>
/// Copies a data folder while its hub works. The database is taken at one instant; media never change once written, so they are copied after it.
/// A file deleted meanwhile only means that the picture of the database is a moment old: it is then taken once more.
/// </summary>
internal static class MakeBackup
{
    private const int Tries = 3;

    /// <param name="dataFolder">Of a running or stopped hub.</param>
    /// <param name="target">File to be made; it appears when it is whole.</param>
    /// <param name="progress">Bytes written since the last call.</param>
    /// <exception cref="FileNotFoundException">No hub ever worked in the folder.</exception>
    /// <exception cref="IOException">E.g. the disk is full; the target is as it was before.</exception>
    public static async Task<BackupManifest> RunAsync(string dataFolder, string target, DateTimeOffset now, Action<long> progress, CancellationToken cancellationToken)
    {
        var database = Path.Combine(dataFolder, BackupArchive.Database);
        if (!File.Exists(database))
        {
            throw new FileNotFoundException(null, database);
        }

        target = Path.GetFullPath(target);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var (snapshot, part) = (target + ".db", target + ".part");
        try
        {
            for (var last = false; ; last = true)
            {
                for (var tries = 1; tries <= Tries; tries++)
                {
                    if (await WriteAsync(dataFolder, database, snapshot, part, now, acceptMissing: last, progress, cancellationToken) is { } manifest)
                    {
                        File.Move(part, target, overwrite: true);
                        return manifest;
                    }
                }
            }
        }
        finally
        {
            File.Delete(snapshot);
            File.Delete(part);
        }
    }

    // Null when media the database names are not there: perhaps deleted since.
    private static async Task<BackupManifest?> WriteAsync(
        string dataFolder, string database, string snapshot, string part, DateTimeOffset now, bool acceptMissing, Action<long> progress, CancellationToken cancellationToken)
    {
        File.Delete(snapshot);
        var (named, waiting) = await SnapshotAsync(database, snapshot, cancellationToken);
        var files = new List<BackupFile>();
        var missing = new List<string>();
        await using (var output = new FileStream(part, Target()))
        {
            await using var writer = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
            async Task AddAsync(string name, string path)
            {
                var file = await BackupArchive.AddAsync(writer, name, path, cancellationToken);
                files.Add(file);
                progress(file.Bytes);
            }

            await AddAsync(BackupArchive.Database, snapshot);
            foreach (var key in Directory.EnumerateFiles(Path.Combine(dataFolder, "keys")).Where(file => !file.EndsWith(".part", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                await AddAsync("keys/" + Path.GetFileName(key), key);
            }

            foreach (var sha256 in named)
            {
                var path = Path.Combine(dataFolder, "media", sha256[..2], sha256[2..]);
                if (!File.Exists(path))
                {
                    missing.Add(sha256);
                    continue;
                }

                await AddAsync($"media/{sha256[..2]}/{sha256[2..]}", path);
            }

            // Uploads whose preparation has not ended; one that ended meanwhile is prepared anew after a restore, or asked for again.
            foreach (var id in waiting.Where(id => File.Exists(Path.Combine(dataFolder, "media", "incoming", id))))
            {
                await AddAsync("media/incoming/" + id, Path.Combine(dataFolder, "media", "incoming", id));
            }

            if (missing.Count > 0 && !acceptMissing)
            {
                return null;
            }

            var manifest = new BackupManifest(BackupArchive.Format, now, typeof(MakeBackup).Assembly.GetName().Version!.ToString(3), files, missing);
            await BackupArchive.AddManifestAsync(writer, manifest, cancellationToken);
            await writer.DisposeAsync();
            await output.FlushAsync(cancellationToken);
            output.Flush(flushToDisk: true);
            return manifest;
        }
    }

    private static FileStreamOptions Target()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 20, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            // It holds the keys and everybody's data.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static async Task<(IReadOnlyList<string> Named, IReadOnlyList<string> Waiting)> SnapshotAsync(string database, string snapshot, CancellationToken cancellationToken)
    {
        await using (var live = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 60 }.ToString()))
        {
            await live.OpenAsync(cancellationToken);
            await using var command = live.CreateCommand();
            command.CommandText = "VACUUM INTO $file";
            command.Parameters.AddWithValue("$file", snapshot);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = snapshot, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await copy.OpenAsync(cancellationToken);
        if (await ListAsync(copy, "PRAGMA integrity_check", cancellationToken) is not ["ok"])
        {
            throw new BackupDamagedException(database);
        }

        return (
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
