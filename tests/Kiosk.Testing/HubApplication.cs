using Kiosk.Contracts.Operator;
using Kiosk.Hub;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Kiosk.Testing;

/// <summary>The real hub on Kestrel, a random port and a temporary folder. Shows intent, never its container.</summary>
internal sealed partial class HubApplication : IAsyncDisposable
{
    public const string AdminUserName = "admin";
    public const string AdminPassword = "correct horse battery";

    private readonly WebApplication _app;
    private readonly LimiterEnd _limiters;
    private readonly bool _ownsFolder;

    private HubApplication(WebApplication app, LimiterEnd limiters, string dataFolder, bool ownsFolder, TimeProvider time) =>
        (_app, _limiters, DataFolder, _ownsFolder, Time) = (app, limiters, dataFolder, ownsFolder, time);

    public string DataFolder { get; }

    /// <summary>What the hub logged, from the level the test asked for (errors).</summary>
    public LogBook Log { get; private init; } = new();

    public bool OnPostgres { get; private init; }

    public TimeProvider Time { get; }

    /// <summary>The root org unit, made at the first start.</summary>
    public Guid RootUnitId { get; private set; }

    /// <summary>Tells whether the hub is still in memory, for who knows it no more.</summary>
    public WeakReference Trace => new(_app);

    public Uri Address => new(_app.Urls.First());

    /// <summary>Whether hubs started from here keep their data in a real PostgreSQL instead of SQLite.</summary>
    public static Func<bool> UsesPostgres { get; set; } = () => false;

    /// <param name="time">E.g. a FakeTimeProvider; the system's when null.</param>
    /// <param name="dataFolder">A folder of an earlier run, which then survives; a temporary one when null.</param>
    /// <param name="settings">Further settings as command-line arguments, e.g. <c>--Hub:MaxUploadBytes=1000</c>.</param>
    public static async Task<HubApplication> StartAsync(TimeProvider? time = null, string? dataFolder = null, params string[] settings)
    {
        var folder = dataFolder ?? Directory.CreateTempSubdirectory("kiosk-hub-").FullName;
        var postgres = UsesPostgres() ? await PostgresServer.DatabaseForAsync(folder, dataFolder is null ? await BlankDatabase.PostgresAsync() : null) : null;
        if (dataFolder is null && postgres is null)
        {
            await BlankDatabase.CopyAsync(Path.Combine(folder, "hub.db"));
        }

        return await StartAsync(folder, dataFolder is null, time ?? TimeProvider.System, postgres, settings);
    }

    private static async Task<HubApplication> StartAsync(string folder, bool ownsFolder, TimeProvider clock, string? postgres, string[] settings)
    {
        var (log, limiters) = (new LogBook(), new LimiterEnd());
        var app = Build(folder, postgres, clock, log, limiters, settings);
        await StartUp.PrepareAsync(app, CancellationToken.None);
        await app.StartAsync();
        var hub = new HubApplication(app, limiters, folder, ownsFolder, clock) { OnPostgres = postgres is not null, Log = log };
        await hub.SeedAsync();
        return hub;
    }

    /// <summary>A hub with today's schema that never listens, e.g. to make a database.</summary>
    internal static async Task PrepareAsync(string folder, string? postgres)
    {
        await using var app = Build(folder, postgres, TimeProvider.System, new LogBook(), new LimiterEnd(), []);
        await StartUp.PrepareAsync(app, CancellationToken.None);
    }

    private static WebApplication Build(string folder, string? postgres, TimeProvider clock, LogBook log, LimiterEnd limiters, string[] settings)
    {
        string[] database = postgres is null ? [] : [$"--Hub:Postgres={postgres}"];
        return HubProgram.Build(
            [$"--Hub:DataFolder={folder}", "--urls=http://127.0.0.1:0", "--Serilog:MinimumLevel:Default=Error", "--Serilog:MinimumLevel:Override:Microsoft=Error",
                "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Error", .. settings, .. database],
            builder => builder.Services.Replace(ServiceDescriptor.Singleton(clock)).AddSingleton<Serilog.Core.ILogEventSink>(log).AddSingleton<IStartupFilter>(limiters)
                // What a password costs to try is a number; a thousand hubs with their sign-ins need not pay it.
                .Configure<PasswordHasherOptions>(options => options.IterationCount = 1_000)
                .ConfigureDbContext<SqliteHubDbContext>(Watch).ConfigureDbContext<PostgresHubDbContext>(Watch));
    }

    // Some rows of many without an order are other rows each time; in the hub's log it would be a warning nobody reads.
    // Whether the migrations lack something is asked once, by ModelTests, not at every start.
    private static void Watch(DbContextOptionsBuilder options) => options.ConfigureWarnings(warnings => warnings
        .Throw(CoreEventId.RowLimitingOperationWithoutOrderByWarning, CoreEventId.FirstWithoutOrderByAndFilterWarning)
        .Ignore(RelationalEventId.PendingModelChangesWarning));

    /// <summary>Another hub on this hub's PostgreSQL database, with the same keys and a folder of its own.</summary>
    public async Task<HubApplication> StartBesideAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-hub-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(DataFolder, "keys")))
        {
            File.Copy(file, Path.Combine(folder, "keys", Path.GetFileName(file)));
        }

        return await StartAsync(folder, ownsFolder: true, Time, await PostgresServer.DatabaseForAsync(DataFolder), []);
    }

    /// <summary>The daily clean-up as it would run at an instant; walking the clock there would fire every timer on the way.</summary>
    public Task CleanAsync(DateTimeOffset at) => _app.Services.GetRequiredService<Kiosk.Hub.Housekeeping.DailyClean>().CleanAsync(at, CancellationToken.None);

    /// <summary>What is done for coming meetings every hour, as it would be at an instant; walking the clock there would fire every timer on the way.</summary>
    public Task LookAfterMeetingsAsync(DateTimeOffset at) => _app.Services.GetRequiredService<Kiosk.Hub.Meetings.MeetingUpkeep>().PassAsync(at, CancellationToken.None);

    /// <summary>Makes the hub log an error.</summary>
    public void Complain(string about)
    {
#pragma warning disable CA1848, CA2254 // Once, in a test.
        _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Kiosk.Hub.Tests").LogError(about);
#pragma warning restore CA1848, CA2254
    }

    /// <summary>Signs in; the client carries cookies and the antiforgery header. Dispose it.</summary>
    public async Task<OperatorSession> SignInAsync(string userName = AdminUserName, string password = AdminPassword, string? code = null, string? userAgent = null) =>
        await OperatorSession.SignInAsync(Address, userName, password, code, userAgent);

    /// <summary>An operator with one role, able to sign in with <see cref="AdminPassword"/>.</summary>
    public async Task<OperatorSession> SignInAsAsync(OperatorRole role, Guid orgUnitId)
    {
        var userName = $"{role}-{Guid.NewGuid():N}"[..30];
        await CreateOperatorAsync(userName, role, orgUnitId);
        return await SignInAsync(userName);
    }

    public async Task<Guid> CreateOrgUnitAsync(string name, Guid? parentId = null, OrgUnitKind kind = OrgUnitKind.Branch, int priorityCeiling = 100)
    {
        using var admin = await SignInAsync();
        return (await admin.PostAsync<OrgUnitNode>("/api/org-units", new OrgUnitInput(parentId ?? RootUnitId, name, kind, priorityCeiling))).Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        _limiters.End();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_ownsFolder)
        {
            if (OnPostgres)
            {
                await PostgresServer.DropAsync(DataFolder);
            }

            Directory.Delete(DataFolder, recursive: true);
        }
    }

    private async Task SeedAsync()
    {
        var hash = OperatorAccounts.HashPassword(_app.Services.GetRequiredService<IPasswordHasher<OperatorAccount>>(), AdminPassword);
        var seeded = await WriteAsync<Guid>(async (db, cancellationToken) =>
        {
            if (db.Set<OrgUnit>().FirstOrDefault(unit => unit.ParentId == null) is { } existing)
            {
                return existing.Id;
            }

            var root = OrgUnitTree.AddRoot(db, "中心党委", OrgUnitKind.Committee, Time.GetUtcNow());
            var made = await OperatorAccounts.CreateAsync(db, AdminUserName, "管理员", hash, OperatorRole.Admin, root.Id, Time.GetUtcNow(), cancellationToken);
            return made.IsOk ? root.Id : made.Error;
        });
        RootUnitId = seeded;
    }

    private async Task CreateOperatorAsync(string userName, OperatorRole role, Guid orgUnitId)
    {
        var hash = OperatorAccounts.HashPassword(_app.Services.GetRequiredService<IPasswordHasher<OperatorAccount>>(), AdminPassword);
        await WriteAsync<Done>(async (db, cancellationToken) =>
        {
            var made = await OperatorAccounts.CreateAsync(db, userName, userName, hash, role, orgUnitId, Time.GetUtcNow(), cancellationToken);
            return made.IsOk ? new Done() : made.Error;
        });
    }

    private async Task<T> WriteAsync<T>(Func<HubDbContext, CancellationToken, Task<Result<T>>> work)
    {
        var result = await _app.Services.GetRequiredService<HubWriter>().WriteAsync(work, CancellationToken.None);
        return result.IsOk ? result.Value : throw new InvalidOperationException(result.Error.Code);
    }
}
