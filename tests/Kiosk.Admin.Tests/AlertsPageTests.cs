using Bunit;
using Kiosk.Admin.Features.Alerts;
using Kiosk.Admin.Shared;
using Kiosk.Admin.Shared.Layout;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>Settings → alerts: what is open, who is told, and when.</summary>
public sealed class AlertsPageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);
    private static readonly Guid Display = Guid.NewGuid();

    private static readonly AlertRecipientView Duty = new(
        Guid.NewGuid(), 3, AdminContext.Root, "党委", "值班室", AlertChannel.Mail, "duty@example.org", AlertFormat.Generic, Texts.Chinese, "22:00", "07:00", [], true, Now, null, null, true);

    [Theory]
    [InlineData(Texts.Chinese)]
    [InlineData(Texts.English)]
    public async Task Open_alert_leads_to_its_display_and_says_who_has_been_told(string language)
    {
        await using var context = new AdminContext(language);
        var page = Page(context, [Duty], [new(Guid.NewGuid(), AlertKind.Offline, Display, null, "一楼大厅", AdminContext.Branch, "第一支部", "Asia/Shanghai", "没有联系。", Now.AddMinutes(-20), null, null)]);
        var alert = page.WaitForElement("[data-testid=alert]");
        Assert.Equal(("offline", $"displays?show={Display}"), (alert.GetAttribute("data-kind"), alert.GetAttribute("href")));
        Assert.Contains(context.Texts["alert.told_nobody"], alert.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_to_tell_and_no_mail_server_are_said()
    {
        await using var context = new AdminContext();
        var page = Page(context, [], [], "没有设置邮件服务器。");
        page.WaitForElement("[data-testid=recipients-none]");
        Assert.Contains("没有设置邮件服务器。", page.Find("[data-testid=alert-mail-problem]").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("[data-testid=alerts-none]"));
    }

    [Fact]
    public async Task Test_button_shows_the_servers_own_words()
    {
        await using var context = new AdminContext();
        var page = Page(context, [Duty with { Failure = "连接不到邮件服务器。", FailedAt = Now }], []);
        context.Hub.Answer("POST", $"/api/alerts/recipients/{Duty.Id}/test", new AlertTestResult(false, "mail_refused", "邮件服务器没有接受这封邮件。", "550 5.1.1 no such mailbox here"));
        page.WaitForElement("[data-testid=recipient-test]").Click();
        var outcome = page.WaitForElement("[data-testid=recipient-tested]");
        Assert.Equal("mail_refused", outcome.GetAttribute("data-code"));
        Assert.Contains("no such mailbox here", outcome.TextContent, StringComparison.Ordinal);
        Assert.Contains(context.Texts["alert.gave_up"], page.Find("[data-testid=recipient-failure]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_is_saved_without_showing_its_address_again()
    {
        await using var context = new AdminContext();
        var robot = Duty with { Name = "群", Channel = AlertChannel.Webhook, Address = "qyapi.weixin.qq.com", Format = AlertFormat.Wecom };
        var page = Page(context, [robot], []);
        context.Hub.Answer("PUT", $"/api/alerts/recipients/{robot.Id}", robot);
        page.WaitForElement("[data-testid=recipient-edit]").Click();
        Assert.Equal("", page.WaitForElement("[data-testid=recipient-address]").GetAttribute("value") ?? "");
        page.Find("[data-testid=recipient-save]").Click();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=recipient-dialog]")));
        var sent = context.Hub.Requests.Single(request => request.Method == "PUT").Body;
        Assert.Contains("\"revision\":3", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("\"address\":\"", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stored_key_of_a_webhook_is_removed_when_that_is_wanted()
    {
        await using var context = new AdminContext();
        var hook = Duty with { Name = "值班系统", Channel = AlertChannel.Webhook, Address = "example.org", HasSecret = true };
        var page = Page(context, [hook], []);
        context.Hub.Answer("PUT", $"/api/alerts/recipients/{hook.Id}", hook);
        page.WaitForElement("[data-testid=recipient-edit]").Click();
        page.WaitForElement("[data-testid=recipient-secret-remove]").Change(true);
        page.Find("[data-testid=recipient-save]").Click();
        page.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.Method == "PUT"));
        Assert.Contains("\"secret\":\"\"", context.Hub.Requests.Single(request => request.Method == "PUT").Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recipients_are_shown_page_by_page()
    {
        await using var context = new AdminContext();
        var page = Page(context, [Duty], [], total: 45);
        page.WaitForElement("[data-testid=page-next]").Click();
        page.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.PathAndQuery.StartsWith("/api/alerts/recipients", StringComparison.Ordinal) && request.PathAndQuery.Contains("skip=20", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Fault_of_a_player_is_shown_with_how_often_and_when_last()
    {
        await using var context = new AdminContext();
        var page = Page(context, [Duty], [new AlertView(Guid.NewGuid(), AlertKind.PlayerFault, Display, null, "一楼大厅", AdminContext.Branch, "第一支部", "Asia/Shanghai", "点开看。", Now.AddHours(-2), null, null)
        {
            Fault = "磁盘读写出错", Times = 3, LastAt = Now.AddMinutes(-5),
        }]);
        var text = page.WaitForElement("[data-testid=alert]").TextContent;
        Assert.Contains("设备报告故障：磁盘读写出错", text, StringComparison.Ordinal);
        Assert.Contains("共 3 次，最近", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_rules_of_the_unit_itself_are_stored()
    {
        await using var context = new AdminContext();
        var page = Page(context, [], []);
        context.Hub.Answer("PUT", "/api/alerts/rules", Rules);
        page.WaitForElements("[data-testid=alert-rule]", 2);
        page.FindAll("[data-testid=alert-rule-minutes]")[0].Change("25");
        page.Find("[data-testid=alert-rules-save]").Click();
        page.WaitForAssertion(() => Assert.Contains(context.Hub.Requests, request => request.Method == "PUT"));
        var sent = context.Hub.Requests.Single(request => request.Method == "PUT").Body;
        Assert.Contains("\"minutes\":25", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("disk_full", sent, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(OperatorRole.Admin, 1, false)]
    [InlineData(OperatorRole.Secretary, 1, false)]
    [InlineData(OperatorRole.Editor, 0, true)]
    public async Task Secretary_finds_the_page_in_their_rail_and_others_do_not(OperatorRole role, int links, bool refused)
    {
        await using var context = new AdminContext(Texts.Chinese, new RoleGrant(role, AdminContext.Root, "党委"));
        var entries = RailEntry.For(context.Workspace).ToList();
        Assert.Equal(links, entries.SelectMany(entry => entry.Under.Append(entry)).Count(entry => entry.Address == "settings/alerts"));
        Assert.Equal(refused, RailEntry.Refuses(context.Workspace, "settings/alerts"));
        Assert.Equal(role is not OperatorRole.Admin, RailEntry.Refuses(context.Workspace, "settings/backup"));
    }

    private static readonly IReadOnlyList<AlertRuleView> Rules = [new(AlertKind.Offline, true, 10, false, 2), new(AlertKind.DiskFull, true, 30, false, 5)];

    private static IRenderedComponent<AlertsPage> Page(AdminContext context, IReadOnlyList<AlertRecipientView> recipients, IReadOnlyList<AlertView> alerts, string? mailProblem = null, int total = 0)
    {
        context.Hub.Answer("GET", "/api/alerts", new Page<AlertView>(alerts, alerts.Count));
        context.Hub.Answer("GET", "/api/alerts/rules", Rules);
        context.Hub.Answer("GET", "/api/alerts/recipients", new AlertRecipients(mailProblem, "kiosk@example.org", true, recipients) { Total = total });
        return context.Render<AlertsPage>();
    }
}
