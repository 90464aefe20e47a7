using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Members;

/// <summary>GET /api/members/{id}/phones, DELETE /api/members/{id}/phones/{phoneId}: a lost phone is signed out at once, the others stay.</summary>
internal static class EnrolledPhones
{
    public static async Task<Results<Ok<IReadOnlyList<EnrolledPhone>>, ProblemHttpResult>> ListAsync(
        Guid id, OperatorAccess access, HubDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMember.ForHostAsync(db, access, id, cancellationToken) is { IsOk: false } refused)
        {
            return Problems.From(refused.Error!);
        }

        var now = time.GetUtcNow();
        return TypedResults.Ok<IReadOnlyList<EnrolledPhone>>(await db.Set<MemberDevice>()
            .Where(device => device.MemberId == id && device.ExpiresAt > now)
            .OrderByDescending(device => device.LastSeenAt).ThenBy(device => device.Id)
            .Select(device => new EnrolledPhone(device.Id, device.CreatedAt, device.LastSeenAt, device.ExpiresAt))
            .ToListAsync(cancellationToken));
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, Guid phoneId, OperatorAccess access, HubDbContext db, HubWriter writer, CancellationToken cancellationToken)
    {
        if (await FindMember.ForHostAsync(db, access, id, cancellationToken) is { IsOk: false } refused)
        {
            return Problems.From(refused.Error!);
        }

        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                var gone = await database.Set<MemberDevice>().Where(device => device.Id == phoneId && device.MemberId == id).ExecuteDeleteAsync(cancellation);
                database.SignalChanged(Topics.Members, id);
                return gone == 0 ? SharedErrors.NotFound() : default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }
}
