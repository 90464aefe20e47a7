using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Printing;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Members;

/// <summary>POST /api/members/{id}/enrolment: a link, and its QR, that enrols one phone. It also replaces a forgotten PIN and opens a locked one.</summary>
internal static class IssueEnrolment
{
    public static async Task<Results<Ok<EnrolmentTicket>, ProblemHttpResult>> HandleAsync(
        Guid id, OperatorAccess access, HubDbContext db, HubWriter writer, HubAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await FindMember.ForHostAsync(db, access, id, cancellationToken);
        if (!found.IsOk)
        {
            return Problems.From(found.Error);
        }

        var now = time.GetUtcNow();
        var token = Tokens.New();
        var expiresAt = now + Enrolment.Lifetime;
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                // One open link a member: the one before may lie about on paper.
                await database.Set<Enrolment>().Where(enrolment => enrolment.MemberId == id && enrolment.UsedAt == null).ExecuteDeleteAsync(cancellation);
                database.Add(new Enrolment { Id = Guid.CreateVersion7(now), MemberId = id, TokenSha256 = Tokens.Hash(token), ExpiresAt = expiresAt });
                return default(Done);
            },
            cancellationToken);
        if (!result.IsOk)
        {
            return Problems.From(result.Error);
        }

        var url = $"{address.Value}/enrol/{token}";
        return TypedResults.Ok(new EnrolmentTicket(url, Qr.Svg(url), expiresAt));
    }
}
