using System.Globalization;
using System.Security.Cryptography;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Backup;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Backup;

/// <summary>A backup of a working hub, what a restore brings back, and what it refuses.</summary>
public sealed class BackupTests : IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("kiosk-backup-").FullName;

    private string Archive => Path.Combine(_folder, "evening.kiosk-backup");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Backup_taken_during_check_ins_restores_hub_whole_under_a_new_epoch()
    {
        var live = Path.Combine(_folder, "live");
        string epoch, article, card;
        Guid display, meeting, member;
        string token;
        await using (var hub = await HubApplication.StartAsync(dataFolder: live))
        {
            using var host = await hub.SignInAsync();
            await using var screen = await hub.PairDisplayAsync();
            var (room, door) = await hub.AddRoomWithDisplayAsync();
            var members = await hub.AddMembersAsync(200);
            var summary = (await hub.AddMeetingAsync(host, room)).Summary;
            var cards = hub.SignCards(members);
            article = await WriteArticleAsync(hub, host);
            (display, token, meeting, member, card) = (screen.DisplayId, screen.Token, summary.Id, members[0], hub.SignCards([members[0]])[0]);
            await screen.ConnectAsync(Cancellation);
            epoch = (await screen.HelloAsync(Cancellation)).Changed[0].Epoch;

            // The crowd comes in while the backup is made.
            var crowd = Task.Run(async () =>
            {
                foreach (var one in cards)
                {
                    await hub.UploadScansAsync(door, hub.CardScan(meeting, one));
                }
            }, Cancellation);
            await MakeBackup.RunAsync(new BackupPlace(live), Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
            await crowd;
        }

        var restored = Path.Combine(_folder, "restored");
        var (manifest, kept) = await RestoreBackup.RunAsync(Archive, new BackupPlace(restored), replace: false, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
        Assert.Empty(manifest.Missing);
        Assert.Null(kept);

        await using var again = await HubApplication.StartAsync(dataFolder: restored);
        using var operatorAgain = await again.SignInAsync();
        var present = (await operatorAgain.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{meeting}/attendance")).Count(row => row.State is not AttendanceState.Pending);
        Assert.InRange(present, 0, 200);
        Assert.Null(await again.LedgerFaultAsync(member));
        using (var media = await operatorAgain.Http.GetAsync(new Uri("/media/" + article, UriKind.Relative), Cancellation))
        {
            Assert.Equal(article, Convert.ToHexStringLower(SHA256.HashData(await media.Content.ReadAsByteArrayAsync(Cancellation))));
        }

        // The display is still known, hears of a new history, and what the backup lacks comes in once.
        await using var back = new DisplayClient(again.Address, display, token);
        await back.ConnectAsync(Cancellation);
        Assert.NotEqual(epoch, (await back.HelloAsync(Cancellation)).Changed[0].Epoch);
        var scan = again.CardScan(meeting, card);
        var first = await back.UploadCheckInsAsync(new CheckInBatch([scan]), Cancellation);
        var second = await back.UploadCheckInsAsync(new CheckInBatch([scan]), Cancellation);
        Assert.Contains(first.Results[0].Outcome, new[] { CheckInOutcome.Accepted, CheckInOutcome.AlreadyCheckedIn });
        Assert.Equal(first.Results[0], second.Results[0]);
        Assert.Equal(2, (await operatorAgain.GetAsync<PointsStatement>($"/api/members/{member}/points")).Available);
    }

    [Fact]
    public async Task Backup_cut_or_altered_anywhere_is_refused_and_touches_nothing()
    {
        var live = Path.Combine(_folder, "live");
        await using (var hub = await HubApplication.StartAsync(dataFolder: live))
        {
            using var host = await hub.SignInAsync();
            await WriteArticleAsync(hub, host);
        }

        await MakeBackup.RunAsync(new BackupPlace(live), Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
        var whole = await File.ReadAllBytesAsync(Archive, Cancellation);
        var before = await Fingerprint(live);
        var random = new Random(1);
        for (var round = 0; round < 40; round++)
        {
            var damaged = round % 2 == 0 ? whole[..random.Next(whole.Length - 1024)] : [.. whole];
            if (round % 2 == 1)
            {
                // Somewhere within a file's content, a name or a length, not in the padding between.
                var at = random.Next(0, whole.Length);
                if (whole[at] == 0)
                {
                    continue;
                }

                damaged[at] ^= 0x41;
            }

            await File.WriteAllBytesAsync(Archive, damaged, Cancellation);
            var refused = await Record.ExceptionAsync(() => RestoreBackup.RunAsync(Archive, new BackupPlace(live), replace: true, DateTimeOffset.UnixEpoch, _ => { }, Cancellation));
            if (refused is null)
            {
                // A flipped byte of a tar header that carries no meaning, e.g. an owner's name: then everything is as it was made.
                Assert.Equal(1, round % 2);
                before = await Fingerprint(live);
                continue;
            }

            Assert.IsType<BackupDamagedException>(refused);
            Assert.Equal(before, await Fingerprint(live));
        }
    }

    [Fact]
    public async Task Medium_gone_for_good_is_noticed_by_two_pictures_before_anything_is_copied()
    {
        var live = Path.Combine(_folder, "live");
        string article;
        await using (var hub = await HubApplication.StartAsync(dataFolder: live))
        {
            using var host = await hub.SignInAsync();
            article = await WriteArticleAsync(hub, host);
        }

        File.Delete(Path.Combine(live, "media", article[..2], article[2..]));
        var steps = new List<BackupProgress>();
        var manifest = await MakeBackup.RunAsync(new BackupPlace(live), Archive, DateTimeOffset.UnixEpoch, steps.Add, Cancellation);
        Assert.Equal([article], manifest.Missing);
        Assert.Equal([default, default], steps.Where(step => step.Total == 0));
        Assert.All(steps.Take(2), step => Assert.Equal(default, step));
        await RestoreBackup.RunAsync(Archive, new BackupPlace(Path.Combine(_folder, "restored")), replace: false, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
    }

    [Fact]
    public async Task Data_a_restore_puts_aside_is_named_alike_on_a_machine_with_another_calendar()
    {
        var live = Path.Combine(_folder, "live");
        await using (await HubApplication.StartAsync(dataFolder: live))
        {
            await MakeBackup.RunAsync(new BackupPlace(live), Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
        }

        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
        var (_, kept) = await RestoreBackup.RunAsync(Archive, new BackupPlace(live), replace: true, new DateTimeOffset(2026, 11, 27, 6, 0, 0, TimeSpan.Zero), _ => { }, Cancellation);
        Assert.Equal("before-restore-20261127-060000", Path.GetFileName(kept));
    }

    [Fact]
    public async Task Restore_into_data_asks_first_keeps_what_was_there_and_never_under_a_running_hub()
    {
        var live = Path.Combine(_folder, "live");
        Guid late;
        await using (var hub = await HubApplication.StartAsync(dataFolder: live))
        {
            await MakeBackup.RunAsync(new BackupPlace(live), Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
            using var host = await hub.SignInAsync();
            late = (await HubApplication.AddMemberAsync(host, "后来的人", hub.RootUnitId)).Id;
            await Assert.ThrowsAsync<DataFolderInUseException>(() => RestoreBackup.RunAsync(Archive, new BackupPlace(live), replace: true, DateTimeOffset.UnixEpoch, _ => { }, Cancellation));
        }

        await Assert.ThrowsAsync<DataFolderNotEmptyException>(() => RestoreBackup.RunAsync(Archive, new BackupPlace(live), replace: false, DateTimeOffset.UnixEpoch, _ => { }, Cancellation));
        var (_, kept) = await RestoreBackup.RunAsync(Archive, new BackupPlace(live), replace: true, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
        Assert.True(File.Exists(Path.Combine(kept!, "hub.db")));
        await using var again = await HubApplication.StartAsync(dataFolder: live);
        using var admin = await again.SignInAsync();
        Assert.Equal("member_unknown", (await Assert.ThrowsAsync<RefusedException>(() => admin.GetAsync<MemberSummary>($"/api/members/{late}"))).Code);
    }

    [Fact]
    public async Task Restore_onto_a_disk_that_fills_up_is_refused_with_a_sentence_and_touches_nothing()
    {
        // A real file system of 24 MB; without the right to mount one there is nothing to test on.
        var disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        Assert.SkipUnless(await SmallDisk.MountAsync(disk, megabytes: 24), "A small disk cannot be mounted here (needs root on Linux).");
        try
        {
            var (live, large) = (Path.Combine(disk, "live"), Path.Combine(_folder, "large"));
            await using (var hub = await HubApplication.StartAsync(dataFolder: live))
            {
                using var host = await hub.SignInAsync();
                await HubApplication.AddMemberAsync(host, "原来的人", hub.RootUnitId);
            }

            await using (var hub = await HubApplication.StartAsync(dataFolder: large))
            {
                using var host = await hub.SignInAsync();
                await hub.AddMembersAsync(200);
                // What no disk of 24 MB takes beside the data that is there; the database before it has been unpacked by then.
                await File.WriteAllBytesAsync(Path.Combine(large, "keys", "zz-large.json"), RandomNumberGenerator.GetBytes(40 << 20), Cancellation);
            }

            await MakeBackup.RunAsync(new BackupPlace(large), Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
            var before = await Fingerprint(live);
            foreach (var replace in (bool[])[false, true])
            {
                var (code, said) = await CommandAsync(["restore", Archive, "--data", live, .. replace ? ["--replace"] : Array.Empty<string>()]);
                Assert.Equal((BackupCommand.Refused, true), (code, said.Contains(replace ? "[disk_full]" : "[data_folder_not_empty]", StringComparison.Ordinal)));
                Assert.Equal(before, await Fingerprint(live));
            }

            Assert.Contains("原有数据没有改动", (await CommandAsync(["restore", Archive, "--data", live, "--replace"])).Said, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateDirectories(live, "restoring*").Concat(Directory.EnumerateDirectories(live, "before-restore*")));
            await using var again = await HubApplication.StartAsync(dataFolder: live);
            using var admin = await again.SignInAsync();
            Assert.Equal("原来的人", Assert.Single((await admin.GetAsync<Page<MemberSummary>>("/api/members")).Items).Name);
        }
        finally
        {
            await SmallDisk.UnmountAsync(disk);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Exchange_broken_off_by_a_crash_is_completed_by_the_next_start(int movesBeforeTheCrash)
    {
        var live = Path.Combine(_folder, "live");
        await using (var hub = await HubApplication.StartAsync(dataFolder: live))
        {
            await MakeBackup.RunAsync(new BackupPlace(live), Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
            using var host = await hub.SignInAsync();
            await HubApplication.AddMemberAsync(host, "后来的人", hub.RootUnitId);
        }

        // What a restore leaves that dies after so many moves.
        var staging = Directory.CreateDirectory(Path.Combine(live, "restoring")).FullName;
        await using (var archive = File.OpenRead(Archive))
        {
            await BackupArchive.UnpackAsync(archive, staging, _ => { }, Cancellation);
        }

        Directory.CreateDirectory(Path.Combine(staging, "media"));
        var kept = Directory.CreateDirectory(Path.Combine(live, "before-restore-x")).FullName;
        (string From, string To)[] moves = [
            (Path.Combine(live, "hub.db"), Path.Combine(kept, "hub.db")), (Path.Combine(staging, "hub.db"), Path.Combine(live, "hub.db")),
            (Path.Combine(live, "keys"), Path.Combine(kept, "keys")), (Path.Combine(staging, "keys"), Path.Combine(live, "keys"))];
        foreach (var (from, to) in moves.Take(movesBeforeTheCrash))
        {
            Directory.Move(from, to);
        }

        await File.WriteAllTextAsync(Path.Combine(staging, "ready"), "before-restore-x", Cancellation);
        await using var again = await HubApplication.StartAsync(dataFolder: live);
        using var admin = await again.SignInAsync();
        Assert.Empty((await admin.GetAsync<Page<MemberSummary>>("/api/members")).Items);
        Assert.True(File.Exists(Path.Combine(kept, "hub.db")));
        Assert.False(Directory.Exists(staging));
    }

    private static async Task<string> WriteArticleAsync(HubApplication hub, OperatorSession host) =>
        (await host.PostAsync<MediaSummary>("/api/articles", new ArticleInput(hub.RootUnitId, "通知", "# 学习\n\n今晚七点。", Disclosure.Public))).Sha256!;

    /// <summary>The command as typed, and what it said.</summary>
    private static Task<(int Code, string Said)> CommandAsync(string[] args) => ErrorConsole.OfAsync(() => BackupCommand.RunAsync(args));

    private static async Task<string> Fingerprint(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("hub.lock", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var parts = new List<string>();
        foreach (var file in files)
        {
            parts.Add(file + Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))));
        }

        return string.Join('\n', parts);
    }
}
