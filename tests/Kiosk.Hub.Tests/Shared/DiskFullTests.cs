using System.Net;
using System.Net.Http.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.Backup;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Shared;

/// <summary>A hub as a process of its own whose disk fills up while it runs: a real file system, so that SQLite says what it says there.</summary>
public sealed class DiskFullTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hub_whose_disk_is_full_says_so_to_everybody_keeps_nothing_by_halves_and_goes_on_when_there_is_room()
    {
        var disk = Directory.CreateTempSubdirectory("kiosk-disk-").FullName;
        // A hub with less than 100 MB free says that it is not ready.
        var mounted = await SmallDisk.MountAsync(disk, megabytes: 176);
        Assert.SkipUnless(mounted, "A small disk cannot be mounted here (needs root on Linux).");
        try
        {
            var world = await PrepareAsync(disk);
            await using var hub = await HubProcess.StartAsync(disk, Cancellation, [.. HubProcess.Quiet, "--Phone:RequestsPerMinute=1000000"]);
            using var host = await OperatorSession.SignInAsync(hub.Address, HubApplication.AdminUserName, HubApplication.AdminPassword);
            using var phone = new PhoneBrowser(hub.Address);
            phone.SetCookie("kiosk-member", world.Session, "/");
            await using var kiosk = new DisplayClient(hub.Address, world.DisplayId, world.Token);
            await kiosk.ConnectAsync(Cancellation);
            await kiosk.HelloAsync(Cancellation);
            Assert.Equal("check_in", (await phone.OpenAsync("/c/" + world.Codes[DisplayCode.StepAt(TimeProvider.System.GetUtcNow())])).Code);
            var scan = new CheckInEntry(Guid.CreateVersion7(), world.MeetingId, world.Card, TimeProvider.System.GetUtcNow(), Contracts.Devices.ClockState.Synced, "boot", 1);
            var rooms = (await host.GetAsync<IReadOnlyList<RoomSummary>>("/api/rooms")).Count;

            Fill(Path.Combine(disk, "filler"));
            foreach (var (path, body) in world.Writes)
            {
                using var answer = await host.Http.PostAsync(new Uri(path, UriKind.Relative), JsonContent.Create(body, body.GetType(), options: KioskJson.Options), Cancellation);
                Assert.Equal((path, HttpStatusCode.ServiceUnavailable, "application/problem+json"), (path, answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
                Assert.Equal(("disk_full", "The hub's disk is full; nothing was saved."), await ProblemAsync(answer));
            }

            var page = await phone.SubmitAsync("/c");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "disk_full"), (page.Status, page.Code));
            Assert.Contains("tell the host", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("/admin", page.Html, StringComparison.Ordinal);
            Assert.EndsWith("HubException: disk_full", (await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(() => kiosk.UploadCheckInsAsync(new CheckInBatch([scan]), Cancellation))).Message, StringComparison.Ordinal);
            Assert.Empty(await host.GetAsync<IReadOnlyList<CheckInRecordView>>($"/api/meetings/{world.MeetingId}/check-ins"));
            Assert.All(await host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{world.MeetingId}/attendance"), row => Assert.Equal(AttendanceState.Pending, row.State));
            Assert.Equal(rooms, (await host.GetAsync<IReadOnlyList<RoomSummary>>("/api/rooms")).Count);

            File.Delete(Path.Combine(disk, "filler"));
            await Eventually.TrueAsync(async () => (await host.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancellation)).IsSuccessStatusCode, Cancellation);
            Assert.Equal("check_in", (await phone.OpenAsync("/c")).Code);
            Assert.Equal("accepted", (await phone.SubmitAsync("/c")).Code);
            Assert.Equal([CheckInOutcome.Accepted], (await kiosk.UploadCheckInsAsync(new CheckInBatch([scan]), Cancellation)).Results.Select(result => result.Outcome));
            foreach (var (path, body) in world.Writes)
            {
                using var answer = await host.Http.PostAsync(new Uri(path, UriKind.Relative), JsonContent.Create(body, body.GetType(), options: KioskJson.Options), Cancellation);
                Assert.True(answer.IsSuccessStatusCode, path);
            }

            Assert.Equal(3, (await host.GetAsync<IReadOnlyList<CheckInRecordView>>($"/api/meetings/{world.MeetingId}/check-ins")).Count);
            Assert.Equal(rooms + 1, (await host.GetAsync<IReadOnlyList<RoomSummary>>("/api/rooms")).Count);
            foreach (var member in world.Members)
            {
                Assert.Equal(2, (await host.GetAsync<PointsStatement>($"/api/members/{member}/points")).Available);
            }
        }
        finally
        {
            await SmallDisk.UnmountAsync(disk);
            Directory.Delete(disk, recursive: true);
        }
    }

    private sealed record World(
        Guid MeetingId, Guid DisplayId, string Token, string Session, string Card, IReadOnlyList<Guid> Members, IReadOnlyDictionary<uint, string> Codes, IReadOnlyList<(string Path, object Body)> Writes);

    private static async Task<World> PrepareAsync(string folder)
    {
        await using var hub = await HubApplication.StartAsync(dataFolder: folder);
        using var host = await hub.SignInAsync();
        var (room, display) = await hub.AddRoomWithDisplayAsync();
        var members = await hub.AddMembersAsync(3);
        var token = await hub.ServeAsync(display);
        var meeting = (await hub.AddMeetingAsync(host, room, members)).Summary;
        var codes = new Dictionary<uint, string>();
        for (var at = TimeProvider.System.GetUtcNow(); at < TimeProvider.System.GetUtcNow().AddMinutes(6); at = at.AddSeconds(5))
        {
            codes[DisplayCode.StepAt(at)] = await hub.DisplayCodeAsync(display, meeting, at);
        }

        (string, object)[] writes =
        [
            ($"/api/meetings/{meeting.Id}/check-ins", new HelperCheckIn(members[2], "未带手机", null)),
            ("/api/rooms", new RoomInput("新房间", hub.RootUnitId)),
            ("/api/session", new SignInRequest(HubApplication.AdminUserName, HubApplication.AdminPassword, null)),
        ];
        return new World(meeting.Id, display, token, (await hub.AddMemberSessionsAsync([members[0]]))[0], hub.SignCards([members[1]])[0], members, codes, writes);
    }

    /// <summary>To the last byte.</summary>
    private static void Fill(string path)
    {
        using var filler = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[1 << 20, 4_096, 1])
        {
            try
            {
                while (true)
                {
                    filler.Write(new byte[size]);
                }
            }
            catch (IOException)
            {
                // No more of this size.
            }
        }
    }

    private static async Task<(string Code, string Sentence)> ProblemAsync(HttpResponseMessage answer)
    {
        using var problem = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation));
        var detail = problem.RootElement.GetProperty("detail").GetString()!;
        return (problem.RootElement.GetProperty("code").GetString()!, detail[..(detail.IndexOf('.', StringComparison.Ordinal) + 1)]);
    }
}
