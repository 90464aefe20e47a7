using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

public sealed class CancelAndMoveTests
{
    [Fact]
    public async Task Two_hundred_check_ins_seen_before_the_cancellation_count_alike_however_many_of_them_arrive_after_it()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var members = await evening.Hub.AddMembersAsync(200);
        var (room, display) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var meeting = (await evening.Hub.AddMeetingAsync(evening.Host, room, members)).Summary;
        var seen = evening.Time.GetUtcNow();
        var scans = evening.Hub.SignCards([.. members]).Select(card => evening.Hub.CardScan(meeting.Id, card, seen)).ToArray();
        evening.Time.Advance(TimeSpan.FromMinutes(1));

        // While they arrive: the first half before, the rest after the host cancels.
        var first = evening.Hub.UploadScansAsync(display, scans[..100]);
        var cancel = evening.Host.PostAsync<object>($"/api/meetings/{meeting.Id}/cancel", new MeetingCancellation("停电"));
        var early = await first;
        await cancel;
        var late = await evening.Hub.UploadScansAsync(display, scans[100..]);

        Assert.All(early.Concat(late), result => Assert.Equal((CheckInOutcome.Accepted, 2), (result.Outcome, result.PointsGranted)));
        var records = await evening.Host.GetAsync<IReadOnlyList<CheckInRecordView>>($"/api/meetings/{meeting.Id}/check-ins");
        Assert.Equal((200, 200), (records.Count, records.DistinctBy(record => record.Id).Count()));
        // Who was seen after it is kept, and paid nothing.
        var missed = await evening.Hub.UploadScansAsync(display, [.. evening.Hub.SignCards([.. members]).Select(card => evening.Hub.CardScan(meeting.Id, card))]);
        Assert.All(missed, result => Assert.Equal((CheckInOutcome.MeetingCancelled, 0), (result.Outcome, result.PointsGranted)));
        // Sent again, e.g. after a restart, each gets its first answer and none is doubled.
        var again = await evening.Hub.UploadScansAsync(display, scans[100..]);
        Assert.Equal(late.Select(result => result.Outcome), again.Select(result => result.Outcome));
        Assert.Equal(400, (await evening.Host.GetAsync<IReadOnlyList<CheckInRecordView>>($"/api/meetings/{meeting.Id}/check-ins")).Count);
    }

    [Fact]
    public async Task Evening_scheduled_anew_says_first_that_it_pays_again()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var again = evening.Hub.MeetingInputFor(evening.RoomId, [.. evening.Members.Select(member => member.Id)]) with { Title = "改到今晚再开" };
        await evening.HelpAsync();
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel", new MeetingCancellation("停电"));

        var told = await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PostAsync<MeetingDetail>("/api/meetings", again));
        Assert.Equal("meeting_pays_again", told.Code);
        Assert.Contains($"“{evening.Meeting.Title}” on that day was cancelled. People who keep their check-in and points from it: 1.", told.Sentence, StringComparison.Ordinal);
        // On another day nobody is asked; moved to this one it is.
        var other = await evening.Host.PostAsync<MeetingDetail>("/api/meetings", again with { StartLocal = again.StartLocal.AddDays(1), EndLocal = again.EndLocal.AddDays(1) });
        Assert.Equal("meeting_pays_again", (await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{other.Summary.Id}", again))).Code);
        await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{other.Summary.Id}", again with { PaidAgainConfirmed = true });
        // What stands is not asked about again.
        await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{other.Summary.Id}", again with { Title = "改了标题" });

        // Once the check-in is taken back nobody keeps anything.
        await evening.UndoAsync();
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        await evening.Host.PostAsync<MeetingDetail>("/api/meetings", again with { RoomId = room });
    }

    [Fact]
    public async Task Cancelled_meeting_says_why_to_its_room_and_a_moved_one_to_both()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var (other, otherDisplay) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var roster = evening.Members.Select(member => member.Id).ToList();
        var later = evening.Hub.MeetingInputFor(other, roster, startsIn: TimeSpan.FromMinutes(25));
        var moved = await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}", later);
        Assert.Empty((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(evening.RoomId)))!.Meetings);
        Assert.Equal(moved.Summary.Start, Assert.Single((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(other)))!.Meetings).Start);
        Assert.Single((await evening.Hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(otherDisplay)))!.CheckInKeys);
        // The old room's kiosk had journalled somebody: its record still names this meeting and counts.
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(await evening.CardAsync())).Outcome);

        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel", new MeetingCancellation(" 停电，改日再开 "));
        var shown = Assert.Single((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(other)))!.Meetings);
        Assert.Equal((MeetingState.Cancelled, "停电，改日再开"), (shown.State, shown.CancelReason));
        Assert.Empty((await evening.Hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(otherDisplay)))!.CheckInKeys);
        Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PostAsync<object>(
            $"/api/meetings/{evening.Meeting.Id}/cancel", new MeetingCancellation(new string('长', 121))))).Code);
    }
}
