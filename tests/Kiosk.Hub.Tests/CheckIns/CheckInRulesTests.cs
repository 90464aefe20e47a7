using CsCheck;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;

namespace Kiosk.Hub.Tests.CheckIns;

public sealed class CheckInRulesTests
{
    private static readonly DateTimeOffset _start = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    private static readonly MeetingFacts _meeting = new(
        Guid.NewGuid(), null, null, _start.AddMinutes(-30), _start.AddMinutes(10), _start.AddHours(1), true, 2, 1, "Asia/Shanghai", Guid.NewGuid(), _start);

    private static readonly MemberFacts _member = new(Guid.NewGuid(), "张小三", false);

    [Theory]
    [InlineData(-31, CheckInOutcome.TooEarly)]
    [InlineData(-30, CheckInOutcome.Accepted)]
    [InlineData(9, CheckInOutcome.Accepted)]
    [InlineData(59, CheckInOutcome.Accepted)]
    [InlineData(60, CheckInOutcome.TooLate)]
    public void Window_is_half_open(int minutes, CheckInOutcome expected) =>
        Assert.Equal(expected, Decide(minutes).Outcome);

    [Theory]
    [InlineData(9, AttendanceState.Present, 2)]
    [InlineData(10, AttendanceState.Late, 1)]
    public void Late_starts_at_the_limit(int minutes, AttendanceState state, int points)
    {
        var change = Decide(minutes).Change!;
        Assert.Equal((state, points), (change.State, change.Points));
    }

    [Fact]
    public void Earlier_trusted_record_lifts_late_to_present()
    {
        var late = new AttendanceFacts(AttendanceState.Late, _start.AddMinutes(20), true, 1, 1, 1);
        var decision = Decide(5, late);
        Assert.Equal(CheckInOutcome.Accepted, decision.Outcome);
        Assert.Equal((AttendanceState.Present, 2, true), (decision.Change!.State, decision.Change.Revision, decision.Change.Lift));
    }

    [Fact]
    public void Unknown_clock_never_lifts_and_never_revives()
    {
        var late = new AttendanceFacts(AttendanceState.Late, _start.AddMinutes(20), true, 1, 1, 1);
        Assert.Null(Decide(5, late, ClockState.Unknown, receivedAfter: 0).Change);
        var undone = new AttendanceFacts(AttendanceState.Pending, _start, true, 2, 0, 1);
        Assert.Null(Decide(5, undone, ClockState.Unknown, undoneAt: 1).Change);
    }

    [Fact]
    public void Unknown_clock_counts_as_seen_when_received()
    {
        var decision = Decide(-600, clock: ClockState.Unknown, receivedAfter: 605);
        Assert.Equal(CheckInOutcome.Accepted, decision.Outcome);
        Assert.Equal(_start.AddMinutes(5), decision.CountedAt);
    }

    [Fact]
    public void Record_from_the_future_counts_as_seen_when_received() =>
        Assert.Equal(_start.AddMinutes(5), Decide(50, receivedAfter: -45).CountedAt);

    [Fact]
    public void Record_seen_before_an_undo_never_revives_and_one_after_does()
    {
        var undone = new AttendanceFacts(AttendanceState.Pending, _start, true, 2, 0, 1);
        Assert.Equal(CheckInOutcome.Undone, Decide(5, undone, undoneAt: 5).Outcome);
        Assert.Null(Decide(5, undone, undoneAt: 5).Change);
        Assert.Equal(3, Decide(6, undone, undoneAt: 5).Change!.Revision);
    }

    [Fact]
    public void Order_of_arrival_does_not_matter_for_who_came_when() =>
        Gen.Int[-29, 59].Array[1, 6].Sample(minutes =>
        {
            var forward = Run(minutes);
            var backward = Run([.. minutes.Reverse()]);
            return forward.State == backward.State && forward.At == backward.At && forward.At == _start.AddMinutes(minutes.Min());
        });

    [Fact]
    public void No_record_makes_an_arrival_worse() =>
        Gen.Select(Gen.Int[-40, 80], Gen.Int[-40, 80], Gen.Enum<ClockState>()).Sample((first, second, clock) =>
        {
            var before = Apply(null, Decide(first));
            var after = Apply(before, Decide(second, before, clock));
            return before is null || (after!.At <= before.At && (before.State != AttendanceState.Present || after.State == AttendanceState.Present));
        });

    private static AttendanceFacts Run(int[] minutes) => minutes.Aggregate((AttendanceFacts?)null, (current, minute) => Apply(current, Decide(minute, current, receivedAfter: 200)))!;

    private static AttendanceFacts? Apply(AttendanceFacts? current, CheckInDecision decision) => decision.Change is { } change
        ? new AttendanceFacts(change.State, change.At, change.Trusted, change.Revision, 0, (current?.Records ?? 0) + 1)
        : current;

    private static CheckInDecision Decide(int minutes, AttendanceFacts? current = null, ClockState clock = ClockState.Synced, int receivedAfter = 0, int? undoneAt = null) => CheckInRules.Decide(
        new CheckInEvidence(
            Guid.NewGuid(), _meeting.Id, _member.Id, CheckInMethod.Card, null, _start.AddMinutes(minutes), _start.AddMinutes(minutes + receivedAfter), clock),
        new CheckInFacts(_meeting, _member, true, current, null) { UndoneAt = undoneAt is { } minute ? _start.AddMinutes(minute) : null });
}
