using System.Net;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Printing;

/// <summary>名单以外到会 on both papers: named after the roster, counted apart from it.</summary>
public sealed class OthersPrintTests
{
    [Theory]
    [InlineData("zh-CN", "名单以外到会 3 人", "外单位党员（正式党员）", "来宾", "流动党员", "应到 3 人，实到 1 人")]
    [InlineData("en", "Came beyond the roster: 3", "visitor (full member)", "guest", "floating member", "xpected 3, present 1")]
    public async Task Guests_visitors_and_floating_members_stand_after_the_roster_and_are_counted_apart(
        string language, string heading, string visitor, string guest, string floating, string counts)
    {
        await using var evening = await Evening.StartAsync();
        await evening.ScanAsync(await evening.CardAsync());
        var (host, path) = (evening.Host, $"/api/meetings/{evening.Meeting.Id}");
        foreach (var page in (string[])["sheet", "minutes"])
        {
            Assert.DoesNotContain("class=\"others\"", await ReadAsync(host, evening.Meeting.Id, page, language), StringComparison.Ordinal);
        }

        await host.PostAsync<GuestView>(path + "/guests", new GuestInput(GuestKind.Guest, "王来宾"));
        var mistake = await host.PostAsync<GuestView>(path + "/guests", new GuestInput(GuestKind.Guest, "错来宾"));
        await host.PostAsync<object>($"{path}/guests/{mistake.Id}/remove", new RemoveGuest("登记错了"));
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        await host.PostAsync<GuestView>(path + "/guests", new GuestInput(GuestKind.Visitor, "李外单", "市人民医院第一党支部", PersonKind.FullMember));
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        var away = await evening.Hub.CreateOrgUnitAsync("外地支部");
        var zhao = await HubApplication.AddMemberAsync(host, "赵流动", away);
        await host.PutAsync<object>($"/api/members/{zhao.Id}", new MemberInput(away, zhao.MemberNumber, zhao.Name, zhao.Kind, false, null, Status: MemberStatus.Floating));
        Assert.Equal(CheckInOutcome.Accepted, (await evening.ScanAsync(await evening.Hub.CardAsync(host, zhao.Id))).Outcome);

        foreach (var page in (string[])["sheet", "minutes"])
        {
            var html = await ReadAsync(host, evening.Meeting.Id, page, language);
            Assert.Contains($"<h2>{heading}</h2>", html, StringComparison.Ordinal);
            Assert.Contains($"<td>1</td><td>王来宾</td><td>{guest}</td><td></td><td></td><td>19:00</td>", html, StringComparison.Ordinal);
            Assert.Contains($"<td>2</td><td>李外单</td><td>{visitor}</td><td>市人民医院第一党支部</td><td>2026-0001</td><td>19:01</td>", html, StringComparison.Ordinal);
            Assert.Contains($"<td>3</td><td>赵流动</td><td>{floating}</td><td>外地支部</td><td></td><td>19:02</td>", html, StringComparison.Ordinal);
            Assert.Contains(counts, html, StringComparison.Ordinal);
            Assert.DoesNotContain("错来宾", html, StringComparison.Ordinal);
            Assert.True(html.IndexOf("张小三", StringComparison.Ordinal) < html.IndexOf("王来宾", StringComparison.Ordinal) || page == "minutes");
            Assert.True(html.IndexOf("张小一", StringComparison.Ordinal) < html.IndexOf("王来宾", StringComparison.Ordinal));
        }

        // What was said of who came stays when the meeting is cancelled after all.
        await host.PostAsync<object>(path + "/cancel", new MeetingCancellation("停电"));
        foreach (var page in (string[])["sheet", "minutes"])
        {
            Assert.Contains($"<h2>{heading}</h2>", await ReadAsync(host, evening.Meeting.Id, page, language), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Papers_of_a_joint_meeting_tell_members_of_the_branches_that_take_part_from_those_of_others()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var hub = evening.Hub;
        var (mine, theirs, away) = (await hub.CreateOrgUnitAsync("滨河支部"), await hub.CreateOrgUnitAsync("城南支部"), await hub.CreateOrgUnitAsync("外地支部"));
        using var host = await hub.SignInAsAsync(OperatorRole.Secretary, mine);
        using var partner = await hub.SignInAsAsync(OperatorRole.Secretary, theirs);
        var (room, _) = await hub.AddRoomWithDisplayAsync("滨河活动室", mine);
        var meeting = (await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, unitId: mine) with { JointUnitIds = [theirs] })).Summary.Id;
        await partner.PostAsync<object>($"/api/meeting-invitations/{meeting}/{theirs}/accept");
        var (late, zhao) = (await HubApplication.AddMemberAsync(partner, "安后来", theirs), await HubApplication.AddMemberAsync(evening.Host, "赵流动", away));
        await host.DeleteAsync($"/api/meetings/{meeting}/roster/{late.Id}");
        foreach (var member in (MemberSummary[])[late, zhao])
        {
            var result = await host.PostAsync<CheckInResult>($"/api/meetings/{meeting}/floating", new FloatingCheckIn(member.MemberNumber, member.Name, "到会"));
            Assert.Equal(CheckInOutcome.Accepted, result.Outcome);
        }

        foreach (var page in (string[])["sheet", "minutes"])
        {
            var html = await ReadAsync(host, meeting, page);
            Assert.Contains("<td>安后来</td><td>of the own branch</td><td>城南支部</td><td>", html, StringComparison.Ordinal);
            Assert.Contains("<td>赵流动</td><td>floating member</td><td>外地支部</td><td>", html, StringComparison.Ordinal);
            Assert.Contains("Came beyond the roster: 2, ", html, StringComparison.Ordinal);
            Assert.DoesNotContain("Certificate no.", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whom_the_host_only_named_at_an_open_activity_reads_as_on_the_lists_and_who_showed_a_card_in_full()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var hub = evening.Hub;
        var (mine, away) = (await hub.CreateOrgUnitAsync("滨河支部"), await hub.CreateOrgUnitAsync("外地支部"));
        using var host = await hub.SignInAsAsync(OperatorRole.Host, mine);
        var (room, display) = await hub.AddRoomWithDisplayAsync("社区广场", mine);
        var meeting = (await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, type: "PartyLecture", unitId: mine))).Summary.Id;
        var (named, showed) = (await HubApplication.AddMemberAsync(evening.Host, "赵点名", away), await HubApplication.AddMemberAsync(evening.Host, "钱刷卡", away));
        await host.PostAsync<CheckInResult>($"/api/meetings/{meeting}/check-ins", new HelperCheckIn(named.Id, "试一试"));
        await hub.UploadScansAsync(display, hub.CardScan(meeting, await hub.CardAsync(evening.Host, showed.Id)));
        foreach (var page in (string[])["sheet", "minutes"])
        {
            var html = await ReadAsync(host, meeting, page);
            Assert.Contains("<td>钱刷卡</td><td>guest</td><td>外地支部</td>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("赵点名", html, StringComparison.Ordinal);
            Assert.Contains("Came beyond the roster: 2, ", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Papers_of_a_sign_up_meeting_count_them_apart_from_who_signed_up()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("社区广场");
        var meeting = (await evening.Hub.AddMeetingAsync(evening.Host, room, type: "VolunteerService")).Summary.Id;
        await evening.Host.PostAsync<GuestView>($"/api/meetings/{meeting}/guests", new GuestInput(GuestKind.Guest, "王来宾"));
        foreach (var page in (string[])["sheet", "minutes"])
        {
            var html = await ReadAsync(evening.Host, meeting, page);
            Assert.Contains("Came beyond the roster: 1, counted neither as signed up nor as present.", html, StringComparison.Ordinal);
            Assert.Contains("Signed up 0, present 0", html, StringComparison.Ordinal);
            Assert.DoesNotContain("vot", html, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The page without its indentation and the widths of its columns.</summary>
    private static async Task<string> ReadAsync(OperatorSession who, Guid meetingId, string page, string language = "en") =>
        string.Concat(WebUtility.HtmlDecode(await who.Http.GetStringAsync($"/print/meetings/{meetingId}/{page}?lang={language}", TestContext.Current.CancellationToken))
            .Split('\n').Select(line => line.Trim())).Replace(" class=\"short\"", "", StringComparison.Ordinal).Replace(" class=\"name\"", "", StringComparison.Ordinal);
}
