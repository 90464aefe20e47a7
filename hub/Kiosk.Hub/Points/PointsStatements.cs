using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Points;

/// <summary>GET /api/members/{id}/points: the account posting by posting, newest first.</summary>
internal static class PointsStatements
{
    public static async Task<Results<Ok<PointsStatement>, ProblemHttpResult>> GetAsync(
        Guid id, [AsParameters] Paging paging, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var found = await FindMember.ForHostAsync(db, access, id, cancellationToken);
        return found.IsOk ? TypedResults.Ok(await ReadAsync(db, id, found.Value.Name, paging, cancellationToken)) : Problems.From(found.Error);
    }

    public static async Task<PointsStatement> ReadAsync(HubDbContext db, Guid memberId, string name, Paging paging, CancellationToken cancellationToken)
    {
        var account = await db.Set<PointsAccount>().AsNoTracking().SingleOrDefaultAsync(row => row.MemberId == memberId, cancellationToken);
        var rows = await (
            from posting in db.Set<Posting>().AsNoTracking().Where(posting => posting.MemberId == memberId)
                .OrderByDescending(posting => posting.Sequence).Skip(paging.From).Take(paging.Size)
            join held in db.Set<Meeting>() on posting.MeetingId equals held.Id into meetings
            from meeting in meetings.DefaultIfEmpty()
            orderby posting.Sequence descending
            select new { Posting = posting, Title = meeting == null ? null : meeting.Title }).ToListAsync(cancellationToken);
        return new PointsStatement(
            memberId, name, account?.Available ?? 0, account?.Held ?? 0, account?.Owed ?? 0,
            new Page<PostingView>([.. rows.Select(row => View(row.Posting, row.Title))], (int)(account?.Sequence ?? 0)));
    }

    private static PostingView View(Posting posting, string? title) => new(
        posting.Sequence, posting.Kind, posting.Available, posting.Withheld, posting.Rule, TextOf(posting, title), posting.MeetingId, title,
        posting.At, posting.By ?? PointsText.Get("by_rule"), posting.BalanceAfter);

    private static string TextOf(Posting posting, string? title)
    {
        var text = PointsText.Get("rule_" + posting.Rule, title ?? "", posting.Reason ?? "");
        // A device gives no reason.
        text = string.IsNullOrEmpty(posting.Reason) ? text.TrimEnd(' ', ':', '：') : text;
        if (posting.Withheld > 0)
        {
            text += PointsText.Get("withheld", posting.Withheld);
        }

        return posting.Owed switch
        {
            > 0 => text + PointsText.Get("owed", posting.Owed),
            < 0 => text + PointsText.Get("set_off", -posting.Owed),
            _ => text,
        };
    }
}
