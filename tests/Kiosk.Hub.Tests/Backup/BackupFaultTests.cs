using System.Runtime.CompilerServices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Backup;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Backup;

/// <summary>A database that fails while the hub backs itself up: the rooms are served all the same, and the backup is made when it can be.</summary>
public class BackupFaultTests : IDisposable
{
    private const string Rename = """ALTER TABLE "BackupRuns" RENAME TO "BackupRunsAway" """;
    private const string RenameBack = """ALTER TABLE "BackupRunsAway" RENAME TO "BackupRuns" """;

    private readonly string _folder = Directory.CreateTempSubdirectory("kiosk-backup-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Backups => Path.Combine(_folder, "backups");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Database_away_when_the_next_backup_is_looked_up_does_not_end_the_hub()
    {
        await using var hub = await StartAsync();
        await FilesAsync(1);
        await hub.TamperAsync(Sql(Rename));
        await WalkUntilAsync(() => Logged(hub, "could not be looked up") > 2);
        await AssertServesAsync(hub);

        await hub.TamperAsync(Sql(RenameBack));
        await WalkUntilAsync(() => Files() == 2);
    }

    [Fact]
    public async Task Database_away_when_the_hub_starts_does_not_end_it_and_the_run_broken_off_is_told_later()
    {
        var broken = Guid.CreateVersion7();
        await using (var hub = await StartAsync())
        {
            await FilesAsync(1);
            var at = _time.GetUtcNow().ToUnixTimeMilliseconds();
            await hub.TamperAsync($"""INSERT INTO "BackupRuns" ("Id", "StartedAt", "Daily", "Bytes", "Missing") VALUES ({broken}, {at}, {true}, 0, 0)""");
            await hub.TamperAsync(Sql(Rename));
        }

        await using var again = await StartAsync();
        await WalkUntilAsync(() => Logged(again, "could not be looked up") > 0);
        await AssertServesAsync(again);
        await again.TamperAsync(Sql(RenameBack));
        await WalkUntilAsync(() => Files() == 2);
        Assert.Equal("interrupted", await again.QueryAsync(db => db.Set<BackupRun>().Where(run => run.Id == broken).Select(run => run.Code).SingleAsync(Cancellation)));
    }

    [Fact]
    public async Task Backup_whose_start_cannot_be_written_ends_neither_the_hub_nor_the_next_one()
    {
        await using var hub = await StartAsync();
        await FilesAsync(1);
        await RefuseAsync(hub, "INSERT");
        await WalkUntilAsync(() => Logged(hub, "could not be noted") > 1);
        Assert.Equal(1, Files());
        using var admin = await AssertServesAsync(hub);
        await AskAsync(admin);
        await NoneRunsAsync(admin);

        await AllowAsync(hub);
        await WalkUntilAsync(() => Files() == 2);
    }

    [Fact]
    public async Task Backup_whose_end_cannot_be_written_ends_neither_the_hub_nor_the_next_one()
    {
        await using var hub = await StartAsync();
        await FilesAsync(1);
        using var admin = await hub.SignInAsync();
        await NoneRunsAsync(admin);
        _time.Advance(TimeSpan.FromSeconds(5));
        await RefuseAsync(hub, "UPDATE");
        await AskAsync(admin);
        await FilesAsync(2);
        await Eventually.TrueAsync(() => Logged(hub, "could not be noted") > 0, Cancellation);
        await NoneRunsAsync(admin);

        await AllowAsync(hub);
        _time.Advance(TimeSpan.FromSeconds(5));
        await AskAsync(admin);
        await FilesAsync(3);
        await WalkUntilAsync(() => Files() == 4);
        (await AssertServesAsync(hub)).Dispose();
    }

    private static FormattableString Sql(string text) => FormattableStringFactory.Create(text);

    private static Task RefuseAsync(HubApplication hub, string change) => hub.TamperAsync(Sql(hub.OnPostgres
        ? $"""ALTER TABLE "BackupRuns" ADD CONSTRAINT none CHECK ({(change == "INSERT" ? "false" : "\"EndedAt\" IS NULL")}) NOT VALID"""
        : $"""CREATE TRIGGER none BEFORE {change} ON "BackupRuns" BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END"""));

    private static Task AllowAsync(HubApplication hub) => hub.TamperAsync(Sql(hub.OnPostgres ? """ALTER TABLE "BackupRuns" DROP CONSTRAINT none""" : "DROP TRIGGER none"));

    // The daily one may be at work just then.
    private static Task AskAsync(OperatorSession admin) => Eventually.TrueAsync(
        async () =>
        {
            try
            {
                await admin.PostAsync<BackupOverview>("/api/backups");
                return true;
            }
            catch (RefusedException refused) when (refused.Code == "backup_running")
            {
                return false;
            }
        },
        Cancellation);

    private static Task NoneRunsAsync(OperatorSession admin) =>
        Eventually.TrueAsync(async () => (await admin.GetAsync<BackupOverview>("/api/backups")).Running is null, Cancellation);

    private static int Logged(HubApplication hub, string words) => hub.Log.Entries.Count(entry => entry.Contains(nameof(BackupRunner), StringComparison.Ordinal) && entry.Contains(words, StringComparison.Ordinal));

    private static async Task<OperatorSession> AssertServesAsync(HubApplication hub)
    {
        var session = await hub.SignInAsync();
        Assert.True(session.Info.SignedIn);
        return session;
    }

    private Task WalkUntilAsync(Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromMinutes(30));
            return condition();
        },
        Cancellation);

    private Task<HubApplication> StartAsync() => HubApplication.StartAsync(_time, Path.Combine(_folder, "hub"), $"--Hub:Backup:Folder={Backups}");

    private int Files() => Directory.Exists(Backups) ? Directory.EnumerateFiles(Backups, "*.kiosk-backup").Count() : 0;

    private Task FilesAsync(int count) => Eventually.TrueAsync(() => Files() == count, Cancellation);
}
