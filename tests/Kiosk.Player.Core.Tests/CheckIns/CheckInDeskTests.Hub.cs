using Kiosk.Contracts.CheckIns;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests.CheckIns;

/// <summary>What the hub's answer, early, late or against the kiosk, changes on the screen.</summary>
public sealed partial class CheckInDeskTests
{
    [Fact]
    public async Task Points_show_when_the_hub_answers_in_time()
    {
        await WithAsync(new FakeHub { Claimed = true }, async () =>
        {
            var view = await ReadAsync(Given.Card(Zhang));
            Assert.Equal((CheckInViewKind.Done, 5), (view.Kind, view.PointsGranted));
            Assert.Equal(0, journal.PendingCount);
            Assert.Equal([Zhang], desk.Journalled(Given.MeetingId)); // counted until the attendance feed says it
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Card_after_an_undo_goes_to_the_hub_again(bool feedBeforeAnswer)
    {
        var hub = new FakeHub { Claimed = true };
        await WithAsync(hub, async () =>
        {
            hub.Answer = e =>
            {
                PutAttendance(feedBeforeAnswer ? [Zhang, Li] : []);
                return new(e.Id, CheckInOutcome.Accepted, "张*三", false, 5, null);
            };
            await ReadAsync(Given.Card(Zhang));
            if (!feedBeforeAnswer)
            {
                PutAttendance(Zhang, Li);
            }

            PutAttendance(Li); // undone by the host
            Assert.Empty(desk.Journalled(Given.MeetingId)); // nor counted on the wall

            time.Advance(TimeSpan.FromSeconds(4));
            Assert.Equal((CheckInViewKind.Done, null), await OutcomeAsync(Given.Card(Zhang)));
            Assert.Equal(2, hub.CheckIns.Count);
        });
    }

    [Fact]
    public async Task Undo_of_somebody_another_device_saw_too_says_that_the_check_in_stands()
    {
        var hub = new FakeHub
        {
            Claimed = true, Answer = e => new(e.Id, e.Undoes is null ? CheckInOutcome.Accepted : CheckInOutcome.AlreadyCheckedIn, "张*三", false, 0, null),
        };
        await WithAsync(hub, async () =>
        {
            var done = await ReadAsync(Given.Card(Zhang));
            var undone = await desk.UndoAsync(done.RecordId!.Value);
            Assert.Equal((CheckInViewKind.AlreadyDone, "seen_elsewhere"), (undone!.Kind, undone.Outcome));
        });
    }

    [Fact]
    public async Task Attendance_that_was_on_its_way_before_the_acceptance_does_not_undo_it()
    {
        var hub = new FakeHub { Claimed = true };
        await WithAsync(hub, async () =>
        {
            await ReadAsync(Given.Card(Zhang));
            PutAttendance(Li);
            Assert.Equal([Zhang], desk.Journalled(Given.MeetingId));

            time.Advance(TimeSpan.FromSeconds(4));
            Assert.Equal((CheckInViewKind.AlreadyDone, "already_checked_in"), await OutcomeAsync(Given.Card(Zhang)));
            Assert.Single(hub.CheckIns);
        });
    }

    [Fact]
    public async Task Points_that_come_late_do_not_cover_the_refusal_of_the_next_card()
    {
        using var answering = new ManualResetEventSlim();
        var hub = new FakeHub { Claimed = true };
        hub.Answer = e =>
        {
            answering.Wait(TestContext.Current.CancellationToken);
            return new(e.Id, CheckInOutcome.Accepted, "张*三", false, 5, null);
        };
        await WithAsync(hub, async () =>
        {
            var waiting = ReadAsync(Given.Card(Zhang));
            var refused = await ReadAsync("not a card");
            Assert.Equal(refused, desk.Showing);
            answering.Set();
            Assert.Equal(5, (await waiting).PointsGranted);
            Assert.Equal(refused, desk.Showing);

            // The card after that is shown as ever.
            var next = await ReadAsync(Given.Card(Li));
            Assert.Equal((CheckInViewKind.Done, next), (next.Kind, desk.Showing));
        });
    }

    [Fact]
    public async Task Slow_hub_leaves_the_member_done_without_points()
    {
        link.Up();
        var reading = ReadAsync(Given.Card(Zhang));
        while (!reading.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        var view = await reading;
        Assert.Equal((CheckInViewKind.Done, (int?)null), (view.Kind, view.PointsGranted));
        Assert.Equal(1, journal.PendingCount);
    }

    [Fact]
    public async Task Refusal_by_the_hub_is_shown_with_its_code()
    {
        var hub = new FakeHub { Claimed = true, Answer = e => new(e.Id, CheckInOutcome.MemberSuspended, null, false, 0, null) };
        await WithAsync(hub, async () =>
            Assert.Equal((CheckInViewKind.Refused, "member_suspended"), await OutcomeAsync(Given.Card(Zhang))));
    }
}
