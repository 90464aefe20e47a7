using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Tests.Postgres;

public class ModelTests
{
    [Fact]
    public async Task Model_has_no_change_that_its_migrations_lack()
    {
        await using var hub = await HubApplication.StartAsync();

        var (provider, pending) = await hub.QueryAsync(db => Task.FromResult((db.Database.ProviderName, db.Database.HasPendingModelChanges())));

        Assert.EndsWith(hub.OnPostgres ? "PostgreSQL" : "Sqlite", provider, StringComparison.Ordinal);
        Assert.False(pending, "Run ./migrations.sh.");
    }
}

[Trait(Databases.Trait, Databases.Postgres)]
public sealed class ModelTestsOnPostgres : ModelTests;
