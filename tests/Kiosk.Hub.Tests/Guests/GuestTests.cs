using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Guests;

/// <summary>People at a meeting who are not among the expected.</summary>
public class GuestTests
{
    [Fact]
    public async Task Guest_has_a_name_and_a_visitor_a_receipt_with_a_number_of_its_own()
    {
        await using var evening = await Evening.StartAsync();
        var guest = await AddAsync(evening, new GuestInput(GuestKind.Guest, "王来宾"));
        Assert.Null(guest.ReceiptNumber);
        var visitors = await Task.WhenAll(Enumerable.Range(0, 5).Select(at => AddAsync(evening, new GuestInput(GuestKind.Visitor, $"外单位{at}", "市人民医院第一党支部", PersonKind.FullMember))));
        Assert.Equal(["2026-0001", "2026-0002", "2026-0003", "2026-0004", "2026-0005"], visitors.Select(visitor => visitor.ReceiptNumber).Order());
        await evening.Host.PostAsync<object>($"{Path(evening)}/{guest.Id}/remove", new RemoveGuest("登记错了"));
        var listed = await evening.Host.GetAsync<IReadOnlyList<GuestView>>(Path(evening));
        Assert.Equal((6, "登记错了"), (listed.Count, listed.Single(each => each.Id == guest.Id).RemovedReason));
        Assert.Equal(0, (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary.Present);
        var names = await evening.Hub.QueryAsync(db => Task.FromResult(db.Set<Kiosk.Hub.Guests.MeetingGuest>().Select(row => row.Name).ToList()));
        Assert.DoesNotContain(names, bytes => System.Text.Encoding.UTF8.GetString(bytes).Contains("来宾", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Visitor_without_branch_or_kind_and_guest_without_a_name_are_refused()
    {
        await using var evening = await Evening.StartAsync();
        foreach (var input in (GuestInput[])[new(GuestKind.Visitor, "李四"), new(GuestKind.Visitor, "李四", "某支部"), new(GuestKind.Guest, " "), new(GuestKind.Guest, "王五", At: evening.Time.GetUtcNow().AddHours(1))])
        {
            Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => AddAsync(evening, input))).Code);
        }
    }

    [Fact]
    public async Task Member_of_another_branch_let_in_by_the_host_is_credited_at_home_and_not_counted_here()
    {
        await using var evening = await Evening.StartAsync();
        var unit = await evening.Host.PostAsync<OrgUnitNode>("/api/org-units", new OrgUnitInput(evening.Hub.RootUnitId, "外地支部", OrgUnitKind.Branch));
        var member = await HubApplication.AddMemberAsync(evening.Host, "赵流动", unit.Id);
        var path = $"/api/meetings/{evening.Meeting.Id}";
        Assert.Equal("member_unknown", (await Assert.ThrowsAsync<RefusedException>(() => evening.Host.PostAsync<CheckInResult>(path + "/floating", new FloatingCheckIn(member.MemberNumber, "赵别人", "流动党员")))).Code);
        var result = await evening.Host.PostAsync<CheckInResult>(path + "/floating", new FloatingCheckIn(member.MemberNumber, "赵流动", "流动党员"));
        Assert.Equal((CheckInOutcome.Accepted, 2), (result.Outcome, result.PointsGranted));

        var detail = await evening.Host.GetAsync<MeetingDetail>(path);
        Assert.Equal((3, 0, 3, 0), (detail.Summary.Expected, detail.Summary.Present, detail.VotingExpected, detail.VotingPresent));
        var other = Assert.Single(await evening.Host.GetAsync<IReadOnlyList<UnexpectedRow>>(path + "/attendance/others"));
        Assert.Equal(("赵流动", "外地支部", 2), (other.Name, other.HomeUnit, other.Points));
        var home = Assert.Single(await evening.Host.GetAsync<IReadOnlyList<ElsewhereRow>>($"/api/members/{member.Id}/elsewhere"));
        Assert.Equal((evening.Meeting.Id, AttendanceState.Present, 2), (home.MeetingId, home.State, home.Points));
        await evening.Host.PostAsync<object>(path + "/check-ins/undo", new UndoCheckIn(member.Id, "走错会场"));
        Assert.Equal(0, (await evening.Host.GetAsync<PointsStatement>($"/api/members/{member.Id}/points")).Available);
    }

    [Fact]
    public async Task Floating_member_of_another_branch_checks_in_by_card_and_one_of_this_branch_does_not()
    {
        await using var evening = await Evening.StartAsync();
        var unit = await evening.Host.PostAsync<OrgUnitNode>("/api/org-units", new OrgUnitInput(evening.Hub.RootUnitId, "外地支部", OrgUnitKind.Branch));
        var member = await HubApplication.AddMemberAsync(evening.Host, "赵流动", unit.Id);
        var card = await evening.Hub.CardAsync(evening.Host, member.Id);
        Assert.Equal(CheckInOutcome.NotOnRoster, (await evening.ScanAsync(card)).Outcome);
        await FloatAsync(evening, member, unit.Id);
        var result = await evening.ScanAsync(card);
        Assert.Equal((CheckInOutcome.Accepted, 2), (result.Outcome, result.PointsGranted));
        Assert.Equal(0, (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary.Present);
        Assert.Single(await evening.Host.GetAsync<IReadOnlyList<ElsewhereRow>>($"/api/members/{member.Id}/elsewhere"));

        var own = await HubApplication.AddMemberAsync(evening.Host, "李本地", evening.Hub.RootUnitId);
        await FloatAsync(evening, own, evening.Hub.RootUnitId);
        Assert.Equal(CheckInOutcome.NotOnRoster, (await evening.ScanAsync(await evening.Hub.CardAsync(evening.Host, own.Id))).Outcome);
    }

    [Fact]
    public async Task Member_finds_the_meeting_of_another_branch_they_came_to_under_my_meetings_without_its_inside()
    {
        await using var evening = await Evening.StartAsync();
        var unit = await evening.Host.PostAsync<OrgUnitNode>("/api/org-units", new OrgUnitInput(evening.Hub.RootUnitId, "外地支部", OrgUnitKind.Branch));
        var member = await HubApplication.AddMemberAsync(evening.Host, "赵流动", unit.Id);
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, member.Id);
        using var own = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        Assert.DoesNotContain(evening.Meeting.Title, (await phone.OpenAsync("/my/meetings")).Html, StringComparison.Ordinal);
        await FloatAsync(evening, member, unit.Id);
        await evening.ScanAsync(await evening.Hub.CardAsync(evening.Host, member.Id));
        var page = (await phone.OpenAsync("/my/meetings")).Html;
        Assert.Contains(evening.Meeting.Title, page, StringComparison.Ordinal);
        Assert.Contains($"Held by {evening.Meeting.OrgUnitName}", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"/my/meetings/{evening.Meeting.Id}", page, StringComparison.Ordinal);
        evening.Time.Skip(TimeSpan.FromDays(1));
        var past = (await phone.OpenAsync("/my/meetings")).Html;
        Assert.Contains(evening.Meeting.Title, past, StringComparison.Ordinal);
        Assert.DoesNotContain("make-up", past, StringComparison.Ordinal);
        Assert.DoesNotContain("Held by", (await own.OpenAsync("/my/meetings")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Member_of_an_invited_branch_finds_the_joint_meeting_with_who_holds_it()
    {
        await using var evening = await Evening.StartAsync();
        var (ours, theirs) = (await evening.Hub.CreateOrgUnitAsync("第一支部"), await evening.Hub.CreateOrgUnitAsync("第二支部"));
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("一支部活动室", ours);
        var member = await HubApplication.AddMemberAsync(evening.Host, "钱二", theirs);
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, ours);
        var joint = (await host.PostAsync<MeetingDetail>("/api/meetings", evening.Hub.MeetingInputFor(room, startsIn: TimeSpan.FromDays(1), unitId: ours) with { Title = "共建党日", JointUnitIds = [theirs] })).Summary;
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, member.Id);
        Assert.DoesNotContain("共建党日", (await phone.OpenAsync("/my/meetings")).Html, StringComparison.Ordinal);
        using var other = await evening.Hub.SignInAsAsync(OperatorRole.Host, theirs);
        await other.PostAsync<object>($"/api/meeting-invitations/{joint.Id}/{theirs}/accept");
        var page = (await phone.OpenAsync("/my/meetings")).Html;
        Assert.Contains("共建党日", page, StringComparison.Ordinal);
        Assert.Contains("Held by 第一支部", page, StringComparison.Ordinal);
        Assert.Contains($"/my/meetings/{joint.Id}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guest_of_an_open_lecture_is_shown_to_the_host()
    {
        await using var evening = await Evening.StartAsync(type: "PartyLecture");
        var member = await HubApplication.AddMemberAsync(evening.Host, "赵来宾", evening.Hub.RootUnitId);
        var card = await evening.Hub.CardAsync(evening.Host, member.Id);
        await evening.ScanAsync(card);
        await evening.ScanAsync(card);
        var row = Assert.Single(await evening.Host.GetAsync<IReadOnlyList<UnexpectedRow>>($"/api/meetings/{evening.Meeting.Id}/attendance/others"));
        Assert.Equal(("赵来宾", AttendanceState.Pending, 0), (row.Name, row.State, row.Points));
    }

    [Fact]
    public async Task Guest_sent_again_after_a_lost_answer_is_one_guest_with_one_receipt()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var input = new GuestInput(GuestKind.Visitor, "王外单", "市人民医院第一党支部", PersonKind.FullMember);
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AddAsync(evening, input, "k1")));
        Assert.Single(answers.Select(guest => (guest.Id, guest.ReceiptNumber)).Distinct());
        Assert.Equal("idempotency_key_reused", (await Assert.ThrowsAsync<RefusedException>(() => AddAsync(evening, input with { Name = "李外单" }, "k1"))).Code);
        Assert.NotEqual(answers[0].ReceiptNumber, (await AddAsync(evening, input, "k2")).ReceiptNumber);
        Assert.Equal(2, (await evening.Host.GetAsync<IReadOnlyList<GuestView>>(Path(evening))).Count);
    }

    private static async Task<GuestView> AddAsync(Evening evening, GuestInput input, string key)
    {
        using var content = System.Net.Http.Json.JsonContent.Create(input, options: Contracts.KioskJson.Options);
        content.Headers.Add("Idempotency-Key", key);
        return await evening.Host.SendAsync<GuestView>(HttpMethod.Post, Path(evening), content);
    }

    private static Task<object> FloatAsync(Evening evening, MemberSummary member, Guid unitId) => evening.Host.PutAsync<object>(
        $"/api/members/{member.Id}", new MemberInput(unitId, member.MemberNumber, member.Name, member.Kind, false, null, Status: MemberStatus.Floating));

    private static string Path(Evening evening) => $"/api/meetings/{evening.Meeting.Id}/guests";

    private static Task<GuestView> AddAsync(Evening evening, GuestInput input) => evening.Host.PostAsync<GuestView>(Path(evening), input);
}
