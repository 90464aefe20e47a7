using System.Text.Json;
using Bunit;
using Kiosk.Admin.Features.Members;
using Kiosk.Admin.Shared;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>Cards for many members: how many is said first, then they are issued and printed together.</summary>
public sealed class CardsTests
{
    private static readonly MemberSummary With = Member("有卡", 7);
    private static readonly MemberSummary Without = Member("没卡", null);

    [Fact]
    public async Task Everybody_without_a_card_after_how_many_is_said_in_as_many_calls_as_it_takes()
    {
        await using var context = Hub(withoutCard: 203);
        var ids = Enumerable.Range(0, 203).Select(_ => Guid.NewGuid()).ToList();
        var page = context.Render<MembersPage>();
        page.WaitForElement("[data-testid=cards-all]").Click();
        page.WaitForAssertion(() => Assert.Contains("203 人还没有签到卡", page.Find("[data-testid=cards-text]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(context.Hub.Requests, request => request.Method == "POST");

        context.Hub.AnswerInTurn("POST", "/api/members/cards", new CardsIssued(ids[..200], 3), new CardsIssued(ids[200..], 0));
        page.Find("[data-testid=cards-issue]").Click();
        page.WaitForAssertion(() => Assert.Contains("已发 203 张", page.Find("[data-testid=cards-done]").TextContent, StringComparison.Ordinal));
        Assert.Equal(2, context.Hub.Requests.Count(request => request.Method == "POST"));
        Assert.Equal(["打印第 1–200 张", "打印第 201–203 张"], page.FindAll("[data-testid=cards-print]").Select(link => link.TextContent.Trim()));
        Assert.Empty(page.FindAll("[data-testid=cards-issue]"));
    }

    [Fact]
    public async Task Of_those_chosen_only_who_has_none_gets_one_and_all_are_printed()
    {
        await using var context = Hub();
        context.Hub.Answer("POST", "/api/members/cards", new CardsIssued([Without.Id], 0));
        var page = context.Render<MembersPage>();
        page.WaitForElement("[data-testid=cards-select-page]").Change(true);
        Assert.Contains("2", page.WaitForElement("[data-testid=cards-chosen]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=cards-chosen]").Click();
        Assert.Contains("选中 2 人，其中 1 人还没有签到卡", page.WaitForElement("[data-testid=cards-text]").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=cards-issue]").Click();
        var link = page.WaitForElement("[data-testid=cards-print]");
        Assert.Contains(With.Id.ToString(), link.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains(Without.Id.ToString(), link.GetAttribute("href"), StringComparison.Ordinal);
        var sent = JsonDocument.Parse(context.Hub.Requests.Single(request => request.Method == "POST").Body).RootElement;
        Assert.Equal(Without.Id, Assert.Single(sent.GetProperty("memberIds").EnumerateArray()).GetGuid());
    }

    [Fact]
    public async Task Those_who_all_have_cards_are_only_printed_and_a_unit_where_everybody_has_one_offers_nothing()
    {
        await using var context = Hub();
        var page = context.Render<MembersPage>();
        page.WaitForElements("[data-testid=member-select]")[0].Change(true);
        Assert.Equal($"/print/cards?ids={With.Id}", page.WaitForElement("[data-testid=print-cards]").GetAttribute("href"));
        Assert.Empty(page.FindAll("[data-testid=cards-chosen]"));
        page.Find("[data-testid=cards-clear]").Click();
        page.WaitForElement("[data-testid=cards-all]").Click();
        page.WaitForElement("[data-testid=cards-none]");
        Assert.Empty(page.FindAll("[data-testid=cards-issue]"));
    }

    [Fact]
    public async Task What_was_issued_before_a_refusal_is_there_to_be_printed()
    {
        await using var context = Hub(withoutCard: 2);
        context.Hub.AnswerInTurn("POST", "/api/members/cards", new CardsIssued([Without.Id], 1), null);
        var page = context.Render<MembersPage>();
        page.WaitForElement("[data-testid=cards-all]").Click();
        page.WaitForElement("[data-testid=cards-issue]").Click();
        page.WaitForElement("[data-testid=cards-dialog] [data-testid=problem]");
        Assert.Equal($"/print/cards?ids={Without.Id}", page.Find("[data-testid=cards-print]").GetAttribute("href"));
    }

    private static AdminContext Hub(int withoutCard = 0)
    {
        var context = new AdminContext(Texts.Chinese);
        context.Hub.AnswerPage("GET", "/api/members", query => query.Contains("withoutCard=true", StringComparison.OrdinalIgnoreCase)
            ? new Page<MemberSummary>([], withoutCard) : new Page<MemberSummary>([With, Without], 2));
        return context;
    }

    private static MemberSummary Member(string name, uint? card) =>
        new(Guid.NewGuid(), name, name, AdminContext.Root, "党委", PersonKind.FullMember, false, null, card, 0, 0, [], MemberStatus.Normal, null, null);
}
