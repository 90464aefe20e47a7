using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

/// <summary>党员大会 then 党课 in one evening: one roster, one check-in.</summary>
public sealed class MeetingSessionTests
{
    [Fact]
    public async Task Evening_of_two_sessions_pays_both_and_its_room_knows_their_parts_of_the_agenda()
    {
        await using var evening = await Evening.StartAsync();
        var (room, input) = await InputAsync(evening);
        var saved = await evening.Host.PostAsync<MeetingDetail>("/api/meetings", input);

        Assert.Equal(("Member assembly, Party lecture", "MemberAssembly"), (saved.Summary.TypeName, saved.Summary.Type));
        Assert.Equal(["报告", "表决", "讲课"], saved.Agenda);
        Assert.Equal([saved.Summary.Start, saved.Summary.Start.AddMinutes(30)], saved.Sessions!.Select(session => session.Start));
        Assert.Equal([saved.Summary.Start.AddMinutes(30), saved.Summary.End], saved.Sessions!.Select(session => session.End));
        var shown = Assert.Single((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(room)))!.Meetings);
        Assert.Equal("党员大会、党课", shown.TypeName);
        Assert.Equal([(0, 2, "党员大会"), (2, 1, "党章第一讲")], shown.Sessions!.Select(session => (session.AgendaFrom, session.AgendaCount, session.Title)));
        // The lecture is open to guests, so no names are shown; the assembly's quorum counts.
        Assert.Equal((false, 2), (shown.MembersSession, shown.QuorumNeeded));

        Assert.Equal(4, (await evening.ScanAsync(await evening.CardAsync(), meetingId: saved.Summary.Id)).PointsGranted);
        evening.Time.Advance(TimeSpan.FromMinutes(25));
        // Late for the assembly, in time for the lecture.
        Assert.Equal((true, 3), (await evening.ScanAsync(await evening.CardAsync(1), meetingId: saved.Summary.Id)) is var late ? (late.Late, late.PointsGranted) : default);
    }

    [Fact]
    public async Task Moved_evening_takes_its_sessions_along_and_one_session_makes_a_plain_meeting()
    {
        await using var evening = await Evening.StartAsync();
        var (_, input) = await InputAsync(evening);
        var saved = await evening.Host.PostAsync<MeetingDetail>("/api/meetings", input);
        var moved = await evening.Host.PutAsync<MeetingDetail>(
            $"/api/meetings/{saved.Summary.Id}", input with { Sessions = null, StartLocal = input.StartLocal.AddDays(1), EndLocal = input.EndLocal.AddDays(1) });
        Assert.Equal([moved.Summary.Start, moved.Summary.Start.AddMinutes(30)], moved.Sessions!.Select(session => session.Start));

        var plain = await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{saved.Summary.Id}", input with { Sessions = [], Agenda = ["只有一项"] });
        Assert.Equal((0, "Member assembly"), (plain.Sessions!.Count, plain.Summary.TypeName));
        Assert.Equal(["只有一项"], plain.Agenda);
    }

    [Fact]
    public async Task Sessions_out_of_order_outside_the_meeting_or_too_many_are_refused()
    {
        await using var evening = await Evening.StartAsync();
        var (_, input) = await InputAsync(evening);
        var (first, second) = (input.Sessions![0], input.Sessions[1]);
        Assert.Equal("sessions_out_of_order", await RefusedAsync([second, first]));
        Assert.Equal("sessions_out_of_order", await RefusedAsync([first with { StartLocal = first.StartLocal.AddMinutes(1) }, second]));
        Assert.Equal("sessions_out_of_order", await RefusedAsync([first, second with { StartLocal = input.EndLocal }]));
        Assert.Equal("sessions_out_of_order", await RefusedAsync([.. Enumerable.Range(0, 6).Select(at => first with { StartLocal = first.StartLocal.AddMinutes(at) })]));
        Assert.Equal("meeting_type_unknown", await RefusedAsync([first, second with { Type = "Party" }]));
        Assert.Equal("invalid_input", await RefusedAsync([first with { Agenda = [.. Enumerable.Repeat("议程", 31)] }, second]));

        async Task<string> RefusedAsync(IReadOnlyList<MeetingSessionInput> sessions) =>
            (await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PostAsync<MeetingDetail>("/api/meetings", input with { Sessions = sessions }))).Code;
    }

    private static async Task<(Guid Room, MeetingInput Input)> InputAsync(Evening evening)
    {
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var input = evening.Hub.MeetingInputFor(room, [.. evening.Members.Select(member => member.Id)]);
        return (room, input with
        {
            Sessions =
            [
                new MeetingSessionInput("MemberAssembly", null, input.StartLocal, ["报告", "表决"]),
                new MeetingSessionInput("PartyLecture", "党章第一讲", input.StartLocal.AddMinutes(30), ["讲课"]),
            ],
        });
    }
}
