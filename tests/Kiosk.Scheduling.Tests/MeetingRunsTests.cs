using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;

namespace Kiosk.Scheduling.Tests;

public sealed class MeetingRunsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 26, 11, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddHours(2);

    private static RunAction Act(HostActionKind kind, double minutes, DateTimeOffset? until = null, int? point = null, VoteCount? count = null, string by = "张*三") =>
        new(Guid.NewGuid(), kind, Start.AddMinutes(minutes), by, until, point, count);

    private static RunState Fold(params RunAction[] actions) => MeetingRuns.Fold(Start, End, null, actions);

    [Fact]
    public void Later_word_wins_whatever_order_it_came_in()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var actions = Enumerable.Range(0, random.Next(1, 14)).Select(_ => (random.Next(10) is var one && one == 9 ? HostActionKind.Session : (HostActionKind)one) is var kind
                ? Act(kind, random.Next(-20, 140), random.Next(2) == 0 ? null : End.AddMinutes(random.Next(-30, 60)), random.Next(0, 5), new VoteCount(9, random.Next(9), 9, random.Next(9), 5), $"人{random.Next(3)}")
                : null!).ToArray();
            var one = Fold(actions);
            random.Shuffle(actions);
            var other = Fold([.. actions, .. actions.Take(2)]);
            Assert.Equal((one.Start, one.End, one.ClosedAt, one.Point, one.Session, one.Leads, one.Frozen), (other.Start, other.End, other.ClosedAt, other.Point, other.Session, other.Leads, other.Frozen));
            Assert.Equal(one.Counts, other.Counts);
        }
    }

    [Fact]
    public void Extensions_of_two_kiosks_are_not_added_up_and_the_furthest_stays()
    {
        Assert.Equal(End.AddMinutes(30), Fold(Act(HostActionKind.Extend, 100, End.AddMinutes(30)), Act(HostActionKind.Extend, 101, End.AddMinutes(15))).End);
        Assert.Equal(Start + HostLimits.LongestMeeting, Fold(Act(HostActionKind.Extend, 100, Start.AddDays(3))).End);
    }

    [Fact]
    public void Beginning_early_moves_the_start_and_never_back()
    {
        Assert.Equal(Start.AddMinutes(-12), Fold(Act(HostActionKind.Begin, -12)).Start);
        Assert.Equal(Start, Fold(Act(HostActionKind.Begin, 5)).Start);
    }

    [Fact]
    public void Close_ends_everything_but_what_was_counted_and_a_reopening_in_time_takes_it_back()
    {
        var count = Act(HostActionKind.Count, 50, count: new VoteCount(9, 7, 8, 6, 4));
        var closed = Fold(Act(HostActionKind.Agenda, 10, point: 1), count, Act(HostActionKind.Close, 60), Act(HostActionKind.Agenda, 61, point: 2), Act(HostActionKind.Extend, 62, End.AddHours(1)));
        Assert.Equal((Start.AddMinutes(60), 1, End), (closed.ClosedAt, closed.Point, closed.End));
        Assert.Null(closed.Frozen);
        Assert.Equal(6, Assert.Single(closed.Counts).Count.VotingPresent);
        Assert.Equal(2, closed.WithoutEffect.Count);
        Assert.Null(Fold(Act(HostActionKind.Close, 60), Act(HostActionKind.Reopen, 75)).ClosedAt);
        Assert.NotNull(Fold(Act(HostActionKind.Close, 60), Act(HostActionKind.Reopen, 75.1)).ClosedAt);
        Assert.Equal(End.AddMinutes(20), Fold(Act(HostActionKind.Close, 118), Act(HostActionKind.Reopen, 125, End.AddMinutes(20))).End);
    }

    [Fact]
    public void Counts_are_numbered_by_their_instants_and_one_is_held_until_it_is_let_go()
    {
        var second = Act(HostActionKind.Count, 40, count: new VoteCount(9, 8, 9, 8, 5));
        var first = Act(HostActionKind.Count, 20, count: new VoteCount(9, 6, 9, 6, 5));
        Assert.Equal((2, 8), (Fold(second, first).Frozen!.Number, Fold(second, first).Frozen!.Count.VotingPresent));
        var gone = Fold(second, first, Act(HostActionKind.CountEnd, 45));
        Assert.Null(gone.Frozen);
        Assert.Equal([1, 2], gone.Counts.Select(c => c.Number));
    }

    [Fact]
    public void Edit_at_a_desk_makes_earlier_extensions_void()
    {
        var before = Act(HostActionKind.Extend, 10, End.AddMinutes(30));
        Assert.Equal(End, MeetingRuns.Fold(Start, End, Start.AddMinutes(20), [before]).End);
        Assert.Equal(End.AddMinutes(15), MeetingRuns.Fold(Start, End, Start.AddMinutes(20), [before, Act(HostActionKind.Extend, 30, End.AddMinutes(15))]).End);
    }

    [Fact]
    public void Own_actions_are_laid_over_the_document_once_and_a_cancelled_meeting_stays_cancelled()
    {
        var close = Act(HostActionKind.Close, 30);
        var meeting = Meeting(MeetingState.Scheduled);
        var laid = MeetingRuns.Apply(meeting, [close]);
        Assert.Equal((MeetingState.Closed, close.At), (laid.State, laid.ClosedAt));
        Assert.Same(laid, MeetingRuns.Apply(laid, [close]));
        Assert.Equal(MeetingState.Scheduled, MeetingRuns.Apply(laid, [Act(HostActionKind.Reopen, 31)]).State);
        Assert.Equal(MeetingState.Cancelled, MeetingRuns.Apply(Meeting(MeetingState.Cancelled), [close]).State);
    }

    [Theory]
    [InlineData(120, 15, 135)]
    [InlineData(135, 15, 150)]
    [InlineData(20, 15, 20)]
    public void Check_in_closes_so_long_after_the_end_as_before_and_a_window_from_the_start_stays(int closes, int longer, int then)
    {
        var meeting = Meeting(MeetingState.Scheduled) with { CheckInCloses = Start.AddMinutes(closes) };
        Assert.Equal(meeting.CheckInCloses, MeetingRuns.Apply(meeting, [Act(HostActionKind.Agenda, 30, point: 1)]).CheckInCloses);
        Assert.Equal(Start.AddMinutes(then), MeetingRuns.Apply(meeting, [Act(HostActionKind.Extend, 100, End.AddMinutes(longer))]).CheckInCloses);
    }

    private static RoomMeeting Meeting(MeetingState state) => new(
        Guid.NewGuid(), 1, "党员大会", "MemberAssembly", "党员大会", state, Start, End, Start.AddMinutes(-30), Start.AddMinutes(10), End, null, true, null, [], [], 0, null, null);
}
