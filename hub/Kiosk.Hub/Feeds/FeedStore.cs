using System.Security.Cryptography;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Feeds;

/// <summary>A document as feeds store it: UTF-8 JSON and the lower-case hex of its SHA-256.</summary>
internal sealed record MadeDocument(byte[] Body, string Sha256);

/// <summary>Changes feeds inside a <see cref="HubWriter"/> transaction; displays hear of it after the commit.</summary>
internal static class FeedStore
{
    /// <summary>
    /// Makes the feed say this. The version grows only when the bytes differ.
    /// Publish several feeds in ordinal order of their keys, so that concurrent transactions lock them alike.
    /// </summary>
    /// <param name="references">SHA-256 of every media file and document that the body names: who follows the feed may fetch them.</param>
    /// <returns>The version after it.</returns>
    public static async Task<long> PublishAsync<T>(
        HubDbContext db, string key, T document, IReadOnlyCollection<string> references, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (body, sha256) = Make(document);
        await db.TakeFeedTurnAsync(cancellationToken);
        var feed = await db.Set<Feed>().FindAsync([key], cancellationToken);
        if (feed is null)
        {
            feed = new Feed { Key = key, Version = 1, Sha256 = sha256, Body = body, UpdatedAt = now };
            db.Add(feed);
        }
        else if (feed.Sha256 != sha256)
        {
            (feed.Version, feed.Sha256, feed.Body, feed.UpdatedAt) = (feed.Version + 1, sha256, body, now);
        }
        else
        {
            await ReferAsync(db, key, references, cancellationToken);
            return feed.Version;
        }

        await ReferAsync(db, key, references, cancellationToken);
        var version = feed.Version;
        db.OnCommitted(services => services.GetRequiredService<FeedSignals>().Committed(key, version));
        return version;
    }

    /// <summary>Stores an immutable document that feeds name by its hash.</summary>
    /// <param name="references">SHA-256 of every media file it names.</param>
    /// <returns>Lower-case hex SHA-256 of its bytes.</returns>
    public static async Task<string> PutDocumentAsync<T>(
        HubDbContext db, T document, IReadOnlyCollection<string> references, CancellationToken cancellationToken)
    {
        var (body, sha256) = Make(document);
        if (await db.Set<FeedDocument>().FindAsync([sha256], cancellationToken) is null)
        {
            db.Add(new FeedDocument { Sha256 = sha256, Body = body });
            db.AddRange(references.Distinct().Select(reference => new FeedDocumentReference { DocumentSha256 = sha256, Sha256 = reference }));
        }

        return sha256;
    }

    /// <summary>
    /// Publishes a document that was made outside the transaction, unless the feed has moved on since.
    /// What a large document costs to read and write down then holds nobody up. Only for feeds without references.
    /// </summary>
    /// <param name="basedOn">The feed's version, read before anything the document says.</param>
    /// <returns>False when the feed is at another version: make the document anew.</returns>
    public static async Task<bool> PublishMadeAsync(
        HubDbContext db, string key, MadeDocument document, long basedOn, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rows = await db.Set<Feed>().Where(feed => feed.Key == key && feed.Version == basedOn).ExecuteUpdateAsync(
            set => set.SetProperty(feed => feed.Version, basedOn + 1).SetProperty(feed => feed.Sha256, document.Sha256)
                .SetProperty(feed => feed.Body, document.Body).SetProperty(feed => feed.UpdatedAt, now),
            cancellationToken);
        if (rows == 0)
        {
            return false;
        }

        db.OnCommitted(services => services.GetRequiredService<FeedSignals>().Committed(key, basedOn + 1));
        return true;
    }

    /// <summary>The bytes a feed would hold, and their hash.</summary>
    public static MadeDocument Make<T>(T document)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(document, KioskJson.Options);
        return new MadeDocument(body, HashOf(body));
    }

    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    private static async Task ReferAsync(HubDbContext db, string key, IReadOnlyCollection<string> references, CancellationToken cancellationToken)
    {
        var wanted = references.ToHashSet(StringComparer.Ordinal);
        var stored = await db.Set<FeedReference>().Where(reference => reference.FeedKey == key).AsTracking().ToListAsync(cancellationToken);
        db.RemoveRange(stored.Where(reference => !wanted.Contains(reference.Sha256)));
        foreach (var sha256 in wanted.Except(stored.Select(reference => reference.Sha256)))
        {
            // Found when this transaction published the feed before.
            if (await db.Set<FeedReference>().FindAsync([key, sha256], cancellationToken) is null)
            {
                db.Add(new FeedReference { FeedKey = key, Sha256 = sha256 });
            }
        }
    }
}
