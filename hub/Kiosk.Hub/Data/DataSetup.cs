using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Kiosk.Hub.Data;

internal static class DataSetup
{
    /// <summary>Oldest SQLite without the WAL-reset corruption bug.</summary>
    private static readonly Version _oldestSqlite = new(3, 51, 3);

    public static IServiceCollection AddData(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<HubOptions>();
            return new DatabaseOptions(options.Postgres, provider.GetRequiredService<HubFolders>().Database);
        });
        services.AddSingleton(provider => new WriteGate(enabled: !provider.GetRequiredService<DatabaseOptions>().IsPostgres));
        services.AddDbContextFactory<SqliteHubDbContext>((provider, builder) => builder
            .UseSqlite(new SqliteConnectionStringBuilder { DataSource = provider.GetRequiredService<DatabaseOptions>().SqliteFile, DefaultTimeout = 30 }.ToString())
            .AddInterceptors(new SqlitePragmas(), new GateInterceptor(provider.GetRequiredService<WriteGate>()))
            .ConfigureWarnings(QuietFailures));
        services.AddDbContextFactory<PostgresHubDbContext>((provider, builder) => builder
            .UseNpgsql(new Npgsql.NpgsqlConnectionStringBuilder(provider.GetRequiredService<DatabaseOptions>().Postgres) { ApplicationName = DatabaseOptions.PostgresName }.ToString())
            .ConfigureWarnings(QuietFailures));
        services.AddSingleton<IDbContextFactory<HubDbContext>, HubDbContextFactory>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<HubDbContext>>().CreateDbContext());
        services.AddSingleton<WalKeeper>().AddHostedService(provider => provider.GetRequiredService<WalKeeper>());
        services.AddSingleton<HubWriter>();
        return services;
    }

    // A failed write is done again or told by whoever asked for it; telling it here as well would cry wolf at every collision.
    private static void QuietFailures(WarningsConfigurationBuilder warnings) => warnings.Log(
        (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug), (RelationalEventId.CommandError, LogLevel.Debug))
        // Rows of a removed display are found by its id, never through it.
        .Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning);

    /// <summary>Brings the database to today's schema; called before the hub listens.</summary>
    /// <exception cref="InvalidOperationException">The SQLite library is too old.</exception>
    public static async Task MigrateAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        var gate = services.GetRequiredService<WriteGate>();
        await gate.RunAsync(
            async () =>
            {
                await using var db = await services.GetRequiredService<IDbContextFactory<HubDbContext>>().CreateDbContextAsync(cancellationToken);
                if (!services.GetRequiredService<DatabaseOptions>().IsPostgres)
                {
                    await db.Database.OpenConnectionAsync(cancellationToken);
                    var connection = (SqliteConnection)db.Database.GetDbConnection();
                    if (Version.Parse(connection.ServerVersion) < _oldestSqlite)
                    {
                        throw new InvalidOperationException($"SQLite {connection.ServerVersion} is older than {_oldestSqlite}.");
                    }

                    await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
                }

                await db.Database.MigrateAsync(cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private sealed class HubDbContextFactory(IServiceProvider services) : IDbContextFactory<HubDbContext>
    {
        public HubDbContext CreateDbContext()
        {
            HubDbContext db = services.GetRequiredService<DatabaseOptions>().IsPostgres
                ? services.GetRequiredService<IDbContextFactory<PostgresHubDbContext>>().CreateDbContext()
                : services.GetRequiredService<IDbContextFactory<SqliteHubDbContext>>().CreateDbContext();
            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            return db;
        }
    }
}
