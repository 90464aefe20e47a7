using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Kiosk.Hub.Data;

internal sealed class PostgresHubDbContext(DbContextOptions<PostgresHubDbContext> options) : HubDbContext(options)
{
    /// <summary>For generating migrations only.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<PostgresHubDbContext>
    {
        public PostgresHubDbContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<PostgresHubDbContext>().UseNpgsql("Host=localhost").Options);
    }
}
