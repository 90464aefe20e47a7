using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Alerts;

/// <summary>Whose the rules and recipients are, and what the test button says.</summary>
public sealed class AlertAccessTests
{
    [Fact]
    public async Task Secretary_sets_rules_and_mail_of_their_unit_and_nothing_else()
    {
        await using var hub = await HubApplication.StartAsync();
        var (mine, other) = (await hub.CreateOrgUnitAsync("第一支部"), await hub.CreateOrgUnitAsync("第二支部"));
        using var secretary = await hub.SignInAsAsync(OperatorRole.Secretary, mine);
        var made = await secretary.PostAsync<AlertRecipientView>("/api/alerts/recipients", Mail(mine));
        Assert.Equal(("duty@example.org", true), (made.Address, made.CanEdit));
        Assert.Equal("not_found", (await Assert.ThrowsAsync<RefusedException>(() => secretary.PostAsync<AlertRecipientView>("/api/alerts/recipients", Mail(other)))).Code);
        Assert.Equal("not_your_unit", (await Assert.ThrowsAsync<RefusedException>(() => secretary.PostAsync<AlertRecipientView>(
            "/api/alerts/recipients", Mail(mine) with { Channel = AlertChannel.Webhook, Address = "https://example.org/x" }))).Code);

        var rules = await secretary.PutAsync<IReadOnlyList<AlertRuleView>>("/api/alerts/rules", new AlertRulesInput(mine, [new(AlertKind.Offline, true, 25)]));
        Assert.Equal((25, true), (rules[0].Minutes, rules[0].Own));
        Assert.DoesNotContain(rules, rule => rule.Kind is AlertKind.Backup);
        Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => secretary.PutAsync<IReadOnlyList<AlertRuleView>>("/api/alerts/rules", new AlertRulesInput(mine, [new(AlertKind.Offline, true, 1)])))).Code);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<RefusedException>(() => secretary.PutAsync<IReadOnlyList<AlertRuleView>>("/api/alerts/rules", new AlertRulesInput(hub.RootUnitId, [])))).Code);
    }

    [Fact]
    public async Task Webhooks_are_public_https_and_their_address_is_not_shown_again()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var input = Mail(hub.RootUnitId) with { Channel = AlertChannel.Webhook, Format = AlertFormat.Wecom, Address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret" };
        var made = await admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", input);
        Assert.Equal("qyapi.weixin.qq.com", made.Address);
        var kept = await admin.PutAsync<AlertRecipientView>($"/api/alerts/recipients/{made.Id}", input with { Address = null, Revision = made.Revision, Name = "群" });
        Assert.Equal(("qyapi.weixin.qq.com", "群"), (kept.Address, kept.Name));
        Assert.Equal("revision_changed", (await Assert.ThrowsAsync<RefusedException>(() => admin.PutAsync<AlertRecipientView>($"/api/alerts/recipients/{made.Id}", input with { Revision = made.Revision }))).Code);
        foreach (var address in (string[])["http://example.org/x", "https://10.0.0.1/x", "https://localhost/x", "https://user@example.org/x", "https://[::1]/x"])
        {
            Assert.Equal("webhook_not_allowed", (await Assert.ThrowsAsync<RefusedException>(() => admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", input with { Address = address }))).Code);
        }
    }

    [Fact]
    public async Task Key_of_a_webhook_is_kept_until_it_is_replaced_or_removed()
    {
        await using var receiver = await WebhookReceiver.StartAsync(_ => (200, "", null));
        await using var hub = await HubApplication.StartAsync(settings: "--Hub:Alerts:PrivateHosts:0=127.0.0.1");
        using var admin = await hub.SignInAsync();
        var input = Mail(hub.RootUnitId) with { Channel = AlertChannel.Webhook, Address = receiver.Address.ToString(), Secret = "key" };
        var made = await admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", input);
        Assert.True(made.HasSecret);
        made = await admin.PutAsync<AlertRecipientView>($"/api/alerts/recipients/{made.Id}", input with { Address = null, Secret = null, Revision = made.Revision });
        Assert.True(made.HasSecret);
        await admin.PostAsync<AlertTestResult>($"/api/alerts/recipients/{made.Id}/test", new { });
        made = await admin.PutAsync<AlertRecipientView>($"/api/alerts/recipients/{made.Id}", input with { Address = null, Secret = "", Revision = made.Revision });
        Assert.False(made.HasSecret);
        await admin.PostAsync<AlertTestResult>($"/api/alerts/recipients/{made.Id}/test", new { });
        Assert.Equal([true, false], receiver.Calls.Select(call => call.Headers.ContainsKey("X-Kiosk-Signature")));
    }

    [Fact]
    public async Task Recipients_are_read_page_by_page()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        foreach (var at in Enumerable.Range(1, 5))
        {
            await admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", Mail(hub.RootUnitId) with { Name = $"第 {at} 人" });
        }

        var page = await admin.GetAsync<AlertRecipients>("/api/alerts/recipients?skip=2&take=2");
        Assert.Equal((5, "第 3 人,第 4 人"), (page.Total, string.Join(',', page.Items.Select(each => each.Name))));
        Assert.Equal("第 5 人", Assert.Single((await admin.GetAsync<AlertRecipients>("/api/alerts/recipients?skip=4&take=2")).Items).Name);
    }

    [Fact]
    public async Task Test_button_says_what_the_server_said()
    {
        await using var mail = new SmtpServer();
        await using var hub = await HubApplication.StartAsync(settings: mail.Settings());
        using var admin = await hub.SignInAsync();
        var made = await admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", Mail(hub.RootUnitId));
        var sent = await admin.PostAsync<AlertTestResult>($"/api/alerts/recipients/{made.Id}/test", new { });
        Assert.True(sent.Sent);
        Assert.Contains("queued", sent.Answer, StringComparison.Ordinal);
        mail.Refuses = "duty@";
        var refused = await admin.PostAsync<AlertTestResult>($"/api/alerts/recipients/{made.Id}/test", new { });
        Assert.Equal((false, "mail_refused"), (refused.Sent, refused.Code));
        Assert.Contains("no such mailbox", refused.Answer, StringComparison.Ordinal);
    }

    private static AlertRecipientInput Mail(Guid unit) => new(unit, null, "值班室", AlertChannel.Mail, "duty@example.org", AlertFormat.Generic, null, "zh-CN", "22:00", "07:00", [], true);
}
