using System.Globalization;
using Kiosk.Hub.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Kiosk.Hub.Backup;

/// <summary>The folder holds data already.</summary>
internal sealed class DataFolderNotEmptyException(string folder) : Exception(folder);

/// <summary>The backup is of the other kind of database.</summary>
internal sealed class BackupOtherDatabaseException(string database) : Exception(database);

/// <summary>The backup was made by a newer hub.</summary>
internal sealed class BackupTooNewException(string version) : Exception(version);

/// <summary>
/// Puts a backup in a data folder's place. Everything is unpacked and checked beside what is there before anything is touched; then pieces are
/// exchanged one by one, which a crash may interrupt anywhere: the next start of the hub, or of a restore, goes on with it.
/// What was there before is kept.
/// </summary>
internal static class RestoreBackup
{
    private const string Staging = "restoring";

    private const string Ready = "ready";

    // The old journal goes before the old database, so that the new one never meets it.
    private static readonly string[] _pieces = ["hub.db-wal", "hub.db-shm", BackupArchive.Database, "keys", "media"];

    /// <param name="replace">Whether data that is there may be set aside.</param>
    /// <returns>The backup's manifest and where the data that was there is kept, or null.</returns>
    /// <exception cref="DataFolderInUseException">A hub works in the folder.</exception>
    /// <exception cref="BackupDamagedException">Nothing was touched.</exception>
    public static async Task<(BackupManifest Manifest, string? Kept)> RunAsync(
        string archive, BackupPlace place, bool replace, DateTimeOffset now, Action<BackupProgress> progress, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan);
        using var folders = new HubFolders(place.DataFolder);
        var postgres = place.Postgres is { } connection ? new PostgresRestore(connection) : null;
        if (postgres is not null && await postgres.IsInUseAsync(cancellationToken))
        {
            throw new DataFolderInUseException(BackupArchive.Postgres, null);
        }

        var occupied = postgres is null ? File.Exists(folders.Database) : await postgres.HoldsDataAsync(cancellationToken);
        if (occupied && !replace)
        {
            throw new DataFolderNotEmptyException(postgres is null ? folders.Data : BackupArchive.Postgres);
        }

        var staging = Path.Combine(folders.Data, Staging);
        Discard(staging);
        Directory.CreateDirectory(staging);
        try
        {
            var manifest = await BackupArchive.UnpackAsync(file, staging, progress, cancellationToken);
            if ((manifest.Database is null) != (postgres is null))
            {
                throw new BackupOtherDatabaseException(manifest.Database ?? "SQLite");
            }

            string? schema = null;
            if (postgres is null)
            {
                await CheckAsync(Path.Combine(staging, BackupArchive.Database), manifest, cancellationToken);
            }
            else
            {
                schema = await postgres.LoadAsync(staging, manifest, now, cancellationToken);
            }

            Directory.CreateDirectory(Path.Combine(staging, "keys"));
            Directory.CreateDirectory(Path.Combine(staging, "media"));
            cancellationToken.ThrowIfCancellationRequested();
            // A name on disk has one calendar, whatever the machine's is.
            var kept = string.Create(CultureInfo.InvariantCulture, $"before-restore-{now:yyyyMMdd-HHmmss}");
            await File.WriteAllTextAsync(Path.Combine(staging, Ready), $"{kept}\n{schema}", CancellationToken.None);
            return (manifest, Finish(folders.Data, place.Postgres));
        }
        catch when (!File.Exists(Path.Combine(staging, Ready)))
        {
            Discard(staging);
            throw;
        }
    }

    /// <summary>Completes an exchange that was interrupted. Call while holding the folder, before the database is opened.</summary>
    /// <returns>Where what was there is kept; null when there was nothing to complete or to keep.</returns>
    /// <param name="postgres">Connection string of a hub that keeps its data there.</param>
    public static string? Finish(string dataFolder, string? postgres = null)
    {
        var staging = Path.Combine(dataFolder, Staging);
        var ready = Path.Combine(staging, Ready);
        if (!File.Exists(ready))
        {
            return null;
        }

        var lines = File.ReadAllLines(ready);
        var kept = Path.Combine(dataFolder, lines[0]);
        if (lines is [_, { Length: > 0 } schema])
        {
            new PostgresRestore(postgres ?? throw new InvalidOperationException("The restore that was begun is of a PostgreSQL database; start the hub with its connection string."))
                .Swap(schema, lines[0].Replace('-', '_'));
        }

        Directory.CreateDirectory(kept);
        foreach (var piece in _pieces)
        {
            var (old, coming, aside) = (Path.Combine(dataFolder, piece), Path.Combine(staging, piece), Path.Combine(kept, piece));
            var journal = piece.StartsWith("hub.db-", StringComparison.Ordinal);
            if (Path.Exists(old) && !Path.Exists(aside) && (journal || Path.Exists(coming)))
            {
                Directory.Move(old, aside);
            }

            if (Path.Exists(coming))
            {
                if (Directory.Exists(old))
                {
                    // Set aside before the crash; the start that goes on with it has made an empty one.
                    Directory.Delete(old);
                }

                Directory.Move(coming, old);
            }
        }

        File.Delete(ready);
        Discard(staging);
        if (Directory.EnumerateFiles(kept, "*", SearchOption.AllDirectories).Any())
        {
            return kept;
        }

        Directory.Delete(kept, recursive: true);
        return null;
    }

    // Displays and kiosks must not take the restored history for the one they know: it goes on under a new name.
    private static async Task CheckAsync(string database, BackupManifest manifest, CancellationToken cancellationToken)
    {
        var options = new DbContextOptionsBuilder<SqliteHubDbContext>()
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString()).Options;
        try
        {
            await using var db = new SqliteHubDbContext(options);
            if ((await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").ToListAsync(cancellationToken)) is not ["ok"])
            {
                throw new BackupDamagedException(BackupArchive.Database);
            }

            IReadOnlyList<string> applied = [.. await db.Database.GetAppliedMigrationsAsync(cancellationToken)];
            if (applied.Except(db.Database.GetMigrations()).Any())
            {
                throw new BackupTooNewException(manifest.HubVersion);
            }

            var tables = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table'").ToListAsync(cancellationToken);
            if (applied.Count == 0 || TablesOf(db, applied[^1]).Except(tables).Any())
            {
                throw new BackupDamagedException(BackupArchive.Database);
            }

            var epoch = Guid.NewGuid().ToString("N");
            await db.Set<Feeds.HubHistory>().ExecuteUpdateAsync(set => set.SetProperty(history => history.Epoch, epoch), cancellationToken);
        }
        catch (SqliteException failure)
        {
            throw new BackupDamagedException(BackupArchive.Database, failure);
        }

        SqliteConnection.ClearAllPools();
    }

    private static IEnumerable<string> TablesOf(SqliteHubDbContext db, string migration)
    {
        var migrations = db.GetService<IMigrationsAssembly>();
        return migrations.CreateMigration(migrations.Migrations[migration], db.Database.ProviderName!).TargetModel.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>();
    }

    private static void Discard(string staging)
    {
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }
    }
}
