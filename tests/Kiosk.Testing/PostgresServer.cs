using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Kiosk.Testing;

/// <summary>A private PostgreSQL server of this test process: its own folder, a unix socket, nothing kept.</summary>
internal static class PostgresServer
{
    private const string User = "kiosk";
    private const string Prefix = "kiosk-pg-";

    private static readonly Lazy<string> _folder = new(Start);

    private static Action? _stop;

    /// <summary>Stops the server if there is one. A test run ends it itself: a process that takes more than ten seconds to go counts as failed.</summary>
    public static void End() => Interlocked.Exchange(ref _stop, null)?.Invoke();

    /// <summary>Connection string of the database that belongs to a hub's data folder; the database is made when it is missing.</summary>
    /// <param name="template">Name of a database it begins as a copy of; an empty one when null.</param>
    public static async Task<string> DatabaseForAsync(string dataFolder, string? template = null)
    {
        var name = NameOf(dataFolder);
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        await connection.OpenAsync();
        await using var known = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = @name", connection);
        known.Parameters.AddWithValue("name", name);
        if (await known.ExecuteScalarAsync() is null)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\" TEMPLATE \"{template ?? "template1"}\"", connection);
            await create.ExecuteNonQueryAsync();
        }

        return ConnectionTo(name);
    }

    /// <summary>Name of the database of a hub's data folder.</summary>
    public static string NameOf(string dataFolder) =>
        "hub_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(dataFolder))))[..16];

    public static async Task DropAsync(string dataFolder)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{NameOf(dataFolder)}\" WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
    }

    private static string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder { Host = _folder.Value, Username = User, Database = database, MaxPoolSize = 30, IncludeErrorDetail = true }.ToString();

    private static string Start()
    {
        SweepDead();
        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max()
            : null;
        if (binaries is null)
        {
            throw new InvalidOperationException("PostgreSQL is not installed; ./test.sh installs it (Debian package postgresql).");
        }

        var folder = Path.Combine(Path.GetTempPath(), Prefix + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            Run("chown", "postgres", folder);
        }

        var data = Path.Combine(folder, "data");
        Run(Path.Combine(binaries, "initdb"), "-D", data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        _stop = () => Stop(folder, Path.Combine(binaries, "pg_ctl"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        Run(
            Path.Combine(binaries, "pg_ctl"), "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o",
            $"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=400 -c shared_buffers=64MB", "start");
        return folder;
    }

    // What test processes that were killed left behind.
    private static void SweepDead()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            var number = Path.GetFileName(folder)[Prefix.Length..];
            if (int.TryParse(number, CultureInfo.InvariantCulture, out var pid) && !Directory.Exists($"/proc/{pid}"))
            {
                var pidFile = Path.Combine(folder, "data", "postmaster.pid");
                var control = Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", "pg_ctl")).Where(File.Exists).Max();
                if (File.Exists(pidFile) && control is not null)
                {
                    Stop(folder, control);
                }
                else
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        }
    }

    private static void Stop(string folder, string control)
    {
        try
        {
            Run(control, "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop");
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // It has ended already, or another process tidies up at the same time.
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        var asPostgres = Environment.IsPrivilegedProcess && program != "chown";
        // Output to nowhere: a server that inherited our pipe would keep it open.
        string[] quoted = [program, .. arguments];
        var line = string.Join(' ', quoted.Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'")) + " >/dev/null 2>&1 </dev/null";
        var start = new ProcessStartInfo { WorkingDirectory = "/" };
        (start.FileName, string[] words) = asPostgres ? ("runuser", new[] { "-u", "postgres", "--", "sh", "-c", line }) : ("sh", new[] { "-c", line });
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}.");
        }
    }
}
