using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Notices;

/// <summary>POST /api/notices/{id}/withdraw: off every screen at once; withdrawing again changes nothing.</summary>
internal static class WithdrawNotice
{
    public static async Task<Results<Ok<NoticeSummary>, ProblemHttpResult>> HandleAsync(
        Guid id, HubDbContext reading, OperatorAccess access, HubWriter writer, NoticeViews views, TimeProvider time, CancellationToken cancellationToken)
    {
        var unit = await reading.Set<Notice>().Where(notice => notice.Id == id).Select(notice => (Guid?)notice.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        if ((unit is null ? SharedErrors.NotFound() : await access.CheckAsync(OperatorRole.Editor, unit.Value, cancellationToken)) is { } denied)
        {
            return Problems.From(denied);
        }

        var now = time.GetUtcNow();
        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                var notice = await db.Set<Notice>().SingleAsync(candidate => candidate.Id == id, token);
                if (notice.WithdrawnAt is null)
                {
                    (notice.WithdrawnAt, notice.Ended) = (now, true);
                    var scopes = await db.Set<NoticeScope>().Where(scope => scope.NoticeId == id).Select(scope => scope.Scope).ToListAsync(token);
                    await NoticeFeeds.PublishAsync(db, scopes, now, token);
                    db.SignalChanged(Topics.Notices, id);
                }

                return new Done();
            },
            cancellationToken);
        return TypedResults.Ok(await views.GetAsync(id, cancellationToken));
    }
}
