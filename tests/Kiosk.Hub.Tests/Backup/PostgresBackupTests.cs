using Kiosk.Contracts.Operator;
using Kiosk.Hub.Backup;
using Kiosk.Hub.Feeds;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Tests.Backup;

/// <summary>The same promises on PostgreSQL: one snapshot of all tables, a restore that is one transaction, nothing touched when it is refused.</summary>
[Trait(Databases.Trait, Databases.Postgres)]
public sealed class PostgresBackupTests : IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("kiosk-backup-").FullName;

    private string Archive => Path.Combine(_folder, "evening.kiosk-backup");

    private string Live => Path.Combine(_folder, "live");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Backup_taken_during_check_ins_restores_every_table_under_a_new_epoch_and_keeps_what_was_there()
    {
        var place = await PlaceAsync();
        Guid meeting, late;
        string epoch, article;
        int atBackup;
        await using (var hub = await HubApplication.StartAsync(dataFolder: Live))
        {
            using var host = await hub.SignInAsync();
            var (room, door) = await hub.AddRoomWithDisplayAsync();
            var members = await hub.AddMembersAsync(120);
            meeting = (await hub.AddMeetingAsync(host, room)).Summary.Id;
            var cards = hub.SignCards(members);
            article = (await host.PostAsync<MediaSummary>("/api/articles", new ArticleInput(hub.RootUnitId, "通知", "# 学习\n\n今晚七点。", Kiosk.Contracts.Disclosure.Public))).Sha256!;
            epoch = await EpochAsync(hub);
            var crowd = Task.Run(async () =>
            {
                foreach (var one in cards)
                {
                    await hub.UploadScansAsync(door, hub.CardScan(meeting, one));
                }
            }, Cancellation);
            var manifest = await MakeBackup.RunAsync(place, Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
            Assert.Equal((BackupArchive.Postgres, 0), (manifest.Database, manifest.Missing.Count));
            await crowd;
            late = (await HubApplication.AddMemberAsync(host, "后来的人", hub.RootUnitId)).Id;
            atBackup = await PresentAsync(host, meeting);
            Assert.Equal(120, atBackup);
            await Assert.ThrowsAsync<DataFolderInUseException>(() => RestoreBackup.RunAsync(Archive, place, replace: true, DateTimeOffset.UnixEpoch, _ => { }, Cancellation));
        }

        Npgsql.NpgsqlConnection.ClearAllPools();
        await Assert.ThrowsAsync<DataFolderNotEmptyException>(() => RestoreBackup.RunAsync(Archive, place, replace: false, DateTimeOffset.UnixEpoch, _ => { }, Cancellation));
        await RestoreBackup.RunAsync(Archive, place, replace: true, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);

        await using var again = await HubApplication.StartAsync(dataFolder: Live);
        using var admin = await again.SignInAsync();
        Assert.Equal("member_unknown", (await Assert.ThrowsAsync<RefusedException>(() => admin.GetAsync<MemberSummary>($"/api/members/{late}"))).Code);
        Assert.NotEqual(epoch, await EpochAsync(again));
        Assert.InRange(await PresentAsync(admin, meeting), 0, 120);
        using (var media = await admin.Http.GetAsync(new Uri("/media/" + article, UriKind.Relative), Cancellation))
        {
            Assert.True(media.IsSuccessStatusCode);
        }

        // The database goes on: rows are added, keys hold, what was there lies beside.
        await HubApplication.AddMemberAsync(admin, "新来的人", again.RootUnitId);
        Assert.Equal(1, await again.QueryAsync(db => db.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM pg_namespace WHERE nspname = 'before_restore_19700101_000000'").SingleAsync(Cancellation)));
        Assert.Equal(0, await again.QueryAsync(db => db.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM pg_namespace WHERE nspname LIKE 'kiosk\\_restoring%'").SingleAsync(Cancellation)));
        await Assert.ThrowsAnyAsync<Exception>(() => again.TamperAsync($"INSERT INTO \"RoleAssignments\" (\"OperatorId\", \"Role\", \"OrgUnitId\") VALUES ({Guid.NewGuid()}, 'Admin', {again.RootUnitId})"));
    }

    [Fact]
    public async Task Backup_that_is_cut_altered_or_of_the_other_database_touches_nothing()
    {
        var place = await PlaceAsync();
        await using (var hub = await HubApplication.StartAsync(dataFolder: Live))
        {
            using var host = await hub.SignInAsync();
            await HubApplication.AddMemberAsync(host, "王小二", hub.RootUnitId);
            await MakeBackup.RunAsync(place, Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
            await HubApplication.AddMemberAsync(host, "后来的人", hub.RootUnitId);
        }

        Npgsql.NpgsqlConnection.ClearAllPools();
        var whole = await File.ReadAllBytesAsync(Archive, Cancellation);
        var random = new Random(7);
        for (var round = 0; round < 12; round++)
        {
            byte[] damaged = round % 2 == 0 ? whole[..random.Next(whole.Length - 1024)] : [.. whole];
            if (round % 2 == 1)
            {
                // Inside a table's rows: found by its signature.
                var at = whole.AsSpan().IndexOf("PGCOPY\n"u8) + random.Next(19);
                damaged[at] ^= 0x41;
            }

            await File.WriteAllBytesAsync(Archive, damaged, Cancellation);
            await Assert.ThrowsAsync<BackupDamagedException>(() => RestoreBackup.RunAsync(Archive, place, replace: true, DateTimeOffset.UnixEpoch, _ => { }, Cancellation));
        }

        await File.WriteAllBytesAsync(Archive, whole, Cancellation);
        await Assert.ThrowsAsync<BackupOtherDatabaseException>(() => RestoreBackup.RunAsync(Archive, new BackupPlace(Path.Combine(_folder, "sqlite")), replace: true, DateTimeOffset.UnixEpoch, _ => { }, Cancellation));
        await using var again = await HubApplication.StartAsync(dataFolder: Live);
        using var admin = await again.SignInAsync();
        Assert.Equal(2, (await admin.GetAsync<Page<MemberSummary>>("/api/members")).Total);
    }

    [Fact]
    public async Task Exchange_broken_off_before_the_tables_changed_is_completed_by_the_next_start()
    {
        var place = await PlaceAsync();
        await using (var hub = await HubApplication.StartAsync(dataFolder: Live))
        {
            await MakeBackup.RunAsync(place, Archive, DateTimeOffset.UnixEpoch, _ => { }, Cancellation);
            using var host = await hub.SignInAsync();
            await HubApplication.AddMemberAsync(host, "后来的人", hub.RootUnitId);
        }

        Npgsql.NpgsqlConnection.ClearAllPools();
        var staging = Directory.CreateDirectory(Path.Combine(Live, "restoring")).FullName;
        BackupManifest manifest;
        await using (var archive = File.OpenRead(Archive))
        {
            manifest = await BackupArchive.UnpackAsync(archive, staging, _ => { }, Cancellation);
        }

        Directory.CreateDirectory(Path.Combine(staging, "media"));
        var schema = await new PostgresRestore(place.Postgres!).LoadAsync(staging, manifest, DateTimeOffset.UnixEpoch, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(staging, "ready"), $"before-restore-x\n{schema}", Cancellation);
        await using var again = await HubApplication.StartAsync(dataFolder: Live);
        using var admin = await again.SignInAsync();
        Assert.Equal(0, (await admin.GetAsync<Page<MemberSummary>>("/api/members")).Total);
        Assert.False(Directory.Exists(staging));
    }

    private async Task<BackupPlace> PlaceAsync()
    {
        Directory.CreateDirectory(Live);
        return new BackupPlace(Live, await PostgresServer.DatabaseForAsync(Live));
    }

    private static Task<string> EpochAsync(HubApplication hub) => hub.QueryAsync(db => db.Set<HubHistory>().Select(history => history.Epoch).SingleAsync());

    private static async Task<int> PresentAsync(OperatorSession host, Guid meeting) =>
        (await host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{meeting}/attendance")).Count(row => row.State is not AttendanceState.Pending);
}
