using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;

namespace Kiosk.Scheduling.Tests;

public sealed class MeetingSessionsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 11, 0, 0, TimeSpan.Zero);

    private static readonly RoomSession[] Sessions =
    [
        new("MemberAssembly", "党员大会", "", Start, Start.AddMinutes(60), 0, 2),
        new("PartyLecture", "党课", "党章第一讲", Start.AddMinutes(60), Start.AddMinutes(90), 2, 0),
        new("ThemeDay", "主题党日", "", Start.AddMinutes(90), Start.AddMinutes(120), 2, 3),
    ];

    private static (int Index, int? Point) At(double minutes, params (HostActionKind Kind, int Point, double At)[] actions)
    {
        var state = MeetingRuns.Fold(Start, Start.AddHours(2), null, actions.Select(a => new RunAction(Guid.NewGuid(), a.Kind, Start.AddMinutes(a.At), "张*三", null, a.Point)));
        var on = MeetingSessions.At(Sessions, state, Start.AddMinutes(minutes))!;
        Assert.Equal(Sessions[on.Index], on.Session);
        return (on.Index, on.Point);
    }

    [Fact]
    public void Meeting_of_one_kind_has_none()
    {
        Assert.Null(MeetingSessions.At([], null, Start));
        Assert.Null(MeetingSessions.At([Sessions[0]], null, Start));
    }

    [Fact]
    public void While_the_host_says_nothing_the_planned_times_count()
    {
        Assert.Equal((0, null), At(-20));
        Assert.Equal((0, null), At(59.9));
        Assert.Equal((1, null), At(60));
        Assert.Equal((2, null), At(119));
    }

    [Fact]
    public void Word_of_the_host_counts_before_the_clock_and_the_later_one_wins()
    {
        Assert.Equal((1, null), At(20, (HostActionKind.Session, 1, 10)));
        Assert.Equal((0, 1), At(100, (HostActionKind.Agenda, 1, 50)));
        Assert.Equal((2, 1), At(100, (HostActionKind.Session, 1, 40), (HostActionKind.Agenda, 3, 50)));
        Assert.Equal((1, null), At(100, (HostActionKind.Agenda, 3, 50), (HostActionKind.Session, 1, 60)));
        Assert.Equal((0, null), At(100, (HostActionKind.Session, 0, 60), (HostActionKind.Session, 2, 50)));
    }

    [Fact]
    public void Session_taken_out_at_a_desk_leaves_the_last_and_a_closed_meeting_steps_no_further()
    {
        Assert.Equal((2, null), At(20, (HostActionKind.Session, 4, 10)));
        Assert.Equal((0, null), At(20, (HostActionKind.Close, 0, 5), (HostActionKind.Session, 1, 10)));
    }
}
