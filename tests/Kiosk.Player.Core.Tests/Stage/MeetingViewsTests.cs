using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Stage;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Tests.Stage;

public class MeetingViewsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);
    private static readonly Guid Zhang = Guid.NewGuid(), Li = Guid.NewGuid(), Wang = Guid.NewGuid();

    private static readonly RoomMeeting Meeting =
        Given.Meeting(Start, new RosterEntry(Zhang, "张*三", true), new RosterEntry(Li, "李*", false), new RosterEntry(Wang, "王*", true));

    private static MeetingView View(
        DateTimeOffset now, Disclosure audience = Disclosure.Internal, bool hub = true, RoomMeeting? meeting = null, IReadOnlyCollection<Guid>? journalled = null)
    {
        meeting ??= Meeting;
        var room = Given.Room(meeting);
        var attendance = new AttendanceDocument(Given.RoomId, [new MeetingAttendance(meeting.Id, 3, 1, 2, 1, [Zhang], [new Arrival("张*三", Start, false)])]);
        var display = Given.Display(Guid.NewGuid(), audience);
        var documents = new PlayerDocuments(
            display, DisplaySchedule.Create(display, [], [], room), room, attendance, new HashSet<uint>(), new Dictionary<string, PlaylistDocument>(),
            new Dictionary<Guid, PlaylistDocument>(), [], []);
        var resolution = ScheduleResolver.Resolve(documents.Schedule, ReadySet.Everything, now);
        return ViewComposer.Compose(new StageInputs(
            new PlayerOptions { HubAddress = "http://h", DataFolder = "/x" }, new ClockReading(now, ClockState.Synced), documents, resolution,
            PlaybackView.Splash, hub, null, null, null, _ => journalled ?? [], _ => false)).Meeting!;
    }

    [Fact]
    public void Code_is_signed_for_this_display_meeting_and_step()
    {
        var now = Start.AddMinutes(-5).AddSeconds(7);
        var view = View(now);
        Assert.StartsWith("http://hub.example/c/", view.QrText, StringComparison.Ordinal);
        var text = view.QrText!["http://hub.example/c/".Length..];
        Assert.True(DisplayCode.TryRead(text, out var code));
        Assert.True(code.Verify(text, new byte[32]));
        Assert.Equal(new DisplayCode(1, 7, 9, DisplayCode.StepAt(now)), code);
        Assert.Equal(Start.AddMinutes(-5).AddSeconds(10), view.QrUntil);
    }

    [Fact]
    public void Code_is_not_shown_when_the_hub_is_away()
    {
        var view = View(Start, hub: false);
        Assert.Null(view.QrText);
        Assert.Null(view.QrUntil);
        Assert.True(view.CheckInOpen);
    }

    [Fact]
    public void Code_is_not_shown_when_check_in_is_over()
    {
        var closed = Meeting with { CheckInCloses = Start.AddMinutes(30) };
        Assert.NotNull(View(Start.AddMinutes(29), meeting: closed).QrText);
        var over = View(Start.AddMinutes(30), meeting: closed);
        Assert.Null(over.QrText);
        Assert.False(over.CheckInOpen);
    }

    [Fact]
    public void Code_is_there_for_those_who_leave_also_after_the_close_until_the_thanks_are_over()
    {
        var closed = Meeting with
        {
            State = MeetingState.Closed, ClosedAt = Start.AddMinutes(58), ExitOpens = Start.AddMinutes(48), ExitCloses = Start.AddMinutes(68),
        };
        var view = View(Start.AddMinutes(59), meeting: closed);
        Assert.Equal((Core.View.MeetingPhase.After, false, true), (view.Phase, view.CheckInOpen, view.ExitOpen));
        Assert.NotNull(view.QrText);
        Assert.Null(View(Start.AddMinutes(59), hub: false, meeting: closed).QrText);
        Assert.False(View(Start.AddMinutes(59), meeting: closed with { ExitOpens = null, ExitCloses = null }).ExitOpen);
        Assert.False(View(Start.AddMinutes(47), meeting: closed with { State = MeetingState.Scheduled, ClosedAt = null }).ExitOpen);
    }

    [Theory]
    [InlineData(true, Disclosure.Internal, true)]
    [InlineData(true, Disclosure.Restricted, true)]
    [InlineData(true, Disclosure.Public, false)]
    [InlineData(false, Disclosure.Internal, false)]
    public void Names_show_only_in_a_members_session_before_members(bool membersSession, Disclosure audience, bool shown)
    {
        var view = View(Start, audience, meeting: Meeting with { MembersSession = membersSession });
        Assert.Equal(shown, view.ShowNames);
        Assert.Equal(shown ? 1 : 0, view.Arrivals.Count);
        Assert.Equal((3, 1), (view.Expected, view.Present));
    }

    [Fact]
    public void Own_journal_counts_what_the_hub_does_not_know_yet_and_nobody_twice()
    {
        var view = View(Start, hub: false, journalled: [Zhang, Li, Wang, Guid.NewGuid()]);
        Assert.Equal((3, 2), (view.Present, view.OfflinePresent));
        Assert.Equal((2, 2), (view.VotingExpected, view.VotingPresent));
    }

    [Theory]
    [InlineData(-30, Core.View.MeetingPhase.Before)]
    [InlineData(0, Core.View.MeetingPhase.During)]
    [InlineData(120, Core.View.MeetingPhase.After)]
    public void Phase_follows_the_clock(int minute, Core.View.MeetingPhase phase) => Assert.Equal(phase, View(Start.AddMinutes(minute)).Phase);

    [Fact]
    public void Cancelled_meeting_is_told_with_its_reason_and_takes_nobody_in()
    {
        var view = View(Start.AddMinutes(-10), meeting: Meeting with { State = MeetingState.Cancelled, CancelReason = "道路积水" });
        Assert.Equal((Core.View.MeetingPhase.Cancelled, "道路积水", false, false, null), (view.Phase, view.CancelReason, view.CheckInOpen, view.ExitOpen, view.QrText));
    }
}
