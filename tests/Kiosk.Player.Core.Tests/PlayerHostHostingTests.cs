using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.Tests.Hosting;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests;

/// <summary>Hosting through the whole player.</summary>
public sealed class PlayerHostHostingTests : PlayerRig
{
    [Fact]
    public async Task Meeting_started_offline_reaches_the_hub_before_its_check_ins_although_the_power_was_cut()
    {
        await OfflineAsync();
        await SignInAsync();
        await Player.HostAsync(new HostCommand(HostCommandKind.Start, UnitId: Given.OrgId, Type: "MemberAssembly"), Ct);
        await Until.TrueAsync(() => View.Meeting is { Phase: MeetingPhase.During, Expected: 2, CheckInOpen: true, QrText: null }, "the meeting");
        await Until.TrueAsync(() => View.Meeting is { Present: 1 }, "the host");
        await Player.ReadCardAsync(GivenHost.Card(GivenHost.Li), Ct);
        await Until.TrueAsync(() => View.Meeting is { Present: 2, OfflinePresent: 2, VotingPresent: 2 }, "both");
        await Player.HostAsync(new HostCommand(HostCommandKind.Count), Ct);
        await Until.TrueAsync(() => View.Meeting?.Frozen is { Number: 1, Count.VotingPresent: 2 }, "the count");
        var id = View.Meeting!.Id;

        using var powerCut = TempFolder.CopyOf(Temp.Path);
        await StopAsync();
        Start(powerCut.Path);
        await Until.TrueAsync(() => View.Meeting is { Present: 2, Frozen.Number: 1 } meeting && meeting.Id == id, "the meeting where it was");
        Assert.Null(View.Host);
        Hub.LoseAnswers = 2;
        Hub.Away = false;
        await Until.TrueAsync(() => Hub.CheckIns.Count == 2, "everything");
        var arrivals = Hub.Arrivals.Distinct().ToList();
        Assert.Equal(HostActionKind.Start, Hub.HostActions[arrivals[0]].Kind);
        Assert.Equal((2, 2), (Hub.HostActions.Count, Hub.CheckIns.Count));
        Assert.All(arrivals.Take(2), one => Assert.True(Hub.HostActions.ContainsKey(one)));
        Assert.All(Hub.CheckIns.Values, entry => Assert.Equal(id, entry.MeetingId));
    }

    [Fact]
    public async Task Hub_that_takes_no_host_actions_gets_no_check_ins_of_a_meeting_it_does_not_know_and_all_others()
    {
        await OfflineAsync();
        await SignInAsync();
        await Player.HostAsync(new HostCommand(HostCommandKind.Start, UnitId: Given.OrgId, Type: "Other"), Ct);
        await Player.ReadCardAsync(GivenHost.Card(GivenHost.Li), Ct);
        (Hub.RefusesActions, Hub.Away) = (true, false);
        await Until.TrueAsync(() => Hub.Statuses.LastOrDefault()?.JournalPending == 3, "the link");
        Assert.Empty(Hub.CheckIns);
        Hub.RefusesActions = false;
        Hub.Cut();
        await Until.TrueAsync(() => Hub.CheckIns.Count == 2, "the check-ins");
    }

    [Fact]
    public async Task Takeover_during_a_meeting_leaves_card_check_in_working_and_the_meeting_returns()
    {
        GivenContent(1);
        Hub.Put(FeedKeys.Room(Given.RoomId), GivenHost.Room([], Given.Meeting(TimeProvider.System.GetUtcNow(), GivenHost.Roster)));
        Start();
        await Until.TrueAsync(() => View.Meeting is { Phase: MeetingPhase.During }, "the meeting");
        var takeover = new NoticeItem(
            Guid.NewGuid(), 1, NoticeKind.Takeover, NoticeUrgency.Urgent, "紧急", "疏散", "值班室", TimeProvider.System.GetUtcNow().AddMinutes(-1),
            TimeProvider.System.GetUtcNow().AddMinutes(5), Contracts.Disclosure.Public, null, null);
        Hub.Push(Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Contracts.Disclosure.Public, [takeover])));
        await Until.TrueAsync(() => View.Takeover is not null, "the takeover");
        var done = await Player.ReadCardAsync(GivenHost.Card(GivenHost.Li), Ct);
        Assert.Equal(CheckInViewKind.Done, done.Kind);
        await Until.TrueAsync(() => View is { Takeover: not null, CheckIn: not null }, "the result above it");
        Hub.Push(Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Contracts.Disclosure.Public, [])));
        await Until.TrueAsync(() => View is { Takeover: null, Meeting: { Phase: MeetingPhase.During, Present: 1 } }, "the meeting again");
    }

    /// <summary>A room with a host and no meeting, then no hub.</summary>
    private async Task OfflineAsync()
    {
        GivenContent(1);
        Hub.Put(FeedKeys.Room(Given.RoomId), GivenHost.Room([GivenHost.Host(GivenHost.Zhang)]));
        Start();
        await Until.TrueAsync(() => View.CanHost && View.HubReachable, "the room");
        Hub.Away = true;
        Hub.Cut();
        await Until.TrueAsync(() => !View.HubReachable, "the link to go");
    }

    private async Task SignInAsync()
    {
        await Player.HostAsync(new HostCommand(HostCommandKind.Open), Ct);
        await Player.ReadCardAsync(GivenHost.Card(GivenHost.Zhang), Ct);
        await Player.HostAsync(new HostCommand(HostCommandKind.Pin, GivenHost.Pin), Ct);
        await Until.TrueAsync(() => View.Host is { Step: HostStep.Menu }, "the menu");
    }
}
