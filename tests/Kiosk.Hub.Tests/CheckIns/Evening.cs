using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>A hub with a room, a display, a meeting whose check-in is open, and some members.</summary>
internal sealed class Evening : IAsyncDisposable
{
    public required HubApplication Hub { get; init; }

    public required FakeTimeProvider Time { get; init; }

    public required OperatorSession Host { get; init; }

    public required Guid RoomId { get; init; }

    public required Guid DisplayId { get; init; }

    public required IReadOnlyList<MemberSummary> Members { get; init; }

    public required MeetingSummary Meeting { get; init; }

    public static async Task<Evening> StartAsync(int members = 3, string type = "MemberAssembly", string? dataFolder = null, params string[] settings)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 11, 0, 0, TimeSpan.Zero));
        var hub = await HubApplication.StartAsync(time, dataFolder, ["--Phone:RequestsPerMinute=1000000", .. settings]);
        var host = await hub.SignInAsync();
        var (room, display) = await hub.AddRoomWithDisplayAsync();
        var people = new List<MemberSummary>();
        for (var at = 0; at < members; at++)
        {
            people.Add(await HubApplication.AddMemberAsync(host, $"张小{(char)('一' + at)}", hub.RootUnitId));
        }

        var meeting = await hub.AddMeetingAsync(host, room, [.. people.Select(member => member.Id)], type);
        return new Evening { Hub = hub, Time = time, Host = host, RoomId = room, DisplayId = display, Members = people, Meeting = meeting.Summary };
    }

    public Task<string> CardAsync(int member = 0) => Hub.CardAsync(Host, Members[member].Id);

    public async Task<CheckInResult> ScanAsync(string card, DateTimeOffset? at = null, Contracts.Devices.ClockState clock = Contracts.Devices.ClockState.Synced, Guid? meetingId = null, Guid? id = null) =>
        (await Hub.UploadScansAsync(DisplayId, Hub.CardScan(meetingId ?? Meeting.Id, card, at, clock, id)))[0];

    public Task<CheckInResult> HelpAsync(int member = 0, DateTimeOffset? at = null) =>
        Host.PostAsync<CheckInResult>($"/api/meetings/{Meeting.Id}/check-ins", new HelperCheckIn(Members[member].Id, "未带手机", at));

    public Task UndoAsync(int member = 0) => Host.PostAsync<object>($"/api/meetings/{Meeting.Id}/check-ins/undo", new UndoCheckIn(Members[member].Id, "点错人"));

    public async Task<AttendanceRow> AttendanceAsync(int member = 0) =>
        (await Host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{Meeting.Id}/attendance")).Single(row => row.MemberId == Members[member].Id);

    public Task<PointsStatement> PointsAsync(int member = 0) => Host.GetAsync<PointsStatement>($"/api/members/{Members[member].Id}/points");

    /// <summary>Adjusts the first member's points under an idempotency key.</summary>
    public async Task<PointsStatement> AdjustAsync(int amount, string key)
    {
        using var content = System.Net.Http.Json.JsonContent.Create(new PointsAdjustment(amount, "补记"), options: Contracts.KioskJson.Options);
        content.Headers.Add("Idempotency-Key", key);
        return await Host.SendAsync<PointsStatement>(HttpMethod.Post, $"/api/members/{Members[0].Id}/points/adjust", content);
    }

    public Task<IReadOnlyList<CheckInRecordView>> RecordsAsync() => Host.GetAsync<IReadOnlyList<CheckInRecordView>>($"/api/meetings/{Meeting.Id}/check-ins");

    public async ValueTask DisposeAsync()
    {
        Host.Dispose();
        await Hub.DisposeAsync();
    }
}
