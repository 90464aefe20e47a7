using System.Security.Cryptography;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Members;

/// <summary>POST and DELETE /api/members/{id}/card.</summary>
internal static class MemberCards
{
    public static async Task<Results<Ok<CardIssued>, ProblemHttpResult>> IssueAsync(
        Guid id, OperatorAccess access, HubDbContext db, HubWriter writer, CardIssuers issuers, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await FindMember.ForHostAsync(db, access, id, cancellationToken);
        if (!found.IsOk)
        {
            return Problems.From(found.Error);
        }

        issuers.Of(found.Value.OrgRootId);
        var now = time.GetUtcNow();
        var result = await writer.WriteAsync<CardIssued>(
            async (database, cancellation) =>
            {
                await RevokeAsync(database, id, now, cancellation);
                // The old card's row gives up its place in the index of valid cards first.
                await database.SaveChangesAsync(cancellation);
                var card = New(id, found.Value.OrgRootId, now);
                database.Add(card);
                await PublishAsync(database, found.Value.OrgRootId, now, cancellation);
                database.SignalChanged(Topics.Members, id);
                return new CardIssued(id, (uint)card.Serial, card.IssuedAt, $"/print/cards?ids={id}");
            },
            cancellationToken);
        return result.ToHttp();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, OperatorAccess access, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = await FindMember.ForHostAsync(db, access, id, cancellationToken);
        if (!found.IsOk)
        {
            return Problems.From(found.Error);
        }

        var now = time.GetUtcNow();
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                await RevokeAsync(database, id, now, cancellation);
                await PublishAsync(database, found.Value.OrgRootId, now, cancellation);
                database.SignalChanged(Topics.Members, id);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>A card as it will be stored; serials are random, so that one says nothing about how many there are.</summary>
    public static MemberCard New(Guid memberId, Guid orgRootId, DateTimeOffset now) => new()
    {
        Serial = RandomNumberGenerator.GetInt32(1, int.MaxValue),
        MemberId = memberId,
        OrgRootId = orgRootId,
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
    };

    private static async Task RevokeAsync(HubDbContext db, Guid memberId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var card in await db.Set<MemberCard>().Where(card => card.MemberId == memberId && card.RevokedAt == null).ToListAsync(cancellationToken))
        {
            card.RevokedAt = now;
        }
    }

    private static async Task PublishAsync(HubDbContext db, Guid orgRootId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await db.TakeFeedTurnAsync(cancellationToken);
        var serials = await db.Set<MemberCard>().AsNoTracking().Where(card => card.OrgRootId == orgRootId && card.RevokedAt != null)
            .OrderBy(card => card.Serial).Select(card => (uint)card.Serial).ToListAsync(cancellationToken);
        await FeedStore.PublishAsync(db, FeedKeys.Revocations(orgRootId), new RevocationsDocument(orgRootId, serials), [], now, cancellationToken);
    }
}
