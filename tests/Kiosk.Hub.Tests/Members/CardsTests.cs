using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Members;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Tests.Members;

/// <summary>Cards for many members in one step.</summary>
public sealed class CardsTests
{
    [Fact]
    public async Task Everybody_without_a_card_gets_one_and_nobody_a_second_however_often_it_is_pressed()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var branch = await hub.CreateOrgUnitAsync("一支部");
        var has = await HubApplication.AddMemberAsync(admin, "甲有卡", branch);
        var lost = await HubApplication.AddMemberAsync(admin, "乙作废", branch);
        var none = await HubApplication.AddMemberAsync(admin, "丙没有", branch);
        var other = await HubApplication.AddMemberAsync(admin, "丁外支部", hub.RootUnitId);
        var kept = await admin.PostAsync<CardIssued>($"/api/members/{has.Id}/card");
        await admin.PostAsync<CardIssued>($"/api/members/{lost.Id}/card");
        await admin.DeleteAsync($"/api/members/{lost.Id}/card");
        var without = await admin.GetAsync<Page<MemberSummary>>($"/api/members?orgUnitId={branch}&withoutCard=true");
        Assert.Equal(2, without.Total);

        var both = await Task.WhenAll(IssueAsync(admin, new(branch)), IssueAsync(admin, new(branch)));
        Assert.Equal(new[] { lost.Id, none.Id }.Order(), both.SelectMany(each => each.Issued).Order());
        Assert.All(both, each => Assert.Equal(0, each.Left));
        Assert.Empty((await IssueAsync(admin, new(branch))).Issued);
        Assert.Equal(kept.Serial, (await admin.GetAsync<MemberSummary>($"/api/members/{has.Id}")).CardSerial);
        Assert.NotNull((await admin.GetAsync<MemberSummary>($"/api/members/{none.Id}")).CardSerial);
        Assert.Null((await admin.GetAsync<MemberSummary>($"/api/members/{other.Id}")).CardSerial);
    }

    [Fact]
    public async Task Those_named_or_searched_for_only_and_never_another_branch_s()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var (ours, theirs) = (await hub.CreateOrgUnitAsync("一支部"), await hub.CreateOrgUnitAsync("二支部"));
        using var host = await hub.SignInAsAsync(OperatorRole.Host, ours);
        var (zhang, li) = (await HubApplication.AddMemberAsync(admin, "张一", ours), await HubApplication.AddMemberAsync(admin, "李一", ours));
        var foreign = await HubApplication.AddMemberAsync(admin, "王二", theirs);
        Assert.Equal([zhang.Id], (await IssueAsync(host, new(null, null, [zhang.Id, foreign.Id]))).Issued);
        Assert.Equal([li.Id], (await IssueAsync(host, new(ours, "李"))).Issued);
        await Assert.ThrowsAsync<RefusedException>(() => IssueAsync(host, new(theirs)));
        Assert.Null((await admin.GetAsync<MemberSummary>($"/api/members/{foreign.Id}")).CardSerial);
        var many = Enumerable.Range(0, 201).Select(_ => Guid.NewGuid()).ToList();
        Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => IssueAsync(host, new(null, null, many)))).Code);
    }

    [Fact]
    public async Task Large_unit_is_done_in_several_calls_and_its_cards_print()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var ids = await hub.AddMembersAsync(203);
        await hub.QueryAsync(db => db.Set<MemberCard>().ExecuteDeleteAsync(TestContext.Current.CancellationToken));
        var first = await IssueAsync(admin, new(hub.RootUnitId));
        Assert.Equal((200, 3), (first.Issued.Count, first.Left));
        var last = await IssueAsync(admin, new(hub.RootUnitId));
        Assert.Equal((3, 0), (last.Issued.Count, last.Left));
        Assert.Equal(ids.Order(), first.Issued.Concat(last.Issued).Order());
        // As many as the admin prints on one page.
        var print = await admin.Http.GetAsync($"/print/cards?ids={string.Join(',', first.Issued)}", TestContext.Current.CancellationToken);
        Assert.Equal(200, (await print.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("<article>").Length - 1);
    }

    private static Task<CardsIssued> IssueAsync(OperatorSession who, CardsInput input) => who.PostAsync<CardsIssued>("/api/members/cards", input);
}
