using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Kiosk.Scheduling;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Kiosk.Hub.Alerts;

/// <summary>Recipients by e-mail are their unit's; webhooks make the hub call somewhere, so they are the system administrator's.</summary>
internal static class SaveRecipient
{
    public const int MostPerUnit = 50;

    /// <summary>POST /api/alerts/recipients.</summary>
    public static async Task<Results<Ok<AlertRecipientView>, ProblemHttpResult>> CreateAsync(
        AlertRecipientInput input, HubDbContext db, OperatorAccess access, HubWriter writer, AlertAddresses addresses, HubOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        if ((await MayAsync(access, input.Channel, input.OrgUnitId, cancellationToken) ?? Check(input, options, isNew: true)) is { } refused)
        {
            return Problems.From(refused);
        }

        var saved = await writer.WriteAsync<Guid>(
            async (database, token) =>
            {
                if (await database.Set<AlertRecipient>().CountAsync(row => row.OrgUnitId == input.OrgUnitId, token) >= MostPerUnit)
                {
                    return new Shared.Conflict("recipients_full", AlertText.Get("recipients_full", MostPerUnit));
                }

                var recipient = new AlertRecipient
                {
                    Id = Guid.CreateVersion7(time.GetUtcNow()), Revision = 1, OrgUnitId = input.OrgUnitId, Name = input.Name.Trim(), Channel = input.Channel, Format = input.Format,
                    Sealed = addresses.Seal(new AlertAddress(input.Address!.Trim(), Secret(input.Secret))), Language = input.Language, Enabled = input.Enabled,
                };
                Fill(recipient, input);
                database.Add(recipient);
                return recipient.Id;
            },
            cancellationToken);
        return await AnswerAsync(saved, db, access, addresses, cancellationToken);
    }

    /// <summary>PUT /api/alerts/recipients/{id}.</summary>
    public static async Task<Results<Ok<AlertRecipientView>, ProblemHttpResult>> UpdateAsync(
        Guid id, AlertRecipientInput input, HubDbContext db, OperatorAccess access, HubWriter writer, AlertAddresses addresses, HubOptions options, CancellationToken cancellationToken)
    {
        if ((await FindAsync(id, db, access, cancellationToken)
            ?? await MayAsync(access, input.Channel, input.OrgUnitId, cancellationToken) ?? Check(input, options, isNew: false)) is { } refused)
        {
            return Problems.From(refused);
        }

        var saved = await writer.WriteAsync<Guid>(
            async (database, token) =>
            {
                if (await database.Set<AlertRecipient>().SingleOrDefaultAsync(row => row.Id == id, token) is not { } recipient)
                {
                    return SharedErrors.NotFound();
                }

                if (recipient.Revision != input.Revision)
                {
                    return SharedErrors.RevisionChanged();
                }

                if (recipient.Channel != input.Channel)
                {
                    return new InvalidInput("invalid_input", AlertText.Get("channel_fixed"));
                }

                var known = addresses.Open(recipient.Sealed);
                if (input.Address is null && known is null)
                {
                    return new InvalidInput("address_unreadable", AlertText.Get("address_unreadable"));
                }

                recipient.Sealed = addresses.Seal(new AlertAddress(input.Address?.Trim() ?? known!.Address, input.Secret is null ? known?.Secret : Secret(input.Secret)));
                recipient.Revision++;
                Fill(recipient, input);
                return recipient.Id;
            },
            cancellationToken);
        return await AnswerAsync(saved, db, access, addresses, cancellationToken);
    }

    /// <summary>DELETE /api/alerts/recipients/{id}: with what was still to be sent to it.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, HubDbContext db, OperatorAccess access, HubWriter writer, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, db, access, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var removed = await writer.WriteAsync<Done>(
            async (database, token) =>
            {
                await database.Set<AlertRecipient>().Where(row => row.Id == id).ExecuteDeleteAsync(token);
                return default(Done);
            },
            cancellationToken);
        return removed.ToHttp();
    }

    /// <summary>Null when there is one and the caller may change it.</summary>
    internal static async Task<Error?> FindAsync(Guid id, HubDbContext db, OperatorAccess access, CancellationToken cancellationToken) =>
        await db.Set<AlertRecipient>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } recipient
            ? await MayAsync(access, recipient.Channel, recipient.OrgUnitId, cancellationToken)
            : SharedErrors.NotFound();

    private static async Task<Error?> MayAsync(OperatorAccess access, AlertChannel channel, Guid orgUnitId, CancellationToken cancellationToken) =>
        await access.CheckAsync(OperatorRole.Secretary, orgUnitId, cancellationToken)
        ?? (channel is AlertChannel.Mail ? null : await access.CheckEverythingAsync(OperatorRole.Admin, cancellationToken));

    private static async Task<Results<Ok<AlertRecipientView>, ProblemHttpResult>> AnswerAsync(
        Result<Guid> saved, HubDbContext db, OperatorAccess access, AlertAddresses addresses, CancellationToken cancellationToken)
    {
        if (!saved.IsOk)
        {
            return Problems.From(saved.Error);
        }

        var webhooks = await access.CheckEverythingAsync(OperatorRole.Admin, cancellationToken) is null;
        return TypedResults.Ok((await ListRecipients.ViewsAsync(db, db.Set<AlertRecipient>().Where(row => row.Id == saved.Value), default, addresses, webhooks, cancellationToken)).Single());
    }

    private static void Fill(AlertRecipient recipient, AlertRecipientInput input)
    {
        (recipient.OrgUnitId, recipient.Name, recipient.Format, recipient.Language, recipient.Enabled) = (input.OrgUnitId, input.Name.Trim(), input.Format, input.Language, input.Enabled);
        (recipient.QuietStart, recipient.QuietEnd) = (input.QuietStart, input.QuietEnd);
        recipient.Kinds = [.. (input.Kinds ?? []).Distinct()];
    }

    private static string? Secret(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    private static InvalidInput? Check(AlertRecipientInput input, HubOptions options, bool isNew)
    {
        var address = input.Address?.Trim();
        var validation = new Validation().Text(input.Name, "name", 60)
            .Require(Enum.IsDefined(input.Channel) && Enum.IsDefined(input.Format) && (input.Kinds ?? []).All(Enum.IsDefined), "channel", AlertText.Get("choice_unknown"))
            .Require(input.Language is "zh-CN" or "en", "language", AlertText.Get("language_unknown"))
            .Require((input.QuietStart is null) == (input.QuietEnd is null) && IsTime(input.QuietStart) && IsTime(input.QuietEnd), "quiet", AlertText.Get("quiet_invalid"))
            .Text(input.Secret, "secret", 200, optional: true);
        if (isNew || address is not null)
        {
            validation.Text(address, "address", 500);
            if (input.Channel is AlertChannel.Mail)
            {
                validation.Require(address is not null && MailboxAddress.TryParse(address, out var box) && box.Address == address && address.Contains('@', StringComparison.Ordinal), "address", AlertText.Get("mail_invalid"));
            }
            else if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !WebhookGuard.IsAllowed(uri, options.Alerts.PrivateHosts))
            {
                return validation.Error() ?? new InvalidInput("webhook_not_allowed", AlertText.Get("webhook_not_allowed"), new Dictionary<string, string[]> { ["address"] = [AlertText.Get("webhook_not_allowed")] });
            }
        }

        return validation.Error();
    }

    private static bool IsTime(string? text) => text is null || WeeklyTimes.TryParse(text, out _);
}
