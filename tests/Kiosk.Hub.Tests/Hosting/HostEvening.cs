using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Hosting;

/// <summary>An evening whose first member may host and holds a card.</summary>
internal sealed class HostEvening : IAsyncDisposable
{
    public required Evening Evening { get; init; }

    public required string Card { get; init; }

    public HubApplication Hub => Evening.Hub;

    public Guid MeetingId => Evening.Meeting.Id;

    public DateTimeOffset Now => Evening.Time.GetUtcNow();

    public static async Task<HostEvening> StartAsync(int members = 3, string type = "MemberAssembly", string? dataFolder = null)
    {
        var evening = await Evening.StartAsync(members, type, dataFolder);
        return new HostEvening { Evening = evening, Card = await evening.Hub.MakeHostAsync(evening.Host, evening.Members[0].Id) };
    }

    public HostActionEntry Act(HostActionKind kind, Guid? meetingId = null, DateTimeOffset? at = null) => Hub.Act(kind, meetingId ?? MeetingId, Card, at);

    public HostActionEntry Start(Guid meetingId, DateTimeOffset? at = null, string type = "ThemeDay", string title = "主题党日", Guid? unitId = null) =>
        Act(HostActionKind.Start, meetingId, at) with { Start = new MeetingStart(unitId ?? Hub.RootUnitId, type, title, 120) };

    public async Task<HostActionResult> DoAsync(HostActionEntry entry, Guid? displayId = null) =>
        (await Hub.UploadActionsAsync(displayId ?? Evening.DisplayId, entry))[0];

    public async Task<HostActionOutcome> OutcomeAsync(HostActionEntry entry, Guid? displayId = null) => (await DoAsync(entry, displayId)).Outcome;

    public Task<MeetingRunView> RunAsync(Guid? meetingId = null) => Evening.Host.GetAsync<MeetingRunView>($"/api/meetings/{meetingId ?? MeetingId}/run");

    public Task<MeetingRunView> DeskAsync(HostActionKind kind, int? minutes = null, int? point = null) =>
        Evening.Host.PostAsync<MeetingRunView>($"/api/meetings/{MeetingId}/run", new RunInput(kind, minutes, point));

    public async Task<RoomDocument> RoomAsync() => (await Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(Evening.RoomId)))!;

    public async Task<RoomMeeting> RoomMeetingAsync(Guid? meetingId = null) => (await RoomAsync()).Meetings.Single(meeting => meeting.Id == (meetingId ?? MeetingId));

    public ValueTask DisposeAsync() => Evening.DisposeAsync();
}
