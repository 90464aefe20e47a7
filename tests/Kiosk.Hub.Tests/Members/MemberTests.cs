using System.Net;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Members;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Tests.Members;

public class MemberTests
{
    [Theory]
    [InlineData("张小三", "zxs")]
    [InlineData("欧阳明", "oym")]
    [InlineData("曾国华", "zgh")]
    [InlineData("单田芳", "stf")]
    [InlineData("啊八", "ab")]
    [InlineData("左安", "za")]
    [InlineData("Ann Lee", "al")]
    [InlineData("李Tom", "lt")]
    [InlineData("🎉", "")]
    public void Initials_follow_the_reading(string name, string initials) => Assert.Equal(initials, PinyinInitials.Of(name));

    [Theory]
    [InlineData("13812348000", "138****8000")]
    [InlineData("7654321", "76****21")]
    [InlineData("12345", "****")]
    public void Phone_is_masked(string phone, string masked) => Assert.Equal(masked, PersonalData.Mask(phone));

    [Fact]
    public async Task Search_finds_by_name_initials_and_number()
    {
        await using var hub = await HubApplication.StartAsync();
        using var host = await hub.SignInAsync();
        var member = await HubApplication.AddMemberAsync(host, "张小三", hub.RootUnitId);
        await HubApplication.AddMemberAsync(host, "李四", hub.RootUnitId);
        foreach (var search in new[] { "小三", "zx", "ZXS", member.MemberNumber })
        {
            var page = await host.GetAsync<Page<MemberSummary>>($"/api/members?search={Uri.EscapeDataString(search)}");
            Assert.Equal([member.Id], page.Items.Select(found => found.Id));
        }

        Assert.Equal(0, (await host.GetAsync<Page<MemberSummary>>("/api/members?search=%25")).Total);
    }

    [Fact]
    public async Task Phone_is_encrypted_in_the_database_and_masked_outside()
    {
        await using var hub = await HubApplication.StartAsync();
        using var host = await hub.SignInAsync();
        var member = await host.PostAsync<MemberSummary>("/api/members", new MemberInput(hub.RootUnitId, "A1", "张小三", PersonKind.FullMember, false, "138 1234 8000"));
        Assert.Equal("138****8000", member.Phone);
        var stored = await hub.QueryAsync(db => db.Set<Member>().Where(row => row.Id == member.Id).Select(row => row.Phone).SingleAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotContain("8000", System.Text.Encoding.UTF8.GetString(stored!), StringComparison.Ordinal);
        await host.PutAsync<object>($"/api/members/{member.Id}", new MemberInput(hub.RootUnitId, "A1", "张小三", PersonKind.FullMember, false, null));
        Assert.Equal("138****8000", (await host.GetAsync<MemberSummary>($"/api/members/{member.Id}")).Phone);
        await host.PutAsync<object>($"/api/members/{member.Id}", new MemberInput(hub.RootUnitId, "A1", "张小三", PersonKind.FullMember, false, ""));
        Assert.Null((await host.GetAsync<MemberSummary>($"/api/members/{member.Id}")).Phone);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(hub.DataFolder, "keys"), "*.json"))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public async Task Names_with_emoji_fit_and_too_long_ones_are_refused()
    {
        await using var hub = await HubApplication.StartAsync();
        using var host = await hub.SignInAsync();
        var family = string.Concat(Enumerable.Repeat("👨‍👩‍👧", 60));
        Assert.Equal(family, (await HubApplication.AddMemberAsync(host, family, hub.RootUnitId)).Name);
        foreach (var name in new[] { family + "👍", new string('长', 500), " ", "a\u0001b" })
        {
            Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => HubApplication.AddMemberAsync(host, name, hub.RootUnitId))).Code);
        }

        await host.PostAsync<MemberSummary>("/api/members", new MemberInput(hub.RootUnitId, "B7", "张小三", PersonKind.FullMember, false, null));
        var taken = await Assert.ThrowsAsync<RefusedException>(() => host.PostAsync<MemberSummary>("/api/members", new MemberInput(hub.RootUnitId, "b7", "李四", PersonKind.FullMember, false, null)));
        Assert.Equal("member_number_taken", taken.Code);
    }

    [Fact]
    public async Task New_card_revokes_the_one_before_for_every_kiosk()
    {
        await using var hub = await HubApplication.StartAsync();
        using var host = await hub.SignInAsync();
        var member = await HubApplication.AddMemberAsync(host, "张小三", hub.RootUnitId);
        var first = await host.PostAsync<CardIssued>($"/api/members/{member.Id}/card");
        var second = await host.PostAsync<CardIssued>($"/api/members/{member.Id}/card");
        Assert.Equal([first.Serial], (await hub.ReadFeedAsync<RevocationsDocument>(FeedKeys.Revocations(hub.RootUnitId)))!.Serials);
        await host.DeleteAsync($"/api/members/{member.Id}/card");
        Assert.Equal(new[] { first.Serial, second.Serial }.Order(), (await hub.ReadFeedAsync<RevocationsDocument>(FeedKeys.Revocations(hub.RootUnitId)))!.Serials);
        Assert.Null((await host.GetAsync<MemberSummary>($"/api/members/{member.Id}")).CardSerial);
    }

    [Fact]
    public async Task Host_of_one_branch_neither_sees_nor_changes_another()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var mine = await hub.CreateOrgUnitAsync("第一支部");
        var theirs = await hub.CreateOrgUnitAsync("第二支部");
        var member = await HubApplication.AddMemberAsync(admin, "李四", theirs);
        var (room, _) = await hub.AddRoomWithDisplayAsync("二支部活动室", theirs);
        var meeting = await hub.AddMeetingAsync(admin, room, [member.Id], unitId: theirs);
        using var host = await hub.SignInAsAsync(OperatorRole.Host, mine);
        using var editor = await hub.SignInAsAsync(OperatorRole.Editor, hub.RootUnitId);
        Assert.Equal(0, (await host.GetAsync<Page<MemberSummary>>("/api/members")).Total);
        Assert.Equal(0, (await host.GetAsync<Page<MeetingSummary>>("/api/meetings")).Total);
        foreach (var session in new[] { host, editor })
        {
            await RefusedAsync(() => session.GetAsync<MemberSummary>($"/api/members/{member.Id}"));
            await RefusedAsync(() => session.GetAsync<PointsStatement>($"/api/members/{member.Id}/points"));
            await RefusedAsync(() => session.PostAsync<CardIssued>($"/api/members/{member.Id}/card"));
            await RefusedAsync(() => session.PostAsync<EnrolmentTicket>($"/api/members/{member.Id}/enrolment"));
            await RefusedAsync(() => HubApplication.AddMemberAsync(session, "王五", theirs));
            await RefusedAsync(() => session.GetAsync<MeetingDetail>($"/api/meetings/{meeting.Summary.Id}"));
            await RefusedAsync(() => session.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{meeting.Summary.Id}/attendance"));
            await RefusedAsync(() => session.PostAsync<object>($"/api/meetings/{meeting.Summary.Id}/cancel"));
            await RefusedAsync(() => session.PostAsync<object>($"/api/meetings/{meeting.Summary.Id}/check-ins", new HelperCheckIn(member.Id, "来了")));
            await RefusedAsync(() => session.PostAsync<object>($"/api/meetings/{meeting.Summary.Id}/check-ins/undo", new UndoCheckIn(member.Id, "错")));
        }

        // Another branch's member cannot be put on a roster of one's own either.
        var (ownRoom, _) = await hub.AddRoomWithDisplayAsync("一支部活动室", mine);
        Assert.Equal("roster_unknown", (await Assert.ThrowsAsync<RefusedException>(() => hub.AddMeetingAsync(host, ownRoom, [member.Id], unitId: mine))).Code);
        using var cards = await host.Http.GetAsync(new Uri($"/print/cards?ids={member.Id}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, cards.StatusCode);
        Assert.DoesNotContain("李四", await cards.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        static async Task RefusedAsync(Func<Task> call)
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(call);
            Assert.Contains(refused.Status, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        }
    }
}
