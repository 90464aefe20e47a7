using System.Net;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Meetings;

public sealed class MeetingTypeTests
{
    [Fact]
    public async Task The_ten_come_with_their_rules_and_cadence()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var types = await TypesAsync(evening);
        Assert.Equal(
            ["MemberAssembly", "BranchCommitteeMeeting", "GroupMeeting", "PartyLecture", "ThemeDay", "OrganisationLifeMeeting", "DemocraticAppraisal", "Election", "VolunteerService", "Other"],
            types.Select(type => type.Code));
        Assert.Equal((MeetingCadence.Quarterly, 50, 2), (types[0].Cadence, types[0].QuorumPercent, types[0].Points));
        Assert.Contains(MemberPost.Secretary, types[1].Posts!);
        Assert.Equal((true, false), (types[8].SignUp, types[8].MarksAbsent));
        Assert.DoesNotContain(types, type => type.Changed || type.Own);
    }

    [Fact]
    public async Task Changed_type_counts_for_the_organisation_s_next_meetings_and_not_for_one_that_runs()
    {
        await using var evening = await Evening.StartAsync();
        await SaveAsync(evening, "MemberAssembly", input => input with
        {
            Name = "全体党员大会", Points = 5, LatePoints = 0, OpensMinutesBefore = 15, LateAfterMinutes = 0, Closing = CheckInClosing.Start, ClosesAfterMinutes = 20,
            QuorumPercent = 66, QuorumSource = "本单位议事规则第三条",
        });
        var (other, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var fresh = await evening.Hub.AddMeetingAsync(evening.Host, other, [.. evening.Members.Select(member => member.Id)], startsIn: TimeSpan.FromMinutes(10));
        Assert.Equal(("全体党员大会", "本单位议事规则第三条", 2), (fresh.Summary.TypeName, fresh.QuorumSource, fresh.QuorumNeeded));
        Assert.Equal((fresh.Summary.Start.AddMinutes(-15), fresh.Summary.Start.AddMinutes(20)), (fresh.Summary.CheckInOpens, fresh.Summary.CheckInCloses));

        // The one whose check-in is open keeps what was copied into it, also when its title is corrected.
        var corrected = await evening.Host.PutAsync<MeetingDetail>(
            $"/api/meetings/{evening.Meeting.Id}", evening.Hub.MeetingInputFor(evening.RoomId, [.. evening.Members.Select(member => member.Id)]) with { Title = "改了标题" });
        Assert.Equal(("党员大会", evening.Meeting.CheckInOpens), ((await InChineseAsync(evening)).TypeName, corrected.Summary.CheckInOpens));
        Assert.Equal(2, (await evening.ScanAsync(await evening.CardAsync())).PointsGranted);
        Assert.Equal(5, (await evening.ScanAsync(await evening.CardAsync(1), meetingId: fresh.Summary.Id)).PointsGranted);

        // What the host does leaves the window where the type has it.
        evening.Time.Advance(TimeSpan.FromMinutes(11));
        await evening.Host.PostAsync<MeetingRunView>($"/api/meetings/{fresh.Summary.Id}/run", new RunInput(HostActionKind.Extend, 30));
        Assert.Equal(fresh.Summary.CheckInCloses, Assert.Single((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(other)))!.Meetings).CheckInCloses);

        evening.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(CheckInOutcome.TooLate, (await evening.ScanAsync(await evening.CardAsync(2), meetingId: fresh.Summary.Id)).Outcome);
    }

    [Fact]
    public async Task Exit_grace_and_make_up_of_a_type_reach_meetings_made_at_a_desk_in_a_series_and_at_the_kiosk()
    {
        await using var evening = await Hosting.HostEvening.StartAsync();
        var (desk, own) = (evening.Evening, new AttendanceRules(ExitScan.Required, 15, 90, 2, 14));
        await SaveAsync(desk, "ThemeDay", input => input with { Attendance = own, StartedLateAfterMinutes = 5 });
        Assert.Equal(own, (await TypeAsync(desk, "ThemeDay")).Attendance);
        await SaveAsync(desk, "ThemeDay", input => input with { Points = 4, Attendance = null });
        Assert.Equal(own, (await TypeAsync(desk, "ThemeDay")).Attendance);

        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var input = evening.Hub.MeetingInputFor(room, type: "ThemeDay", startsIn: TimeSpan.FromDays(1));
        var made = await desk.Host.PostAsync<MeetingDetail>("/api/meetings", input);
        Assert.Equal(own, made.Attendance);
        var mine = own with { ExitScan = ExitScan.None, MakeUpDays = 3 };
        made = await desk.Host.PutAsync<MeetingDetail>($"/api/meetings/{made.Summary.Id}", input with { Attendance = mine, Revision = made.Revision });
        Assert.Equal(mine, made.Attendance);
        made = await desk.Host.PutAsync<MeetingDetail>($"/api/meetings/{made.Summary.Id}", input with { Title = "改了标题", Revision = made.Revision });
        Assert.Equal(mine, made.Attendance);
        made = await desk.Host.PutAsync<MeetingDetail>($"/api/meetings/{made.Summary.Id}", input with { Type = "Other", Revision = made.Revision });
        Assert.Equal(new AttendanceRules(ExitScan.None, 10, 0, 0, 30), made.Attendance);

        var weekly = input with { StartLocal = input.StartLocal.AddDays(1), EndLocal = input.EndLocal.AddDays(1), Attendance = mine };
        var series = await desk.Host.PostAsync<MeetingSeriesView>("/api/meeting-series", new MeetingSeriesInput(weekly, "FREQ=WEEKLY;COUNT=3"));
        Assert.Equal([mine, mine, mine], await RulesAsync(desk, series));
        var changed = mine with { GraceSeconds = 30 };
        var later = weekly with { StartLocal = weekly.StartLocal.AddDays(7), EndLocal = weekly.EndLocal.AddDays(7), Attendance = changed };
        await desk.Host.PutAsync<MeetingDetail>($"/api/meetings/{series.Coming[1].MeetingId}/following", new FollowingChange(later, null));
        Assert.Equal([mine, changed, changed], await RulesAsync(desk, series));

        evening.Evening.Time.Skip(TimeSpan.FromHours(3));
        await evening.Hub.TellRoomsAsync();
        var standby = (await evening.RoomAsync()).Types!.Single(type => type.Code == "ThemeDay");
        Assert.Equal((15, 90, 5), (standby.ExitOpensMinutes, standby.GraceSeconds, standby.LateAfterMinutes));
        var id = Guid.CreateVersion7();
        await evening.DoAsync(evening.Start(id));
        var running = await evening.RoomMeetingAsync(id);
        Assert.Equal((running.End.AddMinutes(-15), running.Start.AddMinutes(5).AddSeconds(90)), (running.ExitOpens, running.LateAfter));
        Assert.Equal(own, await desk.Host.GetAsync<AttendanceRules>($"/api/meetings/{id}/attendance-rules"));
    }

    private static async Task<IReadOnlyList<AttendanceRules>> RulesAsync(Evening evening, MeetingSeriesView series) =>
        await Task.WhenAll(series.Coming.Select(one => evening.Host.GetAsync<AttendanceRules>($"/api/meetings/{one.MeetingId}/attendance-rules")));

    [Fact]
    public async Task Rules_that_make_no_sense_are_refused_for_a_type_and_for_a_meeting()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        foreach (var rules in (AttendanceRules[])[new(ExitScan.None, 241, 0, 0, 0), new(ExitScan.None, 0, 601, 0, 0), new(ExitScan.None, 0, 0, 101, 0), new(ExitScan.None, 0, 0, 0, -1)])
        {
            await Assert.ThrowsAsync<RefusedException>(() => SaveAsync(evening, "ThemeDay", input => input with { Attendance = rules }));
            await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PostAsync<MeetingDetail>("/api/meetings", evening.Hub.MeetingInputFor(evening.RoomId) with { Attendance = rules }));
        }
    }

    [Fact]
    public async Task Default_is_brought_back_and_an_own_type_can_be_added_used_and_removed()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        await SaveAsync(evening, "ThemeDay", input => input with { Points = 9 });
        Assert.Equal((9, true), (await TypeAsync(evening, "ThemeDay") is var changed ? (changed.Points, changed.Changed) : default));
        await evening.Host.DeleteAsync($"/api/meeting-types/ThemeDay?orgUnitId={evening.Hub.RootUnitId}");
        await evening.Host.DeleteAsync($"/api/meeting-types/ThemeDay?orgUnitId={evening.Hub.RootUnitId}");
        Assert.Equal((2, false), (await TypeAsync(evening, "ThemeDay") is var restored ? (restored.Points, restored.Changed) : default));

        var reading = await evening.Host.PostAsync<MeetingTypeView>(
            $"/api/meeting-types?orgUnitId={evening.Hub.RootUnitId}", Input(restored) with { Name = "读书会", QuorumPercent = null, Revision = null });
        Assert.True(reading.Own);
        var (other, _) = await evening.Hub.AddRoomWithDisplayAsync("图书室");
        var held = await evening.Hub.AddMeetingAsync(evening.Host, other, type: reading.Code);
        await evening.Host.DeleteAsync($"/api/meeting-types/{reading.Code}?orgUnitId={evening.Hub.RootUnitId}");

        // Meetings keep their name, and what has begun can still be corrected.
        Assert.Equal("读书会", (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{held.Summary.Id}")).Summary.TypeName);
        var shown = Assert.Single((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(other)))!.Meetings);
        Assert.Equal(("读书会", null), (shown.TypeName, shown.Texts));
        var corrected = await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{held.Summary.Id}", evening.Hub.MeetingInputFor(other, type: reading.Code) with { Title = "读书会（改）" });
        Assert.Equal("读书会", corrected.Summary.TypeName);
        Assert.Equal("meeting_type_unknown", await RefusedAsync(() => evening.Hub.AddMeetingAsync(evening.Host, other, type: reading.Code, startsIn: TimeSpan.FromDays(2))));
    }

    [Fact]
    public async Task Types_are_the_organisation_s_and_strict_about_what_they_hold()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var branch = await evening.Hub.CreateOrgUnitAsync("一支部");
        using var branchAdmin = await evening.Hub.SignInAsAsync(OperatorRole.Admin, branch);
        var good = Input(await TypeAsync(evening, "ThemeDay"));
        var denied = await Assert.ThrowsAsync<RefusedException>(() => branchAdmin.PutAsync<MeetingTypeView>($"/api/meeting-types/ThemeDay?orgUnitId={branch}", good));
        Assert.Equal((HttpStatusCode.Forbidden, "not_your_unit"), (denied.Status, denied.Code));
        Assert.Equal(10, (await branchAdmin.GetAsync<IReadOnlyList<MeetingTypeView>>($"/api/meeting-types?orgUnitId={branch}")).Count);

        foreach (var bad in new[]
        {
            good with { Points = 101 }, good with { LatePoints = 3 }, good with { OpensMinutesBefore = -1 }, good with { LateAfterMinutes = 721 }, good with { StartedLateAfterMinutes = 721 }, good with { ClosesAfterMinutes = 61 },
            good with { QuorumPercent = 0 }, good with { QuorumPercent = 101 }, good with { QuorumPercent = 50, QuorumSource = " " }, good with { CadenceTimes = 0 }, good with { Name = new string('长', 41) },
        })
        {
            Assert.Equal("invalid_input", await RefusedAsync(() => PutAsync(evening, "ThemeDay", bad)));
        }

        Assert.Equal("meeting_type_unknown", await RefusedAsync(() => PutAsync(evening, "Party", good)));
        await PutAsync(evening, "ThemeDay", good with { Points = 4 });
        Assert.Equal("revision_changed", await RefusedAsync(() => PutAsync(evening, "ThemeDay", good with { Points = 5 })));
        Assert.Equal(4, (await TypeAsync(evening, "ThemeDay")).Points);
    }

    [Fact]
    public async Task Window_that_closes_after_the_start_goes_with_the_start_and_not_with_the_end()
    {
        await using var evening = await Evening.StartAsync();
        await SaveAsync(evening, "MemberAssembly", input => input with { Closing = CheckInClosing.Start, ClosesAfterMinutes = 20 });
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("大会议室");
        var input = evening.Hub.MeetingInputFor(room, [.. evening.Members.Select(member => member.Id)]);
        var meeting = await evening.Host.PostAsync<MeetingDetail>("/api/meetings", input);
        // Check-in is open, so the rules are those the meeting copied.
        var later = await evening.Host.PutAsync<MeetingDetail>($"/api/meetings/{meeting.Summary.Id}", input with { StartLocal = input.StartLocal.AddMinutes(30), Revision = meeting.Revision });
        Assert.Equal(meeting.Summary.CheckInCloses.AddMinutes(30), later.Summary.CheckInCloses);
        var longer = await evening.Host.PutAsync<MeetingDetail>(
            $"/api/meetings/{meeting.Summary.Id}", input with { StartLocal = input.StartLocal.AddMinutes(30), EndLocal = input.EndLocal.AddMinutes(30), Revision = later.Revision });
        Assert.Equal(later.Summary.CheckInCloses, longer.Summary.CheckInCloses);
    }

    private static async Task<MeetingSummary> InChineseAsync(Evening evening) =>
        (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}?lang=zh-CN")).Summary;

    private static Task<IReadOnlyList<MeetingTypeView>> TypesAsync(Evening evening) =>
        evening.Host.GetAsync<IReadOnlyList<MeetingTypeView>>($"/api/meeting-types?orgUnitId={evening.Hub.RootUnitId}");

    private static async Task<MeetingTypeView> TypeAsync(Evening evening, string code) => (await TypesAsync(evening)).Single(type => type.Code == code);

    private static MeetingTypeInput Input(MeetingTypeView type) => new(
        type.Name, type.OpensMinutesBefore, type.LateAfterMinutes, type.Points, type.LatePoints, type.MembersSession, type.QuorumPercent, type.QuorumSource,
        type.Closing, type.ClosesAfterMinutes, type.MarksAbsent, type.SignUp, type.Cadence, type.CadenceTimes, type.Kinds, type.Posts, type.Revision);

    private static async Task SaveAsync(Evening evening, string code, Func<MeetingTypeInput, MeetingTypeInput> change) =>
        await PutAsync(evening, code, change(Input(await TypeAsync(evening, code))));

    private static Task<MeetingTypeView> PutAsync(Evening evening, string code, MeetingTypeInput input) =>
        evening.Host.PutAsync<MeetingTypeView>($"/api/meeting-types/{code}?orgUnitId={evening.Hub.RootUnitId}", input);

    private static async Task<string> RefusedAsync(Func<Task> asked) => (await Assert.ThrowsAsync<RefusedException>(asked)).Code;
}
