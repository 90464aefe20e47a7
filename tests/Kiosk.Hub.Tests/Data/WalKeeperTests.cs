using Kiosk.Testing;
using Microsoft.Data.Sqlite;

namespace Kiosk.Hub.Tests.Data;

public sealed class WalKeeperTests
{
    [Fact]
    public async Task Log_of_the_database_is_moved_into_it_and_starts_over_beside_the_writes()
    {
        await using var hub = await HubApplication.StartAsync();
        await using var other = new SqliteConnection($"Data Source={Path.Combine(hub.DataFolder, "hub.db")}");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        // No commit here does it by itself.
        Run(other, "PRAGMA wal_autocheckpoint=0");
        Run(other, "CREATE TABLE Filler (Id INTEGER PRIMARY KEY, Body BLOB)");
        // Whoever reads holds the log as it is now: nothing later is moved while the filler is written, whatever the hub itself writes meanwhile.
        await using var reading = new SqliteConnection(other.ConnectionString);
        await reading.OpenAsync(TestContext.Current.CancellationToken);
        Run(reading, "BEGIN; SELECT COUNT(*) FROM Filler");
        for (var row = 0; row < 10; row++)
        {
            Run(other, "INSERT INTO Filler (Body) VALUES (zeroblob(4000000))");
        }

        Assert.True(LogOf(other).Waiting > 8000);
        Run(reading, "COMMIT");

        await Eventually.TrueAsync(
            async () =>
            {
                await hub.AddMembersAsync(1);
                return LogOf(other).Length < 1000;
            },
            TestContext.Current.CancellationToken);
    }

    private static (int Length, int Waiting) LogOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(NOOP)";
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return (reader.GetInt32(1), reader.GetInt32(1) - reader.GetInt32(2));
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
