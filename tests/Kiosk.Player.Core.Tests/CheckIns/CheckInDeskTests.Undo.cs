using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests.CheckIns;

/// <summary>What was just shown is taken back; who has come and shows the card at the end leaves.</summary>
public sealed partial class CheckInDeskTests
{
    [Fact]
    public async Task Check_in_taken_back_without_a_network_is_journalled_and_the_next_card_counts_again()
    {
        var card = Given.Card(Zhang);
        var done = await ReadAsync(card);
        time.Advance(TimeSpan.FromSeconds(1));
        var undone = await desk.UndoAsync(done.RecordId!.Value);
        Assert.Equal((CheckInViewKind.TakenBack, "张*三"), (undone!.Kind, undone.MaskedName));
        Assert.Equal(undone, desk.Showing);
        Assert.Empty(desk.Journalled(Given.MeetingId));
        var entries = journal.Offer(10);
        Assert.Equal([null, done.RecordId], entries.Select(entry => entry.Undoes));
        Assert.Equal(entries[0].MeetingId, entries[1].MeetingId);

        // At once, although the same card within three seconds is one card.
        Assert.Equal(CheckInViewKind.SavedOffline, (await ReadAsync(card)).Kind);
        Assert.Equal([Zhang], desk.Journalled(Given.MeetingId));
        Assert.Null(await desk.UndoAsync(done.RecordId.Value));
    }

    [Fact]
    public async Task Only_the_own_check_ins_of_the_last_quarter_of_an_hour_are_taken_back()
    {
        Assert.Null(await desk.UndoAsync(Guid.NewGuid()));
        var done = await ReadAsync(Given.Card(Zhang));
        time.Advance(TimeSpan.FromMinutes(CheckInEntry.UndoMinutes) + TimeSpan.FromSeconds(1));
        Assert.Null(await desk.UndoAsync(done.RecordId!.Value));
        Assert.Equal([Zhang], desk.Journalled(Given.MeetingId));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Null((await ReadAsync(Given.Card(Zhang))).RecordId);
    }

    [Fact]
    public async Task Whoever_shows_the_card_again_within_a_quarter_of_an_hour_may_still_take_it_back()
    {
        var done = await ReadAsync(Given.Card(Zhang));
        time.Advance(TimeSpan.FromMinutes(CheckInEntry.UndoMinutes) - TimeSpan.FromSeconds(10));
        var again = await ReadAsync(Given.Card(Zhang));
        Assert.Equal((CheckInViewKind.AlreadyDone, done.RecordId), (again.Kind, again.RecordId));
        Assert.Equal(CheckInViewKind.TakenBack, (await desk.UndoAsync(again.RecordId!.Value))!.Kind);
        Assert.Empty(desk.Journalled(Given.MeetingId));
    }

    [Fact]
    public async Task Full_disk_ends_no_connection_and_what_is_journalled_goes_when_there_is_room()
    {
        await ReadAsync(Given.Card(Zhang));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var hub = new FakeHub { Claimed = true };
        _ = await hub.GetPairingAsync(Guid.Empty, "t", TestContext.Current.CancellationToken);
        journal.File.Query("PRAGMA query_only=1", r => 0);
        var running = uploader.RunAsync(hub.CreateLink("t"), stop.Token);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(running.IsCompleted);
        Assert.Empty(hub.Uploads);

        journal.File.Query("PRAGMA query_only=0", r => 0);
        await Until.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return journal.PendingCount == 0;
            },
            "the check-in is uploaded");
        Assert.Single(hub.CheckIns);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Two_presses_are_one_undo()
    {
        var done = await ReadAsync(Given.Card(Zhang));
        var presses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => desk.UndoAsync(done.RecordId!.Value))));
        Assert.Single(presses, press => press is not null);
        Assert.Equal(2, journal.PendingCount);
    }

    [Fact]
    public async Task Feed_that_still_shows_the_member_does_not_keep_the_next_card_out()
    {
        var done = await ReadAsync(Given.Card(Zhang));
        PutAttendance(Zhang);
        await desk.UndoAsync(done.RecordId!.Value);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(CheckInViewKind.SavedOffline, (await ReadAsync(Given.Card(Zhang))).Kind);
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(CheckInViewKind.AlreadyDone, (await ReadAsync(Given.Card(Zhang))).Kind);
    }

    [Fact]
    public async Task Card_in_the_exit_window_of_somebody_who_came_means_leaving_also_when_the_meeting_is_closed()
    {
        PutExit(MeetingState.Scheduled);
        await ReadAsync(Given.Card(Zhang));
        PutAttendance(Li);
        time.Advance(TimeSpan.FromMinutes(112));
        Assert.Equal(CheckInViewKind.Left, (await ReadAsync(Given.Card(Zhang))).Kind);
        PutExit(MeetingState.Closed);
        var left = await ReadAsync(Given.Card(Li));
        Assert.Equal((CheckInViewKind.Left, "李*"), (left.Kind, left.MaskedName));
        Assert.Equal(3, journal.PendingCount);

        // Not gone after all.
        Assert.Equal(CheckInViewKind.TakenBack, (await desk.UndoAsync(left.RecordId!.Value))!.Kind);
        Assert.Contains(Zhang, desk.Journalled(Given.MeetingId));
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(CheckInViewKind.Refused, (await ReadAsync(Given.Card(Li))).Kind);
    }

    [Fact]
    public async Task Whoever_comes_in_the_exit_window_has_come_and_a_card_shown_twice_is_no_exit()
    {
        PutExit(MeetingState.Scheduled);
        time.Advance(TimeSpan.FromMinutes(112));
        Assert.Equal((CheckInViewKind.SavedOffline, true), ((await ReadAsync(Given.Card(Zhang))) is { } view ? (view.Kind, view.Late) : default));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(CheckInViewKind.AlreadyDone, (await ReadAsync(Given.Card(Zhang))).Kind);
        time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(CheckInViewKind.Left, (await ReadAsync(Given.Card(Zhang))).Kind);
    }

    private void PutExit(MeetingState state) => Put(
        FeedKeys.Room(Given.RoomId), Given.Room(meeting with { State = state, ExitOpens = Start.AddMinutes(110), ExitCloses = Start.AddMinutes(130) }));
}
