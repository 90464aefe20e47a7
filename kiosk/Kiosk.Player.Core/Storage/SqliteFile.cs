using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kiosk.Player.Core.Storage;

/// <summary>One SQLite file held by one connection: WAL, <c>synchronous=FULL</c>; calls are serialised. A power cut loses nothing that was written.</summary>
internal sealed class SqliteFile : IDisposable
{
    /// <summary>Ending of the file beside the database in which the newest rows may lie alone.</summary>
    public const string Log = "-wal";

    private const int Misfit = 1;
    internal const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int NoDatabase = 26;

    /// <summary>What SQLite keeps beside the file.</summary>
    private static readonly string[] Beside = [Log, "-shm"];

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;

    public SqliteFile(string path, string schema)
        : this(path, schema, inMemory: false)
    {
    }

    private SqliteFile(string path, string schema, bool inMemory)
    {
        if (!inMemory && !OperatingSystem.IsWindows() && !File.Exists(path))
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

    /// <summary>Opens the file. One that is no sound database any more, is a folder, holds other tables or may not be written is put aside, never deleted, and a new one is begun.</summary>
    /// <param name="damaged">Where the old file lies now, or null.</param>
    public static SqliteFile OpenSound(string path, string schema, out string? damaged)
    {
        var sound = Sound(path, schema);
        damaged = sound is null ? Aside.Put(path, Beside) : null;
        return sound ?? new SqliteFile(path, schema);
    }

    private static SqliteFile? Sound(string path, string schema)
    {
        if (Directory.Exists(path) || Beside.Any(ending => Directory.Exists(path + ending)))
        {
            return null;
        }

        SqliteFile? file = null;
        try
        {
            file = new SqliteFile(path, schema);
            if (raw.sqlite3_db_readonly(file.connection.Handle, "main") == 0 && file.Query("PRAGMA quick_check(1)", r => r.GetString(0)) is ["ok"] && file.Holds(schema))
            {
                return file;
            }
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Misfit or ReadOnly or Corrupt or NoDatabase)
        {
            // no sound one
        }

        file?.Dispose();
        return null;
    }

    /// <summary>Takes over what can still be read of a damaged file: from both ends, because reading ends at the first damaged page.</summary>
    /// <param name="order">Column the rows lie in order of.</param>
    public void Salvage(string damaged, string table, string columns, string order)
    {
        var names = columns.Split(", ");
        var values = string.Join(", ", names.Select((_, at) => $"$v{at}"));
        foreach (var direction in (string[])["ASC", "DESC"])
        {
            foreach (var row in ReadWhatIsLeft(damaged, $"SELECT {columns} FROM {table} ORDER BY {order} {direction}", r => names.Select((_, at) => r.IsDBNull(at) ? null : r.GetValue(at)).ToArray()))
            {
                Execute($"INSERT OR IGNORE INTO {table}({columns}) VALUES({values})", [.. row.Select((value, at) => ($"$v{at}", value))]);
            }
        }
    }

    /// <summary>Rows of a damaged file, as far as they can be read.</summary>
    public static List<T> ReadWhatIsLeft<T>(string path, string sql, Func<SqliteDataReader, T> read)
    {
        var rows = new List<T>();
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // a constant of this assembly
            command.CommandText = sql;
#pragma warning restore CA2100
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }
        }
        catch (Exception e) when (e is SqliteException or InvalidCastException)
        {
            // what was read so far is what is left from this end
        }

        return rows;
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

    /// <summary>Waits for what is just being read or written.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            connection.Dispose();
        }
    }

    /// <summary>Whether the tables have the columns of the schema; a file of another version may have others.</summary>
    private bool Holds(string schema)
    {
        const string Columns = "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'";
        using var blank = new SqliteFile(":memory:", schema, inMemory: true);
        return !blank.Query(Columns, r => r.GetString(0)).Except(Query(Columns, r => r.GetString(0))).Any();
    }

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
