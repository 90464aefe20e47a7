using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests.Hosting;

/// <summary>What the hub says later never undoes what was done here, and what it refuses does not stay.</summary>
public sealed class RoomOverlayTests : HostRig
{
    [Fact]
    public async Task Older_document_of_the_hub_does_not_take_back_what_was_done_here()
    {
        var scheduled = Scheduled();
        PutRoom(scheduled);
        await SignInAsync();
        await DoAsync(HostCommandKind.Close);
        PutRoom(scheduled with { Title = "改了标题" });
        Assert.Equal(("改了标题", MeetingState.Closed), (Meeting().Title, Meeting().State));
    }

    [Fact]
    public async Task Acknowledged_action_stays_until_the_document_shows_it_and_then_the_document_speaks()
    {
        var scheduled = Scheduled();
        PutRoom(scheduled);
        await SignInAsync();
        await DoAsync(HostCommandKind.Agenda, number: 2);
        var entry = Actions.Offer(10).Single();
        Actions.Acknowledge([new HostActionResult(entry.Id, HostActionOutcome.Applied, entry.MeetingId)], "e1", Clock.Now);
        PutRoom(scheduled);
        Assert.Equal(2, Scheduling.MeetingRuns.Fold(Meeting().Run!).Point);
        var run = new MeetingRun(
            scheduled.Start, scheduled.End, null,
            [new RunAction(entry.Id, HostActionKind.Agenda, entry.ObservedAt, "张*三", Point: 2), new RunAction(Guid.NewGuid(), HostActionKind.Agenda, entry.ObservedAt.AddSeconds(1), "李*", Point: 0)], []);
        PutRoom(scheduled with { Run = run });
        Assert.Equal(0, Scheduling.MeetingRuns.Fold(Meeting().Run!).Point);
        Assert.Empty(Actions.Live);
    }

    [Fact]
    public async Task Refused_action_leaves_the_screen_and_the_rest_stays()
    {
        PutRoom(Scheduled());
        await SignInAsync();
        await DoAsync(HostCommandKind.Agenda, number: 1);
        Time.Advance(TimeSpan.FromSeconds(1));
        await DoAsync(HostCommandKind.Close);
        var close = Actions.Offer(10).Single(e => e.Kind == HostActionKind.Close);
        Actions.Acknowledge([new HostActionResult(close.Id, HostActionOutcome.NotHost, close.MeetingId)], "e1", Clock.Now);
        Book.Relay();
        Assert.Equal((MeetingState.Scheduled, 1), (Meeting().State, Scheduling.MeetingRuns.Fold(Meeting().Run!).Point));
    }

    [Fact]
    public async Task Meeting_joined_to_anothers_takes_what_was_done_and_who_was_journalled_here()
    {
        PutRoom();
        await SignInAsync();
        await DoAsync(HostCommandKind.Start, unit: Given.OrgId, type: "MemberAssembly");
        var mine = Meeting().Id;
        Time.Advance(TimeSpan.FromSeconds(1));
        await Desk.ReadAsync(GivenHost.Card(GivenHost.Li), Ct);
        var start = Actions.Offer(10).Single();
        Time.Advance(TimeSpan.FromMinutes(2));
        var other = Given.Meeting(start.ObservedAt.AddMinutes(1), GivenHost.Roster);
        other = other with
        {
            Start = start.ObservedAt, CheckInOpens = start.ObservedAt,
            Run = new MeetingRun(other.Start, other.End, null, [new RunAction(start.Id, HostActionKind.Begin, start.ObservedAt, "张*三")], [mine]),
        };
        await SignInAsync();
        await DoAsync(HostCommandKind.Extend, number: 15); // still under the id this kiosk gave it
        PutRoom(other);
        var meeting = Meeting();
        Assert.Equal(other.Id, meeting.Id);
        Assert.True(meeting.End > other.End.AddMinutes(-60) && meeting.Run!.Actions.Count == 2);
        Assert.Contains(GivenHost.Li, Desk.Journalled(other.Id));
        Assert.Equal(CheckInViewKind.AlreadyDone, (await Desk.ReadAsync(GivenHost.Card(GivenHost.Li), Ct)).Kind);
    }

    [Fact]
    public async Task Meeting_that_left_the_hubs_document_does_not_come_back_from_the_journal()
    {
        PutRoom();
        await SignInAsync();
        await DoAsync(HostCommandKind.Start, unit: Given.OrgId, type: "Other");
        var start = Actions.Offer(10).Single();
        Actions.Acknowledge([new HostActionResult(start.Id, HostActionOutcome.Applied, start.MeetingId)], "e1", Clock.Now);
        PutRoom(Given.Meeting(start.ObservedAt) with { Id = start.MeetingId, Run = new MeetingRun(start.ObservedAt, start.ObservedAt.AddHours(2), null, [new RunAction(start.Id, HostActionKind.Start, start.ObservedAt, "张*三")], []) });
        PutRoom();
        Assert.Empty(Book.Documents!.Room!.Meetings);
        Restart();
        Assert.Empty(Book.Documents!.Room!.Meetings);
    }

    [Fact]
    public async Task Hub_that_was_restored_is_told_again()
    {
        PutRoom(Scheduled());
        await SignInAsync();
        await DoAsync(HostCommandKind.Agenda, number: 1);
        var entry = Actions.Offer(10).Single();
        Actions.Acknowledge([new HostActionResult(entry.Id, HostActionOutcome.Applied, entry.MeetingId)], "e1", Clock.Now);
        Actions.Reoffer("e1", Clock.Now);
        Assert.Empty(Actions.Offer(10));
        Actions.Reoffer("e2", Clock.Now);
        Assert.Equal(entry, Actions.Offer(10).Single());
    }

    [Fact]
    public async Task Journal_on_the_disk_names_nobody()
    {
        PutRoom();
        await SignInAsync();
        await DoAsync(HostCommandKind.Start, unit: Given.OrgId, type: "Other");
        Close();
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Temp.Path, "host.db"), Ct);
        Assert.DoesNotContain(GivenHost.Card(GivenHost.Zhang), System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("张*三", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Open(synchronised: true);
    }
}
