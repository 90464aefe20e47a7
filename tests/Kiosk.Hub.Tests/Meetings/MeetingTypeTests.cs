using System.Net;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
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

        evening.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(CheckInOutcome.TooLate, (await evening.ScanAsync(await evening.CardAsync(2), meetingId: fresh.Summary.Id)).Outcome);
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
        Assert.Equal("读书会", Assert.Single((await evening.Hub.ReadFeedAsync<RoomDocument>(FeedKeys.Room(other)))!.Meetings).TypeName);
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
            good with { Points = 101 }, good with { LatePoints = 3 }, good with { OpensMinutesBefore = -1 }, good with { LateAfterMinutes = 721 }, good with { ClosesAfterMinutes = 61 },
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
