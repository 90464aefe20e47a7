using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Alerts;

/// <summary>A message on its way.</summary>
/// <param name="Id">The same however often it is sent: a receiver that has it already drops it.</param>
internal sealed record AlertSending(Guid Id, string Title, string Text, string Items, DateTimeOffset CreatedAt);

/// <summary>What came of a try.</summary>
/// <param name="Code">Null: it went out.</param>
/// <param name="Answer">What the server said.</param>
/// <param name="Final">Trying again would not help.</param>
internal sealed record AlertOutcome(string? Code, string? Answer, bool Final = false)
{
    public bool Sent => Code is null;
}

/// <summary>The way to a recipient.</summary>
internal sealed class AlertChannels(AlertAddresses addresses, MailChannel mail, WebhookChannel webhooks)
{
    public async Task<AlertOutcome> SendAsync(AlertRecipient recipient, AlertSending message, CancellationToken cancellationToken) =>
        addresses.Open(recipient.Sealed) is not { } address ? new AlertOutcome("address_unreadable", null, Final: true)
        : recipient.Channel is AlertChannel.Mail ? await mail.SendAsync(address.Address, message, cancellationToken)
        : await webhooks.SendAsync(address, recipient.Format, message, cancellationToken);
}
