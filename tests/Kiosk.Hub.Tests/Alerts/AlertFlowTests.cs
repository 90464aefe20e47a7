using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Alerts;

/// <summary>From a display that vanishes to the letter in somebody's mailbox, over restarts of the hub.</summary>
public class AlertFlowTests : IDisposable
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("kiosk-alerts-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 26, 2, 0, 0, TimeSpan.Zero));

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Site_that_vanishes_is_one_letter_a_restart_repeats_nothing_and_the_all_clear_is_one_more()
    {
        await using var mail = new SmtpServer();
        IReadOnlyList<Guid> displays;
        await using (var hub = await HubApplication.StartAsync(_time, _folder, mail.Settings()))
        {
            displays = [.. (await hub.AddDisplaysAsync(40)).Select(made => made.Id)];
            using var admin = await hub.SignInAsync();
            await admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", Recipient(hub.RootUnitId));
            await PassAsync(hub, 3, displays);
            await PassAsync(hub, 9, []);
            Assert.Empty((await admin.GetAsync<Page<AlertView>>("/api/alerts")).Items);
            await PassAsync(hub, 4, []);
            await Eventually.TrueAsync(() => mail.Messages.Count == 1, Cancellation);
            Assert.Equal(40, (await admin.GetAsync<Page<AlertView>>("/api/alerts?open=true&take=200")).Total);
            var text = mail.Messages[0].TextBody;
            Assert.Contains("【显示屏离线】中心党委 · 40", text, StringComparison.Ordinal);
            Assert.Contains("还有 20 处", text, StringComparison.Ordinal);
            Assert.Contains("屏 00001，从 11月26日 10:03 起", text, StringComparison.Ordinal);
            Assert.Contains("请检查电源和网络", text, StringComparison.Ordinal);
        }

        await using (var hub = await HubApplication.StartAsync(_time, _folder, mail.Settings()))
        {
            await PassAsync(hub, 20, []);
            Assert.Single(mail.Messages);
            await PassAsync(hub, 6, displays);
            await Eventually.TrueAsync(() => mail.Messages.Count == 2, Cancellation);
            Assert.Contains("已恢复", mail.Messages[1].Subject, StringComparison.Ordinal);
            using var admin = await hub.SignInAsync();
            Assert.Equal(0, (await admin.GetAsync<Page<AlertView>>("/api/alerts?open=true")).Total);
            Assert.Equal(40, (await admin.GetAsync<Page<AlertView>>("/api/alerts?open=false")).Total);
        }
    }

    [Fact]
    public async Task Hub_that_dies_between_storing_and_sending_or_before_the_answer_sends_again_under_the_same_id()
    {
        await using var mail = new SmtpServer { Stalls = true };
        string[] settings = [.. mail.Settings(), "--Hub:Alerts:Smtp:Timeout=00:10:00"];
        await using (var hub = await HubApplication.StartAsync(_time, _folder, settings))
        {
            using var admin = await hub.SignInAsync();
            var recipient = await admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", Recipient(hub.RootUnitId));
            await hub.AddAlertMessageAsync(recipient.Id, "一");
            await Eventually.TrueAsync(() => mail.Messages.Count == 1, Cancellation);
        }

        mail.Stalls = false;
        await using (var hub = await HubApplication.StartAsync(_time, _folder, settings))
        {
            await Eventually.TrueAsync(
                () =>
                {
                    _time.Advance(TimeSpan.FromSeconds(20));
                    return mail.Messages.Count >= 2;
                },
                Cancellation);
            using var admin = await hub.SignInAsync();
            await Eventually.TrueAsync(async () => (await admin.GetAsync<AlertRecipients>("/api/alerts/recipients")).Items.Single().LastSentAt is not null, Cancellation);
        }

        Assert.Equal(2, mail.Messages.Count);
        Assert.Equal(mail.Messages[0].MessageId, mail.Messages[1].MessageId);
    }

    [Fact]
    public async Task What_a_message_that_was_refused_for_good_told_is_told_again()
    {
        await using var mail = new SmtpServer { Refuses = "wang@example.org" };
        await using var hub = await HubApplication.StartAsync(_time, _folder, mail.Settings());
        IReadOnlyList<Guid> displays = [.. (await hub.AddDisplaysAsync(1)).Select(made => made.Id)];
        using var admin = await hub.SignInAsync();
        var made = await admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", Recipient(hub.RootUnitId) with { Address = "wang@example.org" });
        await PassAsync(hub, 3, displays);
        await PassAsync(hub, 13, []);
        await Eventually.TrueAsync(async () => (await admin.GetAsync<AlertRecipients>("/api/alerts/recipients")).Items.Single().FailedAt is not null, Cancellation);
        Assert.Empty(mail.Messages);

        mail.Refuses = null;
        await PassAsync(hub, 12, []);
        await Eventually.TrueAsync(() => mail.Messages.Count == 1, Cancellation);
        Assert.Contains("显示屏离线", mail.Messages[0].TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_that_answers_500_is_called_again_under_the_same_id_until_it_takes_it()
    {
        await using var receiver = await WebhookReceiver.StartAsync(call => (call < 3 ? 500 : 200, "", null));
        await using var hub = await HubApplication.StartAsync(_time, _folder, "--Hub:Alerts:PrivateHosts:0=127.0.0.1");
        using var admin = await hub.SignInAsync();
        var made = await admin.PostAsync<AlertRecipientView>(
            "/api/alerts/recipients", Recipient(hub.RootUnitId) with { Channel = AlertChannel.Webhook, Address = receiver.Address.ToString(), Secret = "key" });
        await hub.AddAlertMessageAsync(made.Id, "一");
        await Eventually.TrueAsync(async () => (await RecipientAsync()).Failure is not null, Cancellation);
        Assert.Null((await RecipientAsync()).FailedAt);
        await Eventually.TrueAsync(
            async () =>
            {
                _time.Advance(TimeSpan.FromSeconds(30));
                return (await RecipientAsync()) is { LastSentAt: not null, Failure: null };
            },
            Cancellation);
        Assert.Equal(3, receiver.Calls.Count);
        Assert.Single(receiver.Calls.Select(call => call.Headers["X-Kiosk-Message"]).Distinct());

        async Task<AlertRecipientView> RecipientAsync() => (await admin.GetAsync<AlertRecipients>("/api/alerts/recipients")).Items.Single();
    }

    [Fact]
    public async Task Half_open_line_is_offline_within_90_seconds_and_back_with_the_next_word()
    {
        await using var hub = await HubApplication.StartAsync(_time, _folder);
        await using var display = await hub.ConnectDisplayAsync(Cancellation);
        using var admin = await hub.SignInAsync();
        async Task<bool> OnlineAsync() => (await admin.GetAsync<DisplaySummary>($"/api/displays/{display.DisplayId}")).Online;
        // Nobody closes anything: the connection is open to the end.
        _time.Advance(TimeSpan.FromSeconds(75));
        Assert.True(await OnlineAsync());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await OnlineAsync());
        Assert.Equal("offline", Assert.Single((await admin.GetAsync<TodayView>("/api/today")).Attention).Code);
        await display.HelloAsync(Cancellation);
        Assert.True(await OnlineAsync());
    }

    [Fact]
    public async Task Today_and_alerts_say_the_same_about_a_display()
    {
        await using var hub = await HubApplication.StartAsync(_time, _folder);
        await using var display = await hub.ConnectDisplayAsync(Cancellation);
        using var admin = await hub.SignInAsync();
        await display.ReportStatusAsync(new DisplayStatus("1", null, null, "splash", ClockState.Synced, 0, 10L << 30, 0, 0, 0, 0, []), Cancellation);
        Assert.Empty((await admin.GetAsync<TodayView>("/api/today")).Attention);
        await PassAsync(hub, 14, [display.DisplayId]);
        var alert = Assert.Single((await admin.GetAsync<Page<AlertView>>("/api/alerts?open=true")).Items);
        Assert.Equal((AlertKind.NothingToPlay, display.DisplayId), (alert.Kind, alert.DisplayId!.Value));
        Assert.Equal("nothing_to_play", Assert.Single((await admin.GetAsync<TodayView>("/api/today")).Attention).Code);
    }

    [Fact]
    public async Task Display_that_waits_for_its_download_hours_is_not_among_those_that_need_a_person()
    {
        await using var hub = await HubApplication.StartAsync(_time, _folder);
        await using var display = await hub.ConnectDisplayAsync(Cancellation);
        using var admin = await hub.SignInAsync();
        var from = _time.GetUtcNow().AddHours(3);
        await display.ReportStatusAsync(Fine() with { ItemsReady = 3, ItemsTotal = 5, DownloadsFrom = from }, Cancellation);
        var today = await admin.GetAsync<TodayView>("/api/today");
        Assert.Empty(today.Attention);
        Assert.Equal((display.DisplayId, 2, from), Assert.Single(today.Downloads) is var waits ? (waits.DisplayId, waits.Items, waits.From) : default);

        _time.Advance(TimeSpan.FromSeconds(10));
        await display.ReportStatusAsync(Fine() with { ItemsReady = 3, ItemsTotal = 5 }, Cancellation);
        today = await admin.GetAsync<TodayView>("/api/today");
        Assert.Equal("content_missing", Assert.Single(today.Attention).Code);
        Assert.Empty(today.Downloads);
    }

    [Fact]
    public async Task Fault_of_a_player_is_told_with_first_last_and_how_often_and_when_it_is_over()
    {
        await using var mail = new SmtpServer();
        await using var hub = await HubApplication.StartAsync(_time, _folder, mail.Settings());
        await using var display = await hub.ConnectDisplayAsync(Cancellation);
        using var admin = await hub.SignInAsync();
        await admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", Recipient(hub.RootUnitId));
        var (first, last) = (_time.GetUtcNow().AddHours(-1), _time.GetUtcNow().AddMinutes(-1));
        await display.ReportStatusAsync(
            Fine() with { Faults = [new DisplayFault("update_failed", "x", first, last, 3), new DisplayFault("play_log_failed", "y", first, last, 1)] }, Cancellation);
        await PassAsync(hub, 6, [display.DisplayId]);
        await Eventually.TrueAsync(() => mail.Messages.Count == 1, Cancellation);
        var text = mail.Messages[0].TextBody;
        Assert.Contains("【升级没有成功】", text, StringComparison.Ordinal);
        Assert.Contains("从 11月26日 09:00 起，共 3 次，最近 11月26日 09:59", text, StringComparison.Ordinal);
        Assert.Contains("播放记录写不进磁盘", text, StringComparison.Ordinal);
        var open = (await admin.GetAsync<Page<AlertView>>("/api/alerts?open=true")).Items.Single(alert => alert.Kind is AlertKind.UpdateFailed);
        Assert.Equal((first, last, 3L), (open.Since, open.LastAt!.Value, open.Times!.Value));

        await display.ReportStatusAsync(Fine(), Cancellation);
        await PassAsync(hub, 15, [display.DisplayId]);
        await Eventually.TrueAsync(() => mail.Messages.Count == 2, Cancellation);
        Assert.Contains("已恢复", mail.Messages[1].Subject, StringComparison.Ordinal);
        Assert.Contains("共 3 次", mail.Messages[1].TextBody, StringComparison.Ordinal);
        Assert.Equal(0, (await admin.GetAsync<Page<AlertView>>("/api/alerts?open=true")).Total);
    }

    [Fact]
    public async Task Rule_that_is_off_sends_nothing_and_hides_nothing_on_today()
    {
        await using var mail = new SmtpServer();
        await using var hub = await HubApplication.StartAsync(_time, _folder, mail.Settings());
        await using var display = await hub.ConnectDisplayAsync(Cancellation);
        using var admin = await hub.SignInAsync();
        await admin.PostAsync<AlertRecipientView>("/api/alerts/recipients", Recipient(hub.RootUnitId));
        await admin.PutAsync<IReadOnlyList<AlertRuleView>>("/api/alerts/rules", new AlertRulesInput(hub.RootUnitId, [new(AlertKind.NothingToPlay, false, 10)]));
        await display.ReportStatusAsync(Fine() with { Rule = "splash" }, Cancellation);
        await PassAsync(hub, 20, [display.DisplayId]);
        Assert.Equal("nothing_to_play", Assert.Single((await admin.GetAsync<TodayView>("/api/today")).Attention).Code);
        Assert.Null(Assert.Single((await admin.GetAsync<Page<AlertView>>("/api/alerts?open=true")).Items).ToldAt);

        await admin.PutAsync<IReadOnlyList<AlertRuleView>>("/api/alerts/rules", new AlertRulesInput(hub.RootUnitId, []));
        await PassAsync(hub, 3, [display.DisplayId]);
        await Eventually.TrueAsync(() => mail.Messages.Count == 1, Cancellation);
    }

    private static DisplayStatus Fine() => new("1", null, null, "schedule", ClockState.Synced, 0, 10L << 30, 0, 0, 0, 0, []);

    // Half a minute at a time, as the hub itself looks.
    private async Task PassAsync(HubApplication hub, int minutes, IReadOnlyList<Guid> alive)
    {
        for (var half = 0; half < 2 * minutes; half++)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            hub.Seen(alive);
            await hub.LookAtAlertsAsync();
        }
    }

    private static AlertRecipientInput Recipient(Guid unit) =>
        new(unit, null, "值班室", AlertChannel.Mail, "duty@example.org", AlertFormat.Generic, null, "zh-CN", null, null, [], true);
}

/// <summary>The same on PostgreSQL.</summary>
[Trait(Databases.Trait, Databases.Postgres)]
public sealed class PostgresAlertFlowTests : AlertFlowTests;
