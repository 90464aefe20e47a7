using System.Data;
using System.Text.Json;
using Kiosk.Contracts;
using Npgsql;

namespace Kiosk.Hub.Backup;

/// <param name="Columns">In the order of the copy.</param>
internal sealed record PostgresTable(string Name, IReadOnlyList<string> Columns);

/// <param name="Migrations">What made the tables, in order.</param>
internal sealed record PostgresSchema(IReadOnlyList<string> Migrations, IReadOnlyList<PostgresTable> Tables);

/// <summary>
/// Copies every table within one repeatable-read snapshot, so that the tables agree with each other while others write. No tool of PostgreSQL
/// need be installed, and none of the right version.
/// </summary>
internal static class PostgresPicture
{
    public const string Schema = "db/schema.json";

    public const string History = "__EFMigrationsHistory";

    public static string FileOf(string table) => $"db/{table}.copy";

    /// <summary>A table's name is not somebody's input, but a quote in it would be one all the same.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static async Task<DatabasePicture> TakeAsync(string connectionString, string work, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await ListAsync(connection, $"SELECT 1::text FROM pg_class WHERE relname = '{History}' AND relnamespace = current_schema()::regnamespace", cancellationToken) is [])
        {
            throw new FileNotFoundException(null, connection.Database);
        }

        Directory.CreateDirectory(Path.Combine(work, "db"));
        var files = new List<(string, string)>();
        var tables = new List<PostgresTable>();
        foreach (var name in await ListAsync(
            connection, $"SELECT relname FROM pg_class WHERE relkind = 'r' AND relname <> '{History}' AND relnamespace = current_schema()::regnamespace ORDER BY relname", cancellationToken))
        {
            var columns = await ListAsync(
                connection,
                "SELECT attname FROM pg_attribute WHERE attrelid = (quote_ident(current_schema()) || '.' || quote_ident($1))::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum",
                cancellationToken, name);
            var path = Path.Combine(work, FileOf(name));
            await using (var rows = await connection.BeginRawBinaryCopyAsync(
                $"COPY {Quote(name)} ({string.Join(", ", columns.Select(Quote))}) TO STDOUT (FORMAT BINARY)", cancellationToken))
            await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20, FileOptions.Asynchronous))
            {
                await rows.CopyToAsync(file, cancellationToken);
            }

            tables.Add(new PostgresTable(name, columns));
            files.Add((FileOf(name), path));
        }

        var schema = Path.Combine(work, Schema);
        var migrations = await ListAsync(connection, $"""SELECT "MigrationId" FROM "{History}" ORDER BY "MigrationId" """, cancellationToken);
        await File.WriteAllBytesAsync(schema, JsonSerializer.SerializeToUtf8Bytes(new PostgresSchema(migrations, tables), KioskJson.Options), cancellationToken);
        return new DatabasePicture(
            [(Schema, schema), .. files],
            await ListAsync(connection, """SELECT DISTINCT "Sha256" FROM "MediaRenditions" ORDER BY "Sha256" """, cancellationToken),
            await ListAsync(connection, """SELECT replace("Id"::text, '-', '') FROM "Media" WHERE "State" = 'Processing'""", cancellationToken));
    }

    public static async Task<IReadOnlyList<string>> ListAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params string[] values)
    {
        var rows = new List<string>();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
