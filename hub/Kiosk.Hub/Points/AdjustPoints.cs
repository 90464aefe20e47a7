using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kiosk.Hub.Points;

/// <summary>POST /api/members/{id}/points/adjust; the same Idempotency-Key posts once.</summary>
internal static class AdjustPoints
{
    public static async Task<Results<Ok<PointsStatement>, ProblemHttpResult>> HandleAsync(
        Guid id, PointsAdjustment input, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        OperatorAccess access, HubDbContext db, HubWriter writer, PointsRules rules, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await FindMember.ForHostAsync(db, access, id, cancellationToken);
        if (!found.IsOk)
        {
            return Problems.From(found.Error);
        }

        var invalid = new Validation().Text(input.Reason, "reason", 200)
            .Require(input.Amount is not 0 and >= -10_000 and <= 10_000, "amount", PointsText.Get("amount_form"))
            .Require(idempotencyKey is { Length: >= 1 and <= 80 }, "idempotencyKey", PointsText.Get("key_form")).Error();
        if (invalid is not null)
        {
            return Problems.From(invalid);
        }

        var (now, by) = (time.GetUtcNow(), access.Name);
        var result = await writer.WriteLedgerAsync(
            rules,
            id,
            async (locked, cancellation) =>
            {
                var (database, ledger, account) = locked;
                var request = new PostingRequest(
                    id, PostingKind.Adjust, PointsRules.Adjustment, $"{PointsRules.Adjustment}:{idempotencyKey}", null, input.Amount, null, now, by, input.Reason.Trim());
                var outcome = await ledger.PostAsync(account, request, null, default, keyIsNew: false, cancellation);
                if (outcome.Conflict)
                {
                    return PointsErrors.KeyReused();
                }

                if (outcome.Posting is null)
                {
                    return PointsErrors.Insufficient(account.Available);
                }

                database.SignalChanged(Topics.Members, id);
                return default(Done);
            },
            cancellationToken);
        return result.IsOk
            ? TypedResults.Ok(await PointsStatements.ReadAsync(db, id, found.Value.Name, default, cancellationToken))
            : Problems.From(result.Error);
    }
}
