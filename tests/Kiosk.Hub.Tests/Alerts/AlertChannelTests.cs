using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Alerts;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Alerts;

/// <summary>What truly comes of a message: over a real mail conversation and real HTTP.</summary>
public sealed class AlertChannelTests
{
    private static readonly AlertSending Message = new(Guid.NewGuid(), "显示屏离线", "一楼大厅\n看这里\n", "[]", new DateTimeOffset(2026, 11, 26, 2, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Letter_goes_over_starttls_with_the_servers_answer()
    {
        await using var server = new SmtpServer { OffersTls = true };
        var outcome = await MailAsync(server, smtp => (smtp.Security, smtp.CertificateSha256) = ("starttls", server.CertificateSha256));
        Assert.True(outcome.Sent, outcome.ToString());
        Assert.Contains("queued as 4711", outcome.Answer, StringComparison.Ordinal);
        Assert.True(server.WasSecure);
        var letter = Assert.Single(server.Messages);
        Assert.Equal(("显示屏离线", "duty@example.org"), (letter.Subject, letter.To.ToString()));
        Assert.Equal($"{Message.Id:N}@kiosk", letter.MessageId);
    }

    [Fact]
    public async Task Nothing_is_sent_where_tls_is_absent_or_not_trusted()
    {
        await using var bare = new SmtpServer();
        Assert.Equal("mail_no_tls", (await MailAsync(bare, smtp => smtp.Security = "starttls")).Code);
        await using var stranger = new SmtpServer { OffersTls = true };
        Assert.Equal("mail_no_tls", (await MailAsync(stranger, smtp => smtp.Security = "starttls")).Code);
        Assert.Empty(bare.Messages.Concat(stranger.Messages));
    }

    [Fact]
    public async Task Refused_recipient_is_told_in_the_servers_words_and_not_tried_again()
    {
        await using var server = new SmtpServer { Refuses = "duty@" };
        var outcome = await MailAsync(server, _ => { });
        Assert.Equal(("mail_refused", true), (outcome.Code, outcome.Final));
        Assert.Contains("no such mailbox", outcome.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_server_is_given_up_and_tried_again_later()
    {
        await using var server = new SmtpServer { Stalls = true };
        var outcome = await MailAsync(server, smtp => smtp.Timeout = TimeSpan.FromSeconds(1));
        Assert.Equal(("mail_timeout", false), (outcome.Code, outcome.Final));
    }

    [Theory]
    [InlineData("mail.example.org", "none", "kiosk@example.org", "mail_must_be_secure")]
    [InlineData("127.0.0.1", "none", "kiosk@example.org", null)]
    [InlineData("mail.example.org", "ssl", "kiosk@example.org", "mail_security_unknown")]
    [InlineData("mail.example.org", "tls", null, "mail_from_missing")]
    [InlineData(null, "tls", "kiosk@example.org", "mail_not_set")]
    public void Unencrypted_mail_is_only_for_this_machine(string? host, string security, string? from, string? problem) =>
        Assert.Equal(problem, new SmtpOptions { Host = host, Security = security, From = from }.Problem);

    [Fact]
    public async Task Webhook_is_signed_and_its_answer_kept()
    {
        await using var receiver = await WebhookReceiver.StartAsync(_ => (200, "thanks", null));
        Assert.Equal((null, "200 thanks"), Told(await PostAsync(receiver.Address, AlertFormat.Generic, "key")));
        var (headers, body, _) = Assert.Single(receiver.Calls);
        var expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("key"), Encoding.UTF8.GetBytes(headers[WebhookBody.TimeHeader] + "." + body)));
        Assert.Equal(expected, headers[WebhookBody.SignatureHeader]);
        Assert.Equal(Message.Id.ToString("N"), headers[WebhookBody.IdHeader]);
        Assert.Equal("显示屏离线", JsonDocument.Parse(body).RootElement.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData(AlertFormat.Wecom, """{"errcode":0,"errmsg":"ok"}""", null)]
    [InlineData(AlertFormat.Wecom, """{"errcode":93000,"errmsg":"invalid webhook url"}""", "webhook_refused")]
    [InlineData(AlertFormat.Dingtalk, """{"errcode":0}""", null)]
    public async Task Group_robots_get_their_text_and_are_believed_by_their_errcode(AlertFormat format, string answer, string? code)
    {
        await using var receiver = await WebhookReceiver.StartAsync(_ => (200, answer, null));
        Assert.Equal(code, (await PostAsync(receiver.Address, format, "SEC1")).Code);
        var (_, body, query) = Assert.Single(receiver.Calls);
        var root = JsonDocument.Parse(body).RootElement;
        Assert.Equal("text", root.GetProperty("msgtype").GetString());
        Assert.StartsWith("显示屏离线", root.GetProperty("text").GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal(format is AlertFormat.Dingtalk, query.Contains("sign=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Redirect_to_a_private_address_is_not_followed()
    {
        await using var inside = await WebhookReceiver.StartAsync(_ => (200, "", null));
        await using var receiver = await WebhookReceiver.StartAsync(_ => (307, "", inside.Address.ToString()));
        var outcome = await PostAsync(receiver.Address, AlertFormat.Generic, null);
        Assert.Equal(("webhook_redirected", true), (outcome.Code, outcome.Final));
        Assert.Empty(inside.Calls);
    }

    [Fact]
    public async Task Own_network_is_called_only_where_the_settings_file_names_the_host()
    {
        await using var receiver = await WebhookReceiver.StartAsync(_ => (200, "", null));
        using var channel = new WebhookChannel(new HubOptions(), TimeProvider.System);
        var outcome = await channel.SendAsync(new AlertAddress(receiver.Address.ToString(), null), AlertFormat.Generic, Message, Cancellation);
        Assert.Equal("webhook_not_allowed", outcome.Code);
        // By its name, past what the address looks like.
        outcome = await channel.SendAsync(new AlertAddress($"https://ip6-localhost.localhost:{receiver.Address.Port}/", null), AlertFormat.Generic, Message, Cancellation);
        Assert.Contains(outcome.Code, (string[])["webhook_not_allowed", "webhook_unreachable"]);
        Assert.Empty(receiver.Calls);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.20.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2606:4700::1111", true)]
    public void Only_public_addresses_are_public(string address, bool isPublic) => Assert.Equal(isPublic, WebhookGuard.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public void What_fails_is_tried_three_times_more_and_then_kept_as_failed()
    {
        var now = Message.CreatedAt;
        var message = new AlertMessage { Id = Guid.NewGuid(), RecipientId = Guid.NewGuid(), Title = "", Text = "", Items = "[]", CreatedAt = now, NotBefore = now };
        foreach (var pause in AlertOutbox.Pauses)
        {
            AlertOutbox.Note(message, new AlertOutcome("webhook_refused", "500"), now);
            Assert.Equal((now + pause, null), (message.NotBefore, message.FailedAt));
        }

        AlertOutbox.Note(message, new AlertOutcome("webhook_refused", "500"), now);
        Assert.Equal((now, 4, "500"), (message.FailedAt!.Value, message.Failures, message.Answer));
        AlertOutbox.Note(message, new AlertOutcome(null, "200"), now);
        Assert.Null(message.Code);
    }

    [Fact]
    public void Robots_text_is_cut_at_whole_lines_and_keeps_the_last()
    {
        var cut = WebhookBody.Cut(string.Join('\n', Enumerable.Range(0, 300).Select(number => $"一楼大厅 {number}")) + "\n全部提醒：https://hub\n", WebhookBody.RobotBytes);
        Assert.True(Encoding.UTF8.GetByteCount(cut) <= WebhookBody.RobotBytes);
        Assert.EndsWith("全部提醒：https://hub", cut, StringComparison.Ordinal);
    }

    private static (string? Code, string? Answer) Told(AlertOutcome outcome) => (outcome.Code, outcome.Answer);

    private static Task<AlertOutcome> MailAsync(SmtpServer server, Action<SmtpOptions> change)
    {
        var options = new HubOptions { Alerts = { Smtp = { Host = "127.0.0.1", Port = server.Port, Security = "none", From = "kiosk@example.org" } } };
        change(options.Alerts.Smtp);
        return new MailChannel(options, TimeProvider.System).SendAsync("duty@example.org", Message, Cancellation);
    }

    private static async Task<AlertOutcome> PostAsync(Uri address, AlertFormat format, string? secret)
    {
        using var channel = new WebhookChannel(new HubOptions { Alerts = { PrivateHosts = ["127.0.0.1"] } }, TimeProvider.System);
        return await channel.SendAsync(new AlertAddress(address.ToString(), secret), format, Message, Cancellation);
    }
}
