using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Kiosk.Hub.Backup;

/// <summary>
/// Loads a backup's tables into a schema of their own, beside the hub's, and then changes the two in one transaction: until that commits nothing
/// of the hub's was touched. What was there stays in a schema <c>before_restore_…</c>.
/// </summary>
internal sealed class PostgresRestore(string connectionString)
{
    private const string Prefix = "kiosk_restoring_";

    /// <summary>A hub works on this database, here or on another machine. One that has just ended leaves its connections there for a moment; that long is waited.</summary>
    public async Task<bool> IsInUseAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        for (var looks = 30; await IsConnectedAsync(); looks--)
        {
            if (looks == 0)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return false;

        async Task<bool> IsConnectedAsync() => await PostgresPicture.ListAsync(
            connection, "SELECT pid::text FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = $1", cancellationToken, DatabaseOptions.PostgresName) is not [];
    }

    public async Task<bool> HoldsDataAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await PostgresPicture.ListAsync(
            connection, "SELECT relname FROM pg_class WHERE relname = $1 AND relnamespace = current_schema()::regnamespace", cancellationToken, PostgresPicture.History) is not [];
    }

    /// <summary>Loads what was unpacked and gives the history a new epoch.</summary>
    /// <returns>The schema it lies in, for <see cref="Swap"/>.</returns>
    /// <exception cref="BackupTooNewException">Made by a newer hub.</exception>
    /// <exception cref="BackupDamagedException">It does not fit the tables it says it is of.</exception>
    public async Task<string> LoadAsync(string folder, BackupManifest manifest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var picture = await ReadAsync(Path.Combine(folder, PostgresPicture.Schema), cancellationToken);

        var schema = Prefix + now.ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);
        await using var db = Context(schema);
        if (picture.Migrations.Except(db.Database.GetMigrations()).Any())
        {
            throw new BackupTooNewException(manifest.HubVersion);
        }

        try
        {
            await DropLeftoversAsync(cancellationToken);
            await RunAsync($"CREATE SCHEMA {schema}", cancellationToken);
            await db.GetService<IMigrator>().MigrateAsync(picture.Migrations[^1], cancellationToken);
            await db.Database.OpenConnectionAsync(cancellationToken);
            await FillAsync((NpgsqlConnection)db.Database.GetDbConnection(), folder, picture, cancellationToken);
            return schema;
        }
        catch (Exception failure)
        {
            await db.Database.CloseConnectionAsync();
            await DropLeftoversAsync(CancellationToken.None);
            if (failure is PostgresException { SqlState: not ("53100" or "53200" or "42501") } refused)
            {
                throw new BackupDamagedException(refused.TableName is { } table ? PostgresPicture.FileOf(table) : PostgresPicture.Schema, refused);
            }

            throw;
        }
    }

    /// <summary>Puts the loaded tables into the place of the hub's. Done twice it does nothing the second time.</summary>
    public void Swap(string schema, string kept)
    {
        using var connection = new NpgsqlConnection(Unpooled().ToString());
        connection.Open();
        using var transaction = connection.BeginTransaction();
        List<string> Names(string where)
        {
            using var command = new NpgsqlCommand($"SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = {where} ORDER BY relname", connection, transaction);
            using var reader = command.ExecuteReader();
            var names = new List<string>();
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }

            return names;
        }

        void Run(string sql)
        {
            using var command = new NpgsqlCommand(sql, connection, transaction);
            command.ExecuteNonQuery();
        }

        using (var known = new NpgsqlCommand("SELECT to_regnamespace($1)::oid::text", connection, transaction) { Parameters = { new NpgsqlParameter { Value = schema } } })
        {
            if (known.ExecuteScalar() is not string)
            {
                return;
            }
        }

        using var current = new NpgsqlCommand("SELECT quote_ident(current_schema())", connection, transaction);
        var here = (string)current.ExecuteScalar()!;
        var coming = Names($"'{schema}'::regnamespace");
        using var db = Context(schema);
        // The hub's own tables only: somebody else may keep theirs in the same place.
        var ours = db.Model.GetEntityTypes().Select(type => type.GetTableName()).Concat(coming).ToHashSet();
        Run("SET LOCAL lock_timeout = '30s'");
        var leaving = Names("current_schema()::regnamespace").Where(ours.Contains).ToList();
        if (leaving.Count > 0)
        {
            Run($"CREATE SCHEMA {kept}");
            leaving.ForEach(name => Run($"ALTER TABLE {here}.{PostgresPicture.Quote(name)} SET SCHEMA {kept}"));
        }

        coming.ForEach(name => Run($"ALTER TABLE {schema}.{PostgresPicture.Quote(name)} SET SCHEMA {here}"));
        Run($"DROP SCHEMA {schema}");
        transaction.Commit();
    }

    // Foreign keys are taken away for the filling and checked as they come back: no order of tables is right for all of them.
    private static async Task FillAsync(NpgsqlConnection connection, string folder, PostgresSchema picture, CancellationToken cancellationToken)
    {
        const string Keys = "FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace";
        var restore = await PostgresPicture.ListAsync(
            connection, $"SELECT format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) {Keys}", cancellationToken);
        foreach (var drop in await PostgresPicture.ListAsync(connection, $"SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) {Keys}", cancellationToken))
        {
            await RunAsync(connection, drop, cancellationToken);
        }

        // A table of which the backup holds nothing would come back empty without a word.
        var made = await PostgresPicture.ListAsync(
            connection, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname <> $1 AND relnamespace = current_schema()::regnamespace", cancellationToken, PostgresPicture.History);
        if (made.Except(picture.Tables.Select(table => table.Name)).FirstOrDefault() is { } gone)
        {
            throw new BackupDamagedException(PostgresPicture.FileOf(gone));
        }

        foreach (var table in picture.Tables)
        {
            await using var file = File.OpenRead(Path.Combine(folder, PostgresPicture.FileOf(table.Name)));
            // Rows a migration puts in are in the backup as well.
            await RunAsync(connection, $"DELETE FROM {PostgresPicture.Quote(table.Name)}", cancellationToken);
            await using var rows = await connection.BeginRawBinaryCopyAsync(
                $"COPY {PostgresPicture.Quote(table.Name)} ({string.Join(", ", table.Columns.Select(PostgresPicture.Quote))}) FROM STDIN (FORMAT BINARY)", cancellationToken);
            await file.CopyToAsync(rows, cancellationToken);
        }

        foreach (var add in restore)
        {
            await RunAsync(connection, add, cancellationToken);
        }

        // Numbers given out by the database go on after the highest.
        foreach (var set in await PostgresPicture.ListAsync(
            connection,
            """
            SELECT format('SELECT setval(pg_get_serial_sequence(%L, %L), coalesce((SELECT max(%I) FROM %s), 0) + 1, false)', a.attrelid::regclass::text, a.attname, a.attname, a.attrelid::regclass)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.attidentity <> ''
            """,
            cancellationToken))
        {
            await RunAsync(connection, set, cancellationToken);
        }

        await RunAsync(connection, $"""UPDATE "HubHistory" SET "Epoch" = '{Guid.NewGuid():N}'""", cancellationToken);
    }

    private static async Task<PostgresSchema> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<PostgresSchema>(await File.ReadAllBytesAsync(file, cancellationToken), KioskJson.Options) is { Migrations.Count: > 0, Tables: not null } picture
                && picture.Migrations.All(name => name is not null) && picture.Tables.All(table => table is { Name: not null, Columns: not null } && table.Columns.All(column => column is not null))
                    ? picture
                    : throw new BackupDamagedException(PostgresPicture.Schema);
        }
        catch (JsonException failure)
        {
            throw new BackupDamagedException(PostgresPicture.Schema, failure);
        }
    }

    private async Task DropLeftoversAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        foreach (var left in await PostgresPicture.ListAsync(connection, $"SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname LIKE '{Prefix.Replace("_", "\\_", StringComparison.Ordinal)}%'", cancellationToken))
        {
            await RunAsync(connection, $"DROP SCHEMA {left} CASCADE", cancellationToken);
        }
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await RunAsync(connection, sql, cancellationToken);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(Unpooled().ToString());
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private NpgsqlConnectionStringBuilder Unpooled() => new(connectionString) { Pooling = false, CommandTimeout = 0, ApplicationName = "kiosk-restore" };

    private PostgresHubDbContext Context(string schema)
    {
        var builder = Unpooled();
        builder.SearchPath = schema;
        return new PostgresHubDbContext(new DbContextOptionsBuilder<PostgresHubDbContext>()
            .UseNpgsql(builder.ToString(), options => options.MigrationsHistoryTable(PostgresPicture.History, schema)).Options);
    }
}
