using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>GET and PUT /api/members/{id}/host, PUT and DELETE /api/members/{id}/host-pin.</summary>
internal static class MemberHosting
{
    public static async Task<Results<Ok<MemberHostView>, ProblemHttpResult>> GetAsync(Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var found = await FindMember.ForHostAsync(db, access, id, cancellationToken);
        return found.IsOk ? TypedResults.Ok(await ViewAsync(db, id, cancellationToken)) : Problems.From(found.Error);
    }

    public static async Task<Results<Ok<MemberHostView>, ProblemHttpResult>> MarkAsync(
        Guid id, MemberHostInput input, OperatorAccess access, HubDbContext db, HostPin pins, CancellationToken cancellationToken)
    {
        var found = await FindMember.ForHostAsync(db, access, id, cancellationToken);
        var denied = found.IsOk ? await access.CheckAsync(OperatorRole.Admin, found.Value.OrgUnitId, cancellationToken) : found.Error;
        return denied is null
            ? await AnswerAsync(db, id, await pins.MarkAsync(id, input.MayHost, cancellationToken), cancellationToken)
            : Problems.From(denied);
    }

    public static async Task<Results<Ok<MemberHostView>, ProblemHttpResult>> SetPinAsync(
        Guid id, HostPinInput input, OperatorAccess access, HubDbContext db, HostPin pins, CancellationToken cancellationToken)
    {
        var found = await FindMember.ForHostAsync(db, access, id, cancellationToken);
        return found.IsOk
            ? await AnswerAsync(db, id, await pins.SetAsync(id, input.Pin, cancellationToken), cancellationToken)
            : Problems.From(found.Error);
    }

    public static async Task<Results<Ok<MemberHostView>, ProblemHttpResult>> RemovePinAsync(
        Guid id, OperatorAccess access, HubDbContext db, HostPin pins, CancellationToken cancellationToken)
    {
        var found = await FindMember.ForHostAsync(db, access, id, cancellationToken);
        return found.IsOk
            ? await AnswerAsync(db, id, await pins.RemoveAsync(id, cancellationToken), cancellationToken)
            : Problems.From(found.Error);
    }

    private static async Task<Results<Ok<MemberHostView>, ProblemHttpResult>> AnswerAsync(HubDbContext db, Guid id, Result<Done> done, CancellationToken cancellationToken) =>
        done.IsOk ? TypedResults.Ok(await ViewAsync(db, id, cancellationToken)) : Problems.From(done.Error);

    private static async Task<MemberHostView> ViewAsync(HubDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var right = await db.Set<HostRight>().AsNoTracking().SingleOrDefaultAsync(candidate => candidate.MemberId == id, cancellationToken);
        var card = await db.Set<MemberCard>().AnyAsync(candidate => candidate.MemberId == id && candidate.RevokedAt == null, cancellationToken);
        return new MemberHostView(id, right?.MayHost ?? false, right?.PinSetAt, card) { Hosts = await HostRights.AnywhereAsync(db, id, cancellationToken) };
    }
}
