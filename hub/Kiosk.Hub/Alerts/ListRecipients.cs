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
        Guid? orgUnitId, HubDbContext db, OperatorAccess access, AlertAddresses addresses, HubOptions options, CancellationToken cancellationToken)
    {
        var units = await access.UnitIdsAsync(OperatorRole.Secretary, orgUnitId, cancellationToken);
        if (!units.IsOk)
        {
            return Problems.From(units.Error);
        }

        var ids = units.Value;
        var webhooks = await access.CheckEverythingAsync(OperatorRole.Admin, cancellationToken) is null;
        var smtp = options.Alerts.Smtp;
        return TypedResults.Ok(new AlertRecipients(
            smtp.Problem is { } problem ? AlertText.Get(problem) : null,
            smtp.From,
            webhooks,
            await ViewsAsync(db, db.Set<AlertRecipient>().Where(recipient => ids.Contains(recipient.OrgUnitId)), addresses, webhooks, cancellationToken)));
    }

    public static async Task<IReadOnlyList<AlertRecipientView>> ViewsAsync(
        HubDbContext db, IQueryable<AlertRecipient> query, AlertAddresses addresses, bool webhooks, CancellationToken cancellationToken)
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
            }).AsNoTracking().ToListAsync(cancellationToken);
        return [.. rows.Select(row => new AlertRecipientView(
            row.Recipient.Id, row.Recipient.Revision, row.Recipient.OrgUnitId, row.Name, row.Recipient.Name, row.Recipient.Channel, Shown(row.Recipient, addresses), row.Recipient.Format,
            row.Recipient.Language, row.Recipient.QuietStart, row.Recipient.QuietEnd, row.Recipient.Kinds, row.Recipient.Enabled, row.Sent,
            row.Newest is { SentAt: null, Code: { } code } failed ? Sentence(code, failed.Answer) : null,
            row.Newest is { SentAt: null, Code: not null } ? row.Newest.FailedAt : null,
            webhooks || row.Recipient.Channel is AlertChannel.Mail))];
    }

    public static string Sentence(string code, string? answer) => answer is { Length: > 0 } ? $"{AlertText.Get(code)} {answer}" : AlertText.Get(code);

    private static string Shown(AlertRecipient recipient, AlertAddresses addresses) =>
        addresses.Open(recipient.Sealed)?.Address is not { } address ? ""
        : recipient.Channel is AlertChannel.Webhook && Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Authority
        : address;
}
