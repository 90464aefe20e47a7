using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Kiosk.Hub.Shared;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Kiosk.Hub.Alerts;

/// <summary>Sends by the organisation's mail server; never in clear, but for a server on this very machine.</summary>
internal sealed class MailChannel(HubOptions options, TimeProvider time)
{
    private SmtpOptions Smtp => options.Alerts.Smtp;

    public async Task<AlertOutcome> SendAsync(string to, AlertSending sending, CancellationToken cancellationToken)
    {
        if (Smtp.Problem is { } problem)
        {
            return new AlertOutcome(problem, null, Final: true);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Smtp.Timeout);
        try
        {
            using var message = Compose(to, sending);
            using var client = new SmtpClient { CheckCertificateRevocation = false, Timeout = (int)Smtp.Timeout.TotalMilliseconds };
            if (Smtp.CertificateSha256 is { Length: > 0 } pinned)
            {
                client.ServerCertificateValidationCallback = (_, certificate, _, errors) => errors == System.Net.Security.SslPolicyErrors.None
                    || (certificate is X509Certificate2 shown && string.Equals(shown.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256), pinned.Replace(":", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
            }

            await client.ConnectAsync(Smtp.Host!, Smtp.Port, Security(), limit.Token);
            if (Smtp.User is { Length: > 0 } user)
            {
                await client.AuthenticateAsync(user, Smtp.ReadPassword() ?? "", limit.Token);
            }

            var answer = await client.SendAsync(message, limit.Token);
            await LeaveAsync(client, limit.Token);
            return new AlertOutcome(null, answer);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever it was, it is the recipient's answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Explain(failure);
        }
    }

    private SecureSocketOptions Security() => Smtp.Security switch
    {
        "tls" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private MimeMessage Compose(string to, AlertSending sending)
    {
        var message = new MimeMessage { Subject = sending.Title, Date = time.GetUtcNow(), MessageId = $"{sending.Id:N}@kiosk" };
        message.From.Add(new MailboxAddress(options.Name, Smtp.From!));
        message.To.Add(MailboxAddress.Parse(to));
        // No answer from a holiday notice.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain") { Text = sending.Text };
        return message;
    }

    // It is sent; a server that does not say goodbye changes nothing.
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(true, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or SocketException or ProtocolException or CommandException or OperationCanceledException)
        {
            return;
        }
    }

    private static AlertOutcome Explain(Exception failure) => failure switch
    {
        SmtpCommandException command => new AlertOutcome("mail_refused", $"{(int)command.StatusCode} {command.Message}", Final: (int)command.StatusCode >= 500),
        AuthenticationException => new AlertOutcome("mail_sign_in", failure.Message, Final: true),
        SslHandshakeException or NotSupportedException => new AlertOutcome("mail_no_tls", failure.InnerException?.Message ?? failure.Message),
        OperationCanceledException or TimeoutException => new AlertOutcome("mail_timeout", null),
        ParseException => new AlertOutcome("mail_refused", failure.Message, Final: true),
        _ => new AlertOutcome("mail_unreachable", failure.Message),
    };
}
