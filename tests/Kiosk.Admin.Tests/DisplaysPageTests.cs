using Bunit;
using Kiosk.Admin.Features.Displays;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Admin.Tests;

public sealed class DisplaysPageTests
{
    [Fact]
    public async Task Display_that_is_open_has_an_address_of_its_own()
    {
        await using var context = new AdminContext();
        var (near, far) = (Display(1, "大厅"), Display(300, "三楼"));
        context.Hub.Answer("GET", "/api/displays", new Page<DisplaySummary>([near], 500));
        context.Hub.Answer("GET", $"/api/displays/{far.Id}", far);
        context.Hub.Answer("GET", "/api/rooms", Array.Empty<RoomSummary>());
        var nav = context.Services.GetRequiredService<NavigationManager>();

        var page = context.Render<DisplaysPage>();
        page.WaitForElement("[data-testid=display-card] button").Click();
        Assert.EndsWith($"displays?show={near.Id}", nav.Uri, StringComparison.Ordinal);
        Assert.Contains("大厅", page.WaitForElement("[data-testid=display-dialog]").TextContent, StringComparison.Ordinal);

        nav.NavigateTo($"displays?show={far.Id}");
        var linked = context.Render<DisplaysPage>();
        Assert.Contains("三楼", linked.WaitForElement("[data-testid=display-dialog]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_to_a_display_that_is_gone_says_so()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", "/api/displays", new Page<DisplaySummary>([Display(1, "大厅")], 1));
        context.Services.GetRequiredService<NavigationManager>().NavigateTo($"displays?show={Guid.NewGuid()}");
        var page = context.Render<DisplaysPage>();
        Assert.NotEqual("", page.WaitForElement("[data-testid=problem]").TextContent.Trim());
        Assert.Empty(page.FindAll("[data-testid=display-dialog]"));
    }

    [Fact]
    public async Task Second_code_scanned_while_the_page_is_open_is_read_as_the_first_was()
    {
        await using var context = new AdminContext();
        context.Hub.Answer("GET", "/api/displays", new Page<DisplaySummary>([], 0));
        context.Hub.Answer("GET", "/api/rooms", Array.Empty<RoomSummary>());
        var nav = context.Services.GetRequiredService<NavigationManager>();
        nav.NavigateTo("displays/pair?code=AAAA-BBBB");
        var page = context.Render<DisplaysPage>();
        Assert.Equal("AAAA-BBBB", page.WaitForElement("[data-testid=pair-code]").GetAttribute("value"));

        nav.NavigateTo("displays/pair?code=CCCC-DDDD");
        page.Render();
        Assert.Equal("CCCC-DDDD", page.WaitForElement("[data-testid=pair-code]").GetAttribute("value"));
    }

    private static DisplaySummary Display(int number, string name) => DisplayHoursTests.Display([], []) with { Id = Guid.NewGuid(), Number = number, Name = name };
}
