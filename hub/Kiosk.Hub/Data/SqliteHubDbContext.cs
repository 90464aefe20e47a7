using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Kiosk.Hub.Data;

internal sealed class SqliteHubDbContext(DbContextOptions<SqliteHubDbContext> options) : HubDbContext(options)
{
    /// <summary>For generating migrations only.</summary>
    internal sealed class DesignTime : IDesignTimeDbContextFactory<SqliteHubDbContext>
    {
        public SqliteHubDbContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqliteHubDbContext>().UseSqlite("Data Source=:memory:").Options);
    }
}
