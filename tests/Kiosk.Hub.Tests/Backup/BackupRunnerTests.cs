using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Backup;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Kiosk.Hub.Tests.Backup;

/// <summary>Backups the hub makes by itself, and what comes in after a restore of an old one.</summary>
public sealed class BackupRunnerTests : IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("kiosk-backup-").FullName;
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));

    private string Backups => Path.Combine(_folder, "backups");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    // Shanghai is eight hours ahead: 02:30 there is 18:30 the day before.
    [InlineData("2026-11-26T12:00Z", null, null, "2026-11-26T12:00Z")]
    [InlineData("2026-11-26T12:00Z", "2026-11-25T18:30Z", "2026-11-25T18:30Z", "2026-11-26T18:30Z")]
    [InlineData("2026-11-26T19:00Z", "2026-11-25T18:30Z", "2026-11-25T18:30Z", "2026-11-26T19:00Z")]
    [InlineData("2026-11-26T18:30Z", "2026-11-25T18:30Z", "2026-11-25T18:30Z", "2026-11-26T18:30Z")]
    [InlineData("2026-11-26T18:31Z", "2026-11-26T18:30Z", "2026-11-26T18:30Z", "2026-11-27T18:30Z")]
    [InlineData("2026-11-26T18:40Z", "2026-11-25T18:30Z", "2026-11-26T18:30Z", "2026-11-26T19:30Z")]
    [InlineData("2026-11-26T19:30Z", "2026-11-25T18:30Z", "2026-11-26T18:30Z", "2026-11-26T19:30Z")]
    public void Next_backup_is_at_its_hour_at_once_when_missed_and_an_hour_after_a_failure(string now, string? good, string? tried, string next)
    {
        static DateTimeOffset? At(string? text) => text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(At(next), BackupSchedule.Next(At(now)!.Value, At(good), At(tried), new TimeOnly(2, 30), DateTimeZoneProviders.Tzdb["Asia/Shanghai"]));
    }

    [Fact]
    public void Oldest_files_go_and_nobody_elses()
    {
        string[] names = ["kiosk-20261124-023000.kiosk-backup", "kiosk-20261126-023000.kiosk-backup", "kiosk-20261125-023000.kiosk-backup", "photos.zip", "kiosk-20200101-000000.kiosk-backup.txt", "before-the-move.kiosk-backup"];
        Assert.Equal(["kiosk-20261124-023000.kiosk-backup"], BackupSchedule.Superfluous(names, 2));
        Assert.Equal(2, BackupSchedule.Superfluous(names, 0).Count);
    }

    [Fact]
    public async Task Hub_backs_itself_up_daily_keeps_the_last_ones_and_the_file_restores()
    {
        await using (var hub = await StartAsync("--Hub:Backup:Keep=2"))
        {
            await FilesAsync(1);
            for (var more = 2; more <= 4; more++)
            {
                var newest = Newest();
                _time.Skip(TimeSpan.FromHours(20));
                await Eventually.TrueAsync(
                    () =>
                    {
                        _time.Advance(TimeSpan.FromMinutes(30));
                        return Newest() != newest;
                    },
                    Cancellation);
            }

            await FilesAsync(2);
        }

        var restored = Path.Combine(_folder, "restored");
        await RestoreBackup.RunAsync(Newest(), new BackupPlace(restored), replace: false, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
        await using var back = await HubApplication.StartAsync(_time, restored);
        using var operatorAgain = await back.SignInAsync();
        Assert.True(operatorAgain.Info.SignedIn);
    }

    [Fact]
    public async Task Administrator_over_everything_starts_one_and_sees_what_came_of_it()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        await FilesAsync(1);
        var branch = await hub.CreateOrgUnitAsync("一支部");
        using var branchAdmin = await hub.SignInAsAsync(OperatorRole.Admin, branch);
        Assert.Equal("not_your_unit", (await Assert.ThrowsAsync<RefusedException>(() => branchAdmin.PostAsync<BackupOverview>("/api/backups"))).Code);
        Assert.Equal("not_your_unit", (await Assert.ThrowsAsync<RefusedException>(() => branchAdmin.GetAsync<BackupOverview>("/api/backups"))).Code);

        _time.Advance(TimeSpan.FromSeconds(5));
        await Eventually.TrueAsync(
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
        await FilesAsync(2);
        BackupOverview overview = null!;
        await Eventually.TrueAsync(async () => (overview = await admin.GetAsync<BackupOverview>("/api/backups")) is { Running: null, Runs.Count: 2 }, Cancellation);
        Assert.Equal([false, true], overview.Runs.Select(run => run.Daily));
        Assert.All(overview.Runs, run => Assert.True(run is { Code: null, Missing: 0, Bytes: > 100_000 }));
        Assert.Equal(overview.Runs[0].StartedAt, overview.LastGoodAt);
        Assert.Null(overview.Attention);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.EnumerateFiles(Backups))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task Folder_that_cannot_be_written_is_told_on_the_page_and_after_three_days_on_the_first_one()
    {
        await File.WriteAllTextAsync(Backups, "a file where the folder should be", Cancellation);
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        BackupOverview overview = null!;
        await Eventually.TrueAsync(async () => (overview = await admin.GetAsync<BackupOverview>("/api/backups")).Runs.Count > 0, Cancellation);
        Assert.Equal("backup_not_written", overview.Runs[0].Code);
        Assert.Contains("folder", overview.Runs[0].Text, StringComparison.Ordinal);
        Assert.Null((await admin.GetAsync<TodayView>("/api/today")).Backup);
        _time.Skip(TimeSpan.FromDays(3));
        using var later = await hub.SignInAsync();
        Assert.Equal("backup_old", (await later.GetAsync<TodayView>("/api/today")).Backup?.Code);
        using var host = await hub.SignInAsAsync(OperatorRole.Host, hub.RootUnitId);
        Assert.Null((await host.GetAsync<TodayView>("/api/today")).Backup);
    }

    [Fact]
    public async Task Check_in_acknowledged_34_days_ago_comes_back_once_after_a_restore_of_an_older_backup()
    {
        var live = Path.Combine(_folder, "live");
        var archive = Path.Combine(_folder, "old.kiosk-backup");
        Guid meeting, member, door;
        CheckInEntry early, late;
        await using (var hub = await HubApplication.StartAsync(_time, live))
        {
            using var host = await hub.SignInAsync();
            (var room, door) = await hub.AddRoomWithDisplayAsync();
            var members = await hub.AddMembersAsync(2);
            member = members[1];
            meeting = (await hub.AddMeetingAsync(host, room)).Summary.Id;
            var cards = hub.SignCards(members);
            (early, late) = (hub.CardScan(meeting, cards[0]), hub.CardScan(meeting, cards[1]));
            await hub.UploadScansAsync(door, early);
            await MakeBackup.RunAsync(new BackupPlace(live), archive, _time.GetUtcNow(), _ => { }, Cancellation);
            Assert.Equal(CheckInOutcome.Accepted, (await hub.UploadScansAsync(door, late))[0].Outcome);
        }

        _time.Skip(TimeSpan.FromDays(34));
        await RestoreBackup.RunAsync(archive, new BackupPlace(live), replace: true, _time.GetUtcNow(), _ => { }, Cancellation);
        await using var again = await HubApplication.StartAsync(_time, live);
        using var admin = await again.SignInAsync();
        // The kiosk offers all it has of 35 days, what the backup holds included, and offers it twice.
        for (var round = 0; round < 2; round++)
        {
            Assert.All(await again.UploadScansAsync(door, early, late), result => Assert.Equal(CheckInOutcome.Accepted, result.Outcome));
        }

        var rows = await admin.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{meeting}/attendance");
        Assert.Equal(2, rows.Count(row => row.State == AttendanceState.Present));
        Assert.Equal(1, (await admin.GetAsync<PointsStatement>($"/api/members/{member}/points")).Postings.Total);
        Assert.Null(await again.LedgerFaultAsync(member));
    }

    private Task<HubApplication> StartAsync(params string[] settings) =>
        HubApplication.StartAsync(_time, Path.Combine(_folder, "hub"), [$"--Hub:Backup:Folder={Backups}", .. settings]);

    private Task FilesAsync(int count) => Eventually.TrueAsync(
        () => Directory.Exists(Backups) && Directory.EnumerateFiles(Backups, "*.kiosk-backup").Count() == count, Cancellation);

    private string Newest() => Directory.EnumerateFiles(Backups, "*.kiosk-backup").Max()!;
}
