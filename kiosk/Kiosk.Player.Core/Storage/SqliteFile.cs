using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Storage;

/// <summary>One SQLite file held by one connection: WAL, <c>synchronous=FULL</c>; calls are serialised. A power cut loses nothing that was written.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;

    public SqliteFile(string path, string schema)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            using var made = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }

        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA busy_timeout=2000;" + schema);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (gate)
        {
            using var command = Command(sql, parameters);
            return command.ExecuteNonQuery();
        }
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (gate)
        {
            using var command = Command(sql, parameters);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    /// <summary>Runs several statements as one: all are durable or none.</summary>
    public void InTransaction(Action work)
    {
        lock (gate)
        {
            Run("BEGIN IMMEDIATE");
            try
            {
                work();
                Run("COMMIT");
            }
            catch
            {
                try
                {
                    Run("ROLLBACK");
                }
                catch (SqliteException)
                {
                    // a full disk may have rolled it back already
                }

                throw;
            }
        }
    }

    public void Dispose() => connection.Dispose();

    private void Run(string sql)
    {
        using var command = Command(sql, []);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // every text is a constant of this assembly; values travel as parameters
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
