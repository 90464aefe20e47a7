using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Hosting;

/// <summary>主持操作记录: who hosted what where, also what was refused, of the operator's own units.</summary>
public class HostEventsTests
{
    [Fact]
    public async Task Applied_refused_and_nameless_actions_are_listed_newest_first_and_filtered()
    {
        await using var evening = await HostEvening.StartAsync();
        var other = await evening.Hub.AddDisplayAsync(evening.Evening.RoomId);
        var stranger = await evening.Evening.CardAsync(1);
        await evening.DoAsync(evening.Act(HostActionKind.Begin));
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
        await evening.DoAsync(evening.Act(HostActionKind.Close) with { Card = stranger }, other);
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
        await evening.DoAsync(evening.Start(Guid.CreateVersion7()) with { Card = "not a card" }, other);
        evening.Evening.Time.Advance(TimeSpan.FromMinutes(1));
        await evening.DeskAsync(HostActionKind.Count);

        var all = await ListAsync(evening.Evening.Host);
        Assert.Equal(
            [(HostActionKind.Count, false, "管理员"), (HostActionKind.Start, true, null), (HostActionKind.Close, true, "张小丁"), (HostActionKind.Begin, false, "张小一")],
            all.Items.Select(each => (each.Kind, each.Refused, each.By)));
        Assert.Null(all.Items[0].DisplayName);
        Assert.Equal((null, HostActionOutcome.UnknownCard), (all.Items[1].MeetingId, all.Items[1].Outcome));
        Assert.Equal((evening.MeetingId, evening.Evening.Meeting.Title), (all.Items[2].MeetingId, all.Items[2].MeetingTitle));
        Assert.Equal(2, (await ListAsync(evening.Evening.Host, "refused=true")).Total);
        Assert.Equal(2, (await ListAsync(evening.Evening.Host, $"displayId={other}")).Total);
        Assert.Equal(3, (await ListAsync(evening.Evening.Host, $"meetingId={evening.MeetingId}")).Total);
        var second = await ListAsync(evening.Evening.Host, "skip=1&take=1");
        Assert.Equal((4, HostActionKind.Start), (second.Total, Assert.Single(second.Items).Kind));
    }

    [Fact]
    public async Task Another_branch_sees_nothing_and_a_member_of_it_who_failed_here_is_masked_here()
    {
        await using var evening = await HostEvening.StartAsync();
        var (ours, theirs) = (await evening.Hub.CreateOrgUnitAsync("第一支部"), await evening.Hub.CreateOrgUnitAsync("第二支部"));
        var (_, door) = await evening.Hub.AddRoomWithDisplayAsync("一支部活动室", ours);
        var visitor = await HubApplication.AddMemberAsync(evening.Evening.Host, "赵流动", theirs);
        await evening.DoAsync(evening.Start(Guid.CreateVersion7(), unitId: ours) with { Card = await evening.Hub.CardAsync(evening.Evening.Host, visitor.Id) }, door);
        using var host = await evening.Hub.SignInAsAsync(OperatorRole.Host, ours);
        using var home = await evening.Hub.SignInAsAsync(OperatorRole.Host, theirs);
        using var third = await evening.Hub.SignInAsAsync(OperatorRole.Host, await evening.Hub.CreateOrgUnitAsync("第三支部"));
        Assert.Equal(("赵*动", HostActionOutcome.NotHost), (Assert.Single((await ListAsync(host)).Items).By, (await ListAsync(host)).Items[0].Outcome));
        Assert.Equal("赵流动", Assert.Single((await ListAsync(home)).Items).By);
        Assert.Empty((await ListAsync(third)).Items);
        using var editor = await evening.Hub.SignInAsAsync(OperatorRole.Editor, ours);
        Assert.Equal("role_missing", (await Assert.ThrowsAsync<RefusedException>(() => ListAsync(editor))).Code);
    }

    private static Task<Page<HostEventView>> ListAsync(OperatorSession who, string query = "") => who.GetAsync<Page<HostEventView>>("/api/host-events?" + query);
}
