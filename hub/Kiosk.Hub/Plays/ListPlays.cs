using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Plays;

internal static class ListPlays
{
    /// <summary>GET /api/plays.</summary>
    public static async Task<Results<Ok<Page<PlayRow>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] PlayFilter filter, [AsParameters] Paging paging, HubDbContext db, OperatorAccess access, PlayReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var (plays, refusal) = await filter.OfAsync(db, access, time, cancellationToken);
        return plays is not null
            ? TypedResults.Ok(new Page<PlayRow>(
                await report.RowsAsync(plays, paging.From, paging.Size, cancellationToken), await plays.CountAsync(cancellationToken)))
            : Problems.From(refusal!);
    }

    /// <summary>GET /api/plays/report.</summary>
    public static async Task<Results<Ok<PlaySums>, ProblemHttpResult>> ReportAsync(
        Choice<PlayGrouping> by, [AsParameters] PlayFilter filter, [AsParameters] Paging paging, HubDbContext db, OperatorAccess access, PlayReport report, TimeProvider time, CancellationToken cancellationToken)
    {
        var (plays, refusal) = await filter.OfAsync(db, access, time, cancellationToken);
        return plays is not null
            ? TypedResults.Ok(await report.SumsAsync(plays, by.Value, paging.From, paging.Size, cancellationToken))
            : Problems.From(refusal!);
    }
}
