using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Notices;

internal static class SaveNotice
{
    /// <summary>POST /api/notices: on its way to every display before the answer.</summary>
    public static async Task<Results<Ok<NoticeSummary>, ProblemHttpResult>> CreateAsync(
        NoticeInput input, HubDbContext reading, OperatorAccess access, HubWriter writer, NoticeViews views, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var start = input.Start ?? now;
        if (await CheckAsync(input, input.OrgUnitId, start, now, reading, access, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var createdBy = access.Name;
        var result = await writer.WriteAsync<Guid>(
            async (db, token) =>
            {
                var notice = new Notice
                {
                    Id = Guid.CreateVersion7(now),
                    Version = 1,
                    OrgUnitId = input.OrgUnitId,
                    Kind = input.Kind,
                    Urgency = input.Urgency,
                    Title = (input.Title ?? "").Trim(),
                    Text = input.Text.Trim(),
                    Start = start,
                    Expiry = input.Expiry,
                    Disclosure = input.Disclosure,
                    ImageMediaId = input.ImageMediaId,
                    CreatedBy = createdBy,
                    CreatedAt = now,
                };
                db.Add(notice);
                AddScopes(db, notice.Id, input.Scopes);
                await NoticeFeeds.PublishAsync(db, input.Scopes, now, token);
                db.SignalChanged(Topics.Notices, notice.Id);
                return notice.Id;
            },
            cancellationToken);
        return await AnswerAsync(result, views, cancellationToken);
    }

    /// <summary>PUT /api/notices/{id}: a new version, which every display has to paint again. The org unit that speaks stays.</summary>
    public static async Task<Results<Ok<NoticeSummary>, ProblemHttpResult>> UpdateAsync(
        Guid id, NoticeInput input, HubDbContext reading, OperatorAccess access, HubWriter writer, NoticeViews views, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await reading.Set<Notice>().SingleOrDefaultAsync(notice => notice.Id == id, cancellationToken) is not { } stored)
        {
            return Problems.From(SharedErrors.NotFound());
        }

        var start = input.Start ?? stored.Start;
        if (await CheckAsync(input, stored.OrgUnitId, start, now, reading, access, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var result = await writer.WriteAsync<Guid>(
            async (db, token) =>
            {
                var notice = await db.Set<Notice>().SingleAsync(candidate => candidate.Id == id, token);
                if (notice.WithdrawnAt is not null)
                {
                    return NoticeErrors.Withdrawn();
                }

                var before = await db.Set<NoticeScope>().Where(scope => scope.NoticeId == id).ToListAsync(token);
                db.RemoveRange(before);
                await db.SaveChangesAsync(token);
                AddScopes(db, id, input.Scopes);
                (notice.Version, notice.Ended) = (notice.Version + 1, false);
                (notice.Kind, notice.Urgency, notice.Title, notice.Text) = (input.Kind, input.Urgency, (input.Title ?? "").Trim(), input.Text.Trim());
                (notice.Start, notice.Expiry, notice.Disclosure, notice.ImageMediaId) = (start, input.Expiry, input.Disclosure, input.ImageMediaId);
                await NoticeFeeds.PublishAsync(db, before.Select(scope => scope.Scope).Concat(input.Scopes), now, token);
                db.SignalChanged(Topics.Notices, id);
                return id;
            },
            cancellationToken);
        return await AnswerAsync(result, views, cancellationToken);
    }

    private static async Task<Error?> CheckAsync(
        NoticeInput input, Guid orgUnitId, DateTimeOffset start, DateTimeOffset now, HubDbContext db, OperatorAccess access, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Editor, orgUnitId, cancellationToken) is { } denied)
        {
            return denied;
        }

        if (NoticeRules.Check(input, start, now) is { } invalid)
        {
            return invalid;
        }

        foreach (var scope in input.Scopes)
        {
            if (await TargetResolver.CheckAsync(access, db, OperatorRole.Editor, scope, cancellationToken) is { } elsewhere)
            {
                return elsewhere;
            }
        }

        return input.ImageMediaId is { } image ? await NoticeImages.CheckAsync(db, image, orgUnitId, input.Disclosure, cancellationToken) : null;
    }

    private static void AddScopes(HubDbContext db, Guid noticeId, IReadOnlyList<string> scopes) =>
        db.AddRange(scopes.Distinct().Select((scope, position) => new NoticeScope { NoticeId = noticeId, Scope = scope, Position = position }));

    private static async Task<Results<Ok<NoticeSummary>, ProblemHttpResult>> AnswerAsync(Result<Guid> result, NoticeViews views, CancellationToken cancellationToken) =>
        result.IsOk ? TypedResults.Ok(await views.GetAsync(result.Value, cancellationToken)) : Problems.From(result.Error);
}
