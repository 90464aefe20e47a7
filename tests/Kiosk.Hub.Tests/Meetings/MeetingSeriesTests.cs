using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings.Series;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

/// <summary>Meetings that repeat. The clock starts on Sunday 2026-11-22, 19:00 in Beijing.</summary>
public sealed class MeetingSeriesTests
{
    [Fact]
    public async Task Series_is_made_ninety_days_ahead_and_topped_up_as_time_goes_on()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var (room, series) = await CreateAsync(evening, "FREQ=WEEKLY;BYDAY=TH");
        Assert.Equal(new DateTime(2026, 11, 26, 19, 0, 0), series.Coming[0].OccurrenceLocal);
        Assert.Equal((13, new DateTime(2027, 2, 18, 19, 0, 0)), (series.Coming.Count, series.Coming[^1].OccurrenceLocal));
        Assert.Equal(new DateTime(2027, 2, 25, 19, 0, 0), series.Next[0]);
        // The room knows those of the next fourteen days.
        Assert.Equal(2, (await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(room)))!.Meetings.Count);
        Assert.Equal(2, (await MeetingAsync(evening, series.Coming[0])).Summary.Expected);

        await evening.Hub.LookAfterMeetingsAsync(evening.Time.GetUtcNow().AddDays(7));
        await evening.Hub.LookAfterMeetingsAsync(evening.Time.GetUtcNow().AddDays(7));
        var topped = await GetAsync(evening, series.Id);
        Assert.Equal((14, new DateTime(2027, 2, 25, 19, 0, 0)), (topped.Coming.Count, topped.Coming[^1].OccurrenceLocal));
    }

    [Fact]
    public async Task Yearly_series_has_always_its_next_meeting()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var (_, series) = await CreateAsync(evening, "FREQ=YEARLY", new DateTime(2027, 7, 1, 9, 0, 0));
        Assert.Equal([new DateTime(2027, 7, 1, 9, 0, 0)], series.Coming.Select(meeting => meeting.OccurrenceLocal));
    }

    [Fact]
    public async Task Rule_that_never_fires_is_over_or_cannot_be_read_is_refused()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        Assert.Equal("rule_never_fires", await RefusedAsync("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2"));
        Assert.Equal("rule_invalid", await RefusedAsync("every thursday"));
        Assert.Equal("rule_too_often", await RefusedAsync("FREQ=HOURLY"));
        Assert.Equal("series_over", await RefusedAsync("FREQ=WEEKLY;UNTIL=20260301T000000", new DateTime(2026, 1, 8, 19, 0, 0)));
        Assert.Equal("room_taken", await RefusedAsync("FREQ=DAILY", new DateTime(2026, 11, 22, 19, 20, 0), evening.RoomId));

        async Task<string> RefusedAsync(string rule, DateTime? start = null, Guid? room = null) =>
            (await Assert.ThrowsAsync<RefusedException>(() => CreateAsync(evening, rule, start, room))).Code;
    }

    [Fact]
    public async Task What_was_cancelled_moved_or_skipped_is_never_made_again()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var (room, series) = await CreateAsync(evening, "FREQ=WEEKLY;BYDAY=TH");
        await evening.Host.PostAsync<object>($"/api/meetings/{series.Coming[1].MeetingId}/cancel", new MeetingCancellation("书记出差"));
        var third = await MeetingAsync(evening, series.Coming[2]);
        await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{third.Summary.Id}", Input(evening, room, new DateTime(2026, 12, 11, 15, 0, 0)));
        await SkipAsync(evening, series, series.Coming[3].OccurrenceLocal);
        await SkipAsync(evening, series, series.Next[0]);
        Assert.Equal("occurrence_unknown", (await Assert.ThrowsAsync<RefusedException>(() => SkipAsync(evening, series, new DateTime(2026, 12, 25, 19, 0, 0)))).Code);

        for (var day = 1; day <= 30; day++)
        {
            await evening.Hub.LookAfterMeetingsAsync(evening.Time.GetUtcNow().AddDays(day));
        }

        var all = await AllAsync(evening);
        Assert.Contains(all, meeting => meeting.Start == new DateTimeOffset(2027, 3, 18, 11, 0, 0, TimeSpan.Zero));
        Assert.Equal(all.Count, all.DistinctBy(meeting => meeting.Start).Count());
        Assert.Single(all, meeting => meeting.Id == third.Summary.Id && meeting.Start == new DateTimeOffset(2026, 12, 11, 7, 0, 0, TimeSpan.Zero));
        Assert.DoesNotContain(all, meeting => meeting.Start == new DateTimeOffset(2026, 12, 10, 11, 0, 0, TimeSpan.Zero));
        Assert.Equal("书记出差", all.Single(meeting => meeting.Id == series.Coming[1].MeetingId).CancelReason);
        Assert.Equal(MeetingState.Cancelled, all.Single(meeting => meeting.Id == series.Coming[3].MeetingId).State);
        Assert.DoesNotContain(all, meeting => meeting.Start == new DateTimeOffset(2027, 2, 25, 11, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task This_and_following_move_and_keep_what_was_asked_for_them()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        var (room, series) = await CreateAsync(evening, "FREQ=WEEKLY;BYDAY=TH");
        var fourth = series.Coming[3];
        await evening.Host.PostAsync<object>($"/api/meetings/{fourth.MeetingId}/leave", new LeaveInput(evening.Members[0].Id, LeaveKind.Official, null));
        await evening.Host.PostAsync<object>($"/api/meetings/{series.Coming[4].MeetingId}/cancel");

        var changed = await evening.Host.PutAsync<MeetingDetail>(
            $"/api/meetings/{series.Coming[2].MeetingId}/following",
            new FollowingChange(Input(evening, room, new DateTime(2026, 12, 10, 15, 0, 0)) with { Title = "改到下午" }, null));
        Assert.Equal(("改到下午", series.Coming[2].MeetingId), (changed.Summary.Title, changed.Summary.Id));
        var after = await GetAsync(evening, changed.Summary.SeriesId!.Value);
        Assert.Equal(series.Coming.Skip(2).Select(meeting => meeting.MeetingId), after.Coming.Select(meeting => meeting.MeetingId));
        Assert.All(after.Coming.Where(meeting => meeting.State is MeetingState.Scheduled), meeting => Assert.Equal(15, meeting.OccurrenceLocal.Hour));
        Assert.Equal(MeetingState.Cancelled, after.Coming[2].State);
        Assert.Equal(LeaveState.Approved, Assert.Single(await evening.Host.GetAsync<IReadOnlyList<LeaveView>>($"/api/meetings/{fourth.MeetingId}/leave")).State);
        Assert.Equal("Member assembly", (await MeetingAsync(evening, series.Coming[1])).Summary.TypeName);
        Assert.Equal(2, (await GetAsync(evening, series.Id)).Coming.Count);

        // A day off the rule is refused; another rule moves them.
        var next = after.Coming[1];
        var friday = new FollowingChange(Input(evening, room, new DateTime(2026, 12, 18, 15, 0, 0)), null);
        Assert.Equal("rule_does_not_fit", (await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{next.MeetingId}/following", friday))).Code);
        var moved = await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{next.MeetingId}/following", friday with { RecurrenceRule = "FREQ=MONTHLY;BYDAY=3FR" });
        var monthly = await GetAsync(evening, moved.Summary.SeriesId!.Value);
        Assert.Equal([new(2026, 12, 18, 15, 0, 0), new(2027, 1, 15, 15, 0, 0)], monthly.Coming.Take(2).Select(meeting => meeting.OccurrenceLocal));
        Assert.Equal(fourth.MeetingId, monthly.Coming[0].MeetingId);
        Assert.DoesNotContain(await AllAsync(evening), meeting => meeting.State is MeetingState.Scheduled && meeting.Start > new DateTimeOffset(2026, 12, 18, 12, 0, 0, TimeSpan.Zero)
            && monthly.Coming.All(each => each.MeetingId != meeting.Id));
    }

    [Fact]
    public async Task Cancelled_series_cancels_what_has_not_begun_tells_the_room_and_makes_nothing_more()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var (room, series) = await CreateAsync(evening, "FREQ=WEEKLY;BYDAY=TH");
        await evening.Host.PostAsync<object>($"/api/meeting-series/{series.Id}/cancel", new MeetingCancellation("支部合并"));
        await evening.Host.PostAsync<object>($"/api/meeting-series/{series.Id}/cancel");
        Assert.All((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(room)))!.Meetings, meeting => Assert.Equal((MeetingState.Cancelled, "支部合并"), (meeting.State, meeting.CancelReason)));
        var before = (await AllAsync(evening)).Count;
        Assert.Equal("series_ended", (await Assert.ThrowsAsync<RefusedException>(() => SkipAsync(evening, series, series.Coming[5].OccurrenceLocal))).Code);
        await evening.Hub.LookAfterMeetingsAsync(evening.Time.GetUtcNow().AddDays(10));
        Assert.Equal(before, (await AllAsync(evening)).Count);
        Assert.Empty(await evening.Host.GetAsync<IReadOnlyList<MeetingSeriesView>>($"/api/meeting-series?orgUnitId={evening.Hub.RootUnitId}"));
    }

    [Fact]
    public void Wall_clock_time_stands_over_daylight_saving_and_a_counted_rule_goes_on_counting()
    {
        var dates = new SeriesDates(new(2027, 3, 22, 19, 0, 0), new(2027, 3, 22, 20, 0, 0), "Europe/Berlin", "FREQ=WEEKLY;COUNT=3", [new(2027, 4, 5, 19, 0, 0)]);
        var found = dates.Between(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2027, 12, 31, 0, 0, 0, TimeSpan.Zero), 10);
        Assert.Equal([18, 17], found.Select(occurrence => occurrence.Start.UtcDateTime.Hour));
        Assert.Equal("FREQ=WEEKLY;COUNT=2", dates.RuleFrom(new DateTime(2027, 3, 29, 19, 0, 0)));
        Assert.True(dates.Meets(new DateTime(2027, 4, 5, 19, 0, 0)));
        Assert.False(dates.Meets(new DateTime(2027, 4, 6, 19, 0, 0)));
        Assert.Equal("FREQ=DAILY", SeriesDates.Clean(" rrule:FREQ=DAILY "));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Date_that_is_skipped_and_series_that_ends_cancel_the_meeting_whose_check_in_is_open_already(bool skip)
    {
        // 19:00 in Beijing: check-in of 19:20 is open, nobody has begun.
        await using var evening = await Evening.StartAsync(members: 1);
        var (_, series) = await CreateAsync(evening, "FREQ=WEEKLY", new DateTime(2026, 11, 22, 19, 20, 0));
        var tonight = series.Coming[0];
        Assert.Equal(new DateTime(2026, 11, 22, 19, 20, 0), tonight.OccurrenceLocal);
        await (skip ? SkipAsync(evening, series, tonight.OccurrenceLocal) : evening.Host.PostAsync<object>($"/api/meeting-series/{series.Id}/cancel", new MeetingCancellation("改期")));
        Assert.Equal(MeetingState.Cancelled, (await MeetingAsync(evening, tonight)).Summary.State);
    }

    [Fact]
    public async Task Date_in_the_hour_that_the_clock_skips_is_kept_and_counted_once()
    {
        await using var evening = await Evening.StartAsync();
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("夜班");
        var start = new DateTime(2027, 3, 7, 2, 30, 0);
        var input = Input(evening, room, start) with { EndLocal = start.AddMinutes(45), TimeZone = "Europe/Berlin", Sessions = [new("MemberAssembly", null, start), new("PartyLecture", null, start.AddMinutes(30))] };
        var made = await evening.Host.PostAsync<MeetingSeriesView>("/api/meeting-series", new MeetingSeriesInput(input, "FREQ=WEEKLY;COUNT=6"));
        await evening.Hub.LookAfterMeetingsAsync(new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var series = await GetAsync(evening, made.Id);
        Assert.Equal([7, 14, 21, 28, 4, 11], series.Coming.Select(meeting => meeting.OccurrenceLocal.Day));
        var moved = await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{series.Coming[3].MeetingId}");
        Assert.Equal((new DateTimeOffset(2027, 3, 28, 1, 30, 0, TimeSpan.Zero), TimeSpan.FromMinutes(45)), (moved.Summary.Start, moved.Summary.End - moved.Summary.Start));

        // One like it that is set alone is as long as well, and the room is known to be taken by both.
        var single = input with { StartLocal = start.AddDays(21), EndLocal = start.AddDays(21).AddMinutes(45), Sessions = [], PastConfirmed = false };
        Assert.Equal("room_taken", (await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PostAsync<MeetingDetail>("/api/meetings", single))).Code);
    }

    private static async Task<(Guid Room, MeetingSeriesView Series)> CreateAsync(Evening evening, string rule, DateTime? start = null, Guid? room = null)
    {
        var place = room ?? (await evening.Hub.AddRoomWithDisplayAsync("大会议室")).RoomId;
        return (place, await evening.Host.PostAsync<MeetingSeriesView>(
            "/api/meeting-series", new MeetingSeriesInput(Input(evening, place, start ?? new DateTime(2026, 11, 26, 19, 0, 0)), rule)));
    }

    private static MeetingInput Input(Evening evening, Guid room, DateTime start) =>
        evening.Hub.MeetingInputFor(room) with { StartLocal = start, EndLocal = start.AddMinutes(90) };

    private static Task<MeetingSeriesView> GetAsync(Evening evening, Guid id) => evening.Host.GetAsync<MeetingSeriesView>($"/api/meeting-series/{id}");

    private static Task<MeetingDetail> MeetingAsync(Evening evening, SeriesMeeting meeting) => evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{meeting.MeetingId}");

    private static Task<object> SkipAsync(Evening evening, MeetingSeriesView series, DateTime local) =>
        evening.Host.PostAsync<object>($"/api/meeting-series/{series.Id}/skip", new SkipOccurrence(local));

    /// <summary>All of the organisation but the evening's own.</summary>
    private static async Task<IReadOnlyList<MeetingSummary>> AllAsync(Evening evening) =>
        [.. (await evening.Host.GetAsync<Page<MeetingSummary>>("/api/meetings?take=200")).Items.Where(meeting => meeting.Id != evening.Meeting.Id)];
}
