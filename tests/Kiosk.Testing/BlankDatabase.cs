using Microsoft.Data.Sqlite;

namespace Kiosk.Testing;

/// <summary>Today's schema with nothing in it: the hub's own migrations make it once for this process, each new hub begins with a copy.</summary>
internal static class BlankDatabase
{
    private static readonly Lazy<Task<byte[]>> _sqlite = new(MakeSqliteAsync);
    private static readonly Lazy<Task<string>> _postgres = new(MakePostgresAsync);

    public static async Task CopyAsync(string file) => await File.WriteAllBytesAsync(file, await _sqlite.Value);

    /// <summary>Name of the database to copy.</summary>
    public static Task<string> PostgresAsync() => _postgres.Value;

    private static async Task<byte[]> MakeSqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-blank-").FullName;
        try
        {
            await HubApplication.PrepareAsync(folder, postgres: null);
            var copy = Path.Combine(folder, "copy.db");
            await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "hub.db")};Pooling=False"))
            {
                await connection.OpenAsync();
                await using var command = connection.CreateCommand();
                command.CommandText = "VACUUM INTO $copy";
                command.Parameters.AddWithValue("$copy", copy);
                await command.ExecuteNonQueryAsync();
            }

            return await File.ReadAllBytesAsync(copy);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> MakePostgresAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-blank-").FullName;
        try
        {
            // A database that somebody is connected to is not copied: no connection is kept.
            await HubApplication.PrepareAsync(folder, await PostgresServer.DatabaseForAsync(folder) + ";Pooling=false");
            return PostgresServer.NameOf(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
