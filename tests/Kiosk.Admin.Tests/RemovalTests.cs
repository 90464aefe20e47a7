using Bunit;
using Kiosk.Admin.Features.Displays;
using Kiosk.Admin.Features.Members;
using Kiosk.Admin.Features.OrgUnits;
using Kiosk.Admin.Shared;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>What cannot be taken back is asked for: phones signed out, displays deleted, check-in keys replaced.</summary>
public sealed class RemovalTests
{
    private static readonly Guid Member = Guid.Parse("55555555-5555-5555-5555-555555555555");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);
    private static readonly EnrolledPhone Old = new(Guid.NewGuid(), Now.AddDays(-40), Now.AddHours(-2), Now.AddDays(300));
    private static readonly EnrolledPhone New = new(Guid.NewGuid(), Now.AddHours(-3), Now.AddMinutes(-5), Now.AddDays(360));

    [Fact]
    public async Task Phone_is_signed_out_after_asking_and_the_others_stay()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", $"/api/members/{Member}/phones", new[] { New, Old });
        context.Hub.Answer("DELETE", $"/api/members/{Member}/phones/{Old.Id}", new { });
        var phones = context.Render<MemberPhones>(parameters => parameters.Add(each => each.MemberId, Member).Add(each => each.Name, "张三"));
        Assert.Equal(2, phones.WaitForElements("[data-testid=phone-row]").Count);
        Assert.Contains("今天 16:00 登记", phones.Find("[data-testid=phone-row]").TextContent, StringComparison.Ordinal);
        Assert.Contains("5 分钟前", phones.Find("[data-testid=phone-row]").TextContent, StringComparison.Ordinal);

        phones.FindAll("[data-testid=phone-end]")[1].Click();
        Assert.DoesNotContain(context.Hub.Requests, request => request.Method == "DELETE");
        context.Hub.Answer("GET", $"/api/members/{Member}/phones", new[] { New });
        phones.Find("[data-testid=confirm-yes]").Click();
        phones.WaitForAssertion(() => Assert.Equal(New.Id.ToString(), Assert.Single(phones.FindAll("[data-testid=phone-row]")).GetAttribute("data-id")));
        Assert.Equal($"/api/members/{Member}/phones/{Old.Id}", context.Hub.Requests.Single(request => request.Method == "DELETE").PathAndQuery);
    }

    [Fact]
    public async Task Phone_that_could_not_be_signed_out_is_said_in_the_question()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", $"/api/members/{Member}/phones", new[] { New });
        context.Hub.Refuse("DELETE", $"/api/members/{Member}/phones/{New.Id}", 500, "");
        var phones = context.Render<MemberPhones>(parameters => parameters.Add(each => each.MemberId, Member));
        phones.WaitForElement("[data-testid=phone-end]").Click();
        phones.Find("[data-testid=confirm-yes]").Click();
        Assert.Equal("hub_failed", phones.WaitForElement("[data-testid=confirm] [data-testid=problem]").GetAttribute("data-code"));
    }

    [Fact]
    public async Task Display_is_deleted_only_when_its_name_was_typed()
    {
        await using var context = new AdminContext();
        var removed = false;
        var display = Display("大厅 & 东门");
        context.Hub.Answer("DELETE", $"/api/displays/{display.Id}", new { });
        var dialog = context.Render<RemoveDisplayDialog>(parameters => parameters.Add(each => each.Display, display).Add(each => each.OnRemoved, () => removed = true));
        Assert.Contains("签到记录和积分", dialog.Markup, StringComparison.Ordinal);

        dialog.Find("[data-testid=display-remove-name]").Input("大厅");
        dialog.Find("[data-testid=display-remove-yes]").Click();
        Assert.Contains("大厅 & 东门", dialog.WaitForElement("[data-testid=field-error]").TextContent, StringComparison.Ordinal);
        Assert.Empty(context.Hub.Requests);

        dialog.Find("[data-testid=display-remove-name]").Input(" 大厅 & 东门 ");
        dialog.Find("[data-testid=display-remove-yes]").Click();
        dialog.WaitForAssertion(() => Assert.True(removed));
        Assert.Equal($"/api/displays/{display.Id}?confirm={Uri.EscapeDataString("大厅 & 东门")}", Assert.Single(context.Hub.Requests).PathAndQuery);
    }

    [Fact]
    public async Task Deleting_is_offered_to_administrators_alone_also_without_a_player()
    {
        await using var context = new AdminContext();
        var dialog = context.Render<DisplayDialog>(parameters => parameters.Add(each => each.Display, Display("大厅")).Add(each => each.CanEdit, false));
        Assert.Empty(dialog.FindAll("[data-testid=display-remove]"));
        dialog.Render(parameters => parameters.Add(each => each.CanEdit, true));
        Assert.Empty(dialog.FindAll("[data-testid=display-revoke]"));
        dialog.Find("[data-testid=display-remove]").Click();
        dialog.WaitForElement("[data-testid=display-remove-dialog]");
    }

    [Fact]
    public async Task Keys_are_replaced_after_asking_and_the_page_says_how_many_displays_have_them()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("POST", "/api/check-in-keys/rotate", new CheckInKeysRotated(3, 12));
        var page = context.Render<CheckInKeysPage>();
        page.Find("[data-testid=keys-rotate]").Click();
        Assert.Empty(context.Hub.Requests);
        page.WaitForElement("[data-testid=confirm-yes]").Click();
        Assert.Contains("第 3 套密钥，发给了 12 块", page.WaitForElement("[data-testid=keys-rotated]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_not_offered_to_the_administrator_of_a_part()
    {
        await using var context = new AdminContext(Texts.English, new RoleGrant(OperatorRole.Admin, AdminContext.Branch, "第一支部"));
        var page = context.Render<CheckInKeysPage>();
        Assert.Empty(page.FindAll("[data-testid=keys-rotate]"));
        page.Find("[data-testid=keys-not-yours]");
    }

    private static DisplaySummary Display(string name) => new(
        Guid.NewGuid(), 7, name, AdminContext.Root, "党委", null, null, "Asia/Shanghai", Orientation.Landscape, [], "zh-CN", 60, false, Disclosure.Public, [], false, false, null, null, null);
}
