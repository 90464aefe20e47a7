using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Alerts;

internal static class ListRecipients
{
    /// <summary>GET /api/alerts/recipients.</summary>
    public static async Task<Results<Ok<AlertRecipients>, ProblemHttpResult>> HandleAsync(
        Guid? orgUnitId, [AsParameters] Paging paging, HubDbContext db, OperatorAccess access, AlertAddresses addresses, HubOptions options, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(OperatorRole.Secretary, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var ids = units.Value;
        var webhooks = await access.CheckEverythingAsync(OperatorRole.Admin, cancellationToken) is null;
        var smtp = options.Alerts.Smtp;
        var recipients = db.Set<AlertRecipient>().Where(recipient => ids.Contains(recipient.OrgUnitId));
        return TypedResults.Ok(new AlertRecipients(
            smtp.Problem is { } problem ? AlertText.Get(problem) : null,
            smtp.From,
            webhooks,
            await ViewsAsync(db, recipients, paging, addresses, webhooks, cancellationToken))
        {
            Total = await recipients.CountAsync(cancellationToken),
        });
    }

    public static async Task<IReadOnlyList<AlertRecipientView>> ViewsAsync(
        HubDbContext db, IQueryable<AlertRecipient> query, Paging paging, AlertAddresses addresses, bool webhooks, CancellationToken cancellationToken)
    {
        var rows = await (
            from recipient in query
            join unit in db.Set<OrgUnit>() on recipient.OrgUnitId equals unit.Id
            orderby unit.Depth, unit.Name, recipient.Name, recipient.Id
            select new
            {
                Recipient = recipient,
                unit.Name,
                Sent = db.Set<AlertMessage>().Where(message => message.RecipientId == recipient.Id).Max(message => message.SentAt),
                Newest = db.Set<AlertMessage>().Where(message => message.RecipientId == recipient.Id).OrderByDescending(message => message.Id).FirstOrDefault(),
            }).AsNoTracking().Skip(paging.From).Take(paging.Size).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row, address: addresses.Open(row.Recipient.Sealed))).Select(pair => View(pair.row.Recipient, pair.row.Name, pair.address, pair.row.Sent, pair.row.Newest, webhooks))];
    }

    private static AlertRecipientView View(AlertRecipient recipient, string unit, AlertAddress? address, DateTimeOffset? sent, AlertMessage? newest, bool webhooks) => new(
        recipient.Id, recipient.Revision, recipient.OrgUnitId, unit, recipient.Name, recipient.Channel, Shown(recipient.Channel, address), recipient.Format, recipient.Language,
        recipient.QuietStart, recipient.QuietEnd, recipient.Kinds, recipient.Enabled, sent,
        newest is { SentAt: null, Code: { } code } ? Sentence(code, newest.Answer) : null,
        newest is { SentAt: null, Code: not null } ? newest.FailedAt : null,
        webhooks || recipient.Channel is AlertChannel.Mail)
    {
        HasSecret = address?.Secret is { Length: > 0 },
    };

    public static string Sentence(string code, string? answer) => answer is { Length: > 0 } ? $"{AlertText.Get(code)} {answer}" : AlertText.Get(code);

    private static string Shown(AlertChannel channel, AlertAddress? stored) =>
        stored?.Address is not { } address ? ""
        : channel is AlertChannel.Webhook && Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Authority
        : address;
}
