using System.Net;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Printing;

/// <summary>The papers of a joint meeting name every branch and every host; cards print by branch.</summary>
public sealed class JointPrintTests
{
    [Fact]
    public async Task Papers_name_every_branch_and_every_host_and_say_whose_member_each_is()
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var hub = evening.Hub;
        var (mine, theirs) = (await hub.CreateOrgUnitAsync("滨河支部"), await hub.CreateOrgUnitAsync("城南支部"));
        using var host = await hub.SignInAsAsync(OperatorRole.Secretary, mine);
        using var partner = await hub.SignInAsAsync(OperatorRole.Secretary, theirs);
        var wang = await HubApplication.AddMemberAsync(host, "王秀兰", mine);
        var li = await HubApplication.AddMemberAsync(host, "李建国", mine);
        await HubApplication.AddMemberAsync(partner, "安小云", theirs);
        var (room, _) = await hub.AddRoomWithDisplayAsync("滨河活动室", mine);
        var meeting = (await host.PostAsync<MeetingDetail>("/api/meetings", hub.MeetingInputFor(room, unitId: mine) with { JointUnitIds = [theirs], HostMemberIds = [wang.Id, li.Id] })).Summary.Id;
        // A group is part of its branch: the sheet of one branch has no column that says so.
        var group = await hub.CreateOrgUnitAsync("第一党小组", mine, OrgUnitKind.Group);
        await host.PutAsync<object>($"/api/meetings/{meeting}/roster/{(await HubApplication.AddMemberAsync(evening.Host, "吴小组", group)).Id}", new RosterChange());
        var alone = await ReadAsync(host, meeting, "sheet");
        Assert.DoesNotContain("城南支部", alone, StringComparison.Ordinal);
        Assert.DoesNotContain(">Branch<", alone, StringComparison.Ordinal);
        await partner.PostAsync<object>($"/api/meeting-invitations/{meeting}/{theirs}/accept");
        foreach (var page in (string[])["sheet", "minutes"])
        {
            var html = await ReadAsync(host, meeting, page);
            Assert.Contains("滨河支部 (holds it), 城南支部", html, StringComparison.Ordinal);
            Assert.Contains("王秀兰, 李建国", html, StringComparison.Ordinal);
        }

        // Their initials come first, and still they stand after the branch that holds it.
        var sheet = await ReadAsync(host, meeting, "sheet");
        Assert.Contains("<td>安小云</td><td>城南支部</td>", string.Concat(sheet.Split('\n').Select(line => line.Trim())), StringComparison.Ordinal);
        Assert.True(sheet.IndexOf("王秀兰</td>", StringComparison.Ordinal) < sheet.IndexOf("安小云</td>", StringComparison.Ordinal));

        evening.Time.Skip(TimeSpan.FromHours(5));
        var minutes = await ReadAsync(host, meeting, "minutes");
        Assert.Contains("Absent · 滨河支部", minutes, StringComparison.Ordinal);
        Assert.Contains("Absent · 城南支部", minutes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sheet_to_be_signed_says_who_is_excused()
    {
        await using var evening = await Evening.StartAsync(members: 2);
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/leave", new LeaveInput(evening.Members[0].Id, LeaveKind.Official, "出差"));
        var sheet = await ReadAsync(evening.Host, evening.Meeting.Id, "sheet");
        Assert.Equal(1, sheet.Split("<td class=\"known\">On leave</td>").Length - 1);
        Assert.Equal(1, sheet.Split("<td class=\"known\"></td>").Length - 1);
    }

    [Fact]
    public async Task Cards_print_by_branch_then_name_with_the_number_lists_show()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var (first, second) = (await hub.CreateOrgUnitAsync("甲支部"), await hub.CreateOrgUnitAsync("乙支部"));
        List<MemberSummary> members = [];
        foreach (var (name, unit) in ((string, Guid)[])[("赵一", first), ("陈二", second), ("安三", first), ("白四", second)])
        {
            members.Add(await HubApplication.AddMemberAsync(admin, name, unit));
            await admin.PostAsync<object>($"/api/members/{members[^1].Id}/card");
        }

        var html = WebUtility.HtmlDecode(await admin.Http.GetStringAsync($"/print/cards?ids={string.Join(',', members.Select(member => member.Id))}", TestContext.Current.CancellationToken));
        string[] order = string.CompareOrdinal("甲", "乙") < 0 ? ["安三", "赵一", "白四", "陈二"] : ["白四", "陈二", "安三", "赵一"];
        Assert.Equal(order, order.OrderBy(name => html.IndexOf($"<h2>{name}</h2>", StringComparison.Ordinal)));
        foreach (var member in members)
        {
            var serial = (await admin.GetAsync<MemberSummary>($"/api/members/{member.Id}")).CardSerial;
            Assert.Contains($"card no. {serial}", html, StringComparison.Ordinal);
        }
    }

    private static async Task<string> ReadAsync(OperatorSession who, Guid meetingId, string page) =>
        WebUtility.HtmlDecode(await who.Http.GetStringAsync($"/print/meetings/{meetingId}/{page}", TestContext.Current.CancellationToken));
}
