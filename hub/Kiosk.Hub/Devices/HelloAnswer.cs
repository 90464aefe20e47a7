using System.Text;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Commands;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Feeds;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Devices;

/// <summary>Answers what a player says it holds with everything that differs. What it says never widens what it gets.</summary>
internal sealed class HelloAnswer(IDbContextFactory<HubDbContext> contexts, FeedEpoch epoch, DisplayClock clock, TimeProvider time)
{
    /// <summary>The mailbox must be held: the answer's versions count as sent.</summary>
    public async Task<HelloReply> AnswerAsync(Mailbox mailbox, IReadOnlyDictionary<string, FeedVersion> holds, CancellationToken cancellationToken)
    {
        await clock.EnsureCurrentAsync(mailbox.DisplayId, cancellationToken);
        var current = await epoch.GetAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // The version first: follows read after it are at least as new.
        var own = FeedKeys.Display(mailbox.DisplayId);
        var version = await db.Set<Feed>().Where(feed => feed.Key == own).Select(feed => feed.Version).SingleOrDefaultAsync(cancellationToken);
        var follows = await db.Set<DisplayFollow>().Where(follow => follow.DisplayId == mailbox.DisplayId)
            .Select(follow => follow.FeedKey).ToListAsync(cancellationToken);

        // From here on pushes come in; what they bring and what is read below is sorted out by version.
        mailbox.Follow(follows, version);
        var heads = await db.Set<Feed>().Where(feed => follows.Contains(feed.Key))
            .Select(feed => new { feed.Key, feed.Version, feed.Sha256 }).ToListAsync(cancellationToken);
        var differing = heads.Where(head => holds.GetValueOrDefault(head.Key) != new FeedVersion(current, head.Version, head.Sha256))
            .Select(head => head.Key).ToList();
        var feeds = differing.Count == 0
            ? []
            : await db.Set<Feed>().Where(feed => differing.Contains(feed.Key)).ToListAsync(cancellationToken);
        foreach (var head in heads)
        {
            mailbox.Sent(head.Key, current, feeds.Find(feed => feed.Key == head.Key)?.Version ?? head.Version);
        }

        var now = time.GetUtcNow();
        return new HelloReply(
            mailbox.DisplayId,
            now,
            [.. follows.Order(StringComparer.Ordinal)],
            [.. feeds.OrderByDescending(feed => feed.Key == own).ThenBy(feed => feed.Key, StringComparer.Ordinal).Select(feed => PushOf(feed, current, now))],
            await CommandViews.WaitingAsync(db, mailbox.DisplayId, now, cancellationToken) is { Count: > 0 } commands ? commands : null);
    }

    /// <summary>A feed as it travels: inline when small, else only its head.</summary>
    public static FeedPush PushOf(Feed feed, string epoch, DateTimeOffset now) => new(
        feed.Key,
        epoch,
        feed.Version,
        feed.Sha256,
        feed.Body.Length < FeedPush.InlineLimitBytes ? Encoding.UTF8.GetString(feed.Body) : null,
        now);
}
