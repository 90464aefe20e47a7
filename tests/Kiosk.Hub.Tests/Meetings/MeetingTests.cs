using System.Net;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

public class MeetingTests
{
    [Theory]
    [InlineData(50, 7, 4)]
    [InlineData(50, 8, 4)]
    [InlineData(80, 10, 8)]
    [InlineData(80, 11, 9)]
    [InlineData(50, 0, 0)]
    public void Quorum_is_the_share_rounded_up(int percent, int voting, int needed) => Assert.Equal(needed, Quorum.Needed(percent, voting));

    [Fact]
    public void Times_hold_on_both_daylight_saving_edges()
    {
        var type = MeetingType.Default("MemberAssembly")!;
        var spring = MeetingTimes.Of(new DateTime(2026, 3, 29, 2, 30, 0), new DateTime(2026, 3, 29, 4, 0, 0), "Europe/Berlin", type).Value!;
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), spring.Start);
        var autumn = MeetingTimes.Of(new DateTime(2026, 10, 25, 1, 30, 0), new DateTime(2026, 10, 25, 3, 30, 0), "Europe/Berlin", type).Value!;
        Assert.Equal(TimeSpan.FromHours(3), autumn.End - autumn.Start);

        // Start, a session or the end inside the hour that is skipped: the meeting keeps its length and its order.
        var day = new DateTime(2027, 3, 28);
        var inside = MeetingTimes.Of(day.AddHours(2.5), day.AddHours(3.25), "Europe/Berlin", type).Value!;
        Assert.Equal((new DateTimeOffset(2027, 3, 28, 1, 30, 0, TimeSpan.Zero), TimeSpan.FromMinutes(45)), (inside.Start, inside.End - inside.Start));
        var into = MeetingTimes.Of(day.AddHours(1.5), day.AddHours(2.5), "Europe/Berlin", type).Value!;
        Assert.Equal(TimeSpan.FromHours(1), into.End - into.Start);
        var across = MeetingTimes.Of(day.AddHours(1), day.AddHours(3.25), "Europe/Berlin", type, day.AddHours(1), day.AddHours(2.5)).Value!;
        Assert.Equal(TimeSpan.FromHours(2.25), across.End - across.Start);
        Assert.Equal(TimeSpan.FromHours(1.5), MeetingTimes.Within(day.AddHours(1), day.AddHours(2.5), "Europe/Berlin", [day.AddHours(1), day.AddHours(2.5)]) - across.Start);
    }

    [Fact]
    public async Task Room_and_display_learn_of_the_meeting_with_masked_names_keys_and_audience()
    {
        await using var evening = await Evening.StartAsync();
        var room = (await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(evening.RoomId)))!;
        var meeting = Assert.Single(room.Meetings);
        Assert.Equal(("党员大会", 3, 2), (meeting.TypeName, meeting.VotingExpected, meeting.QuorumNeeded));
        Assert.All(meeting.Roster, entry => Assert.Matches("^张\\*.$", entry.MaskedName));
        var display = (await evening.Hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(evening.DisplayId)))!;
        Assert.Equal((meeting.Id, 32), (Assert.Single(display.CheckInKeys).MeetingId, Convert.FromBase64String(display.CheckInKeys[0].Secret).Length));
        Assert.Single(display.CardIssuers);
        Assert.Contains(display.AudienceWindows, window => window.Audience == Disclosure.Internal && window.Start == meeting.CheckInOpens);
    }

    [Fact]
    public async Task Moving_a_meeting_tells_both_rooms_and_a_stale_edit_is_refused()
    {
        await using var evening = await Evening.StartAsync();
        var (other, otherDisplay) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var input = evening.Hub.MeetingInputFor(other) with { Revision = 1 };
        var moved = await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}", input);
        Assert.Equal(2, moved.Revision);
        Assert.Empty((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(evening.RoomId)))!.Meetings);
        Assert.Single((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(other)))!.Meetings);
        Assert.Empty((await evening.Hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(evening.DisplayId)))!.CheckInKeys);
        Assert.Single((await evening.Hub.ReadFeedAsync<DisplayDocument>(FeedKeys.Display(otherDisplay)))!.CheckInKeys);
        var stale = await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}", input));
        Assert.Equal((HttpStatusCode.Conflict, "revision_changed"), (stale.Status, stale.Code));
    }

    [Fact]
    public async Task Bad_input_is_refused_with_its_code()
    {
        await using var evening = await Evening.StartAsync();
        var (other, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var good = evening.Hub.MeetingInputFor(other);
        Assert.Equal("time_zone_unknown", await RefusedAsync(good with { TimeZone = "Mars/Olympus" }));
        Assert.Equal("range_inverted", await RefusedAsync(good with { EndLocal = good.StartLocal }));
        Assert.Equal("range_inverted", await RefusedAsync(good with { EndLocal = good.StartLocal.AddHours(25) }));
        Assert.Equal("meeting_type_unknown", await RefusedAsync(good with { Type = "Party" }));
        Assert.Equal("room_taken", await RefusedAsync(good with { RoomId = evening.RoomId }));
        Assert.Equal("room_unknown", await RefusedAsync(good with { RoomId = Guid.NewGuid() }));
        Assert.Equal("roster_unknown", await RefusedAsync(good with { RosterMemberIds = [Guid.NewGuid()] }));
        Assert.Equal("roster_empty", await RefusedAsync(good with { RosterMemberIds = [] }));
        Assert.Equal("invalid_input", await RefusedAsync(good with { Title = new string('长', 121) }));
        Assert.Equal("invalid_input", await RefusedAsync(good with { Agenda = [.. Enumerable.Repeat("议程", 31)] }));

        async Task<string> RefusedAsync(MeetingInput input) =>
            (await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PostAsync<MeetingDetail>("/api/meetings", input))).Code;
    }

    [Fact]
    public async Task Meeting_nobody_closes_is_closed_an_hour_after_its_end_and_leaves_the_room()
    {
        await using var evening = await Evening.StartAsync();
        evening.Time.Skip(TimeSpan.FromHours(3));
        await Eventually.TrueAsync(async Task<bool> () =>
            (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary.State == MeetingState.Closed
            && (await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(evening.RoomId)))!.Meetings.Count == 0, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Sheet_and_cards_print_for_the_host_only()
    {
        await using var evening = await Evening.StartAsync();
        await evening.ScanAsync(await evening.CardAsync());
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/close");
        var sheet = await evening.Host.Http.GetStringAsync($"/print/meetings/{evening.Meeting.Id}/sheet", TestContext.Current.CancellationToken);
        Assert.Contains("张小一", sheet, StringComparison.Ordinal);
        Assert.Contains("Expected 3, present 1, voting 3", sheet, StringComparison.Ordinal);
        var cards = await evening.Host.Http.GetStringAsync($"/print/cards?ids={evening.Members[0].Id},{evening.Members[1].Id}", TestContext.Current.CancellationToken);
        Assert.Equal(2, cards.Split("<svg").Length);
        using var anonymous = new HttpClient { BaseAddress = evening.Hub.Address };
        foreach (var path in new[] { $"/print/meetings/{evening.Meeting.Id}/sheet", $"/print/cards?ids={evening.Members[0].Id}" })
        {
            using var answer = await anonymous.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }
}
