using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Feeds;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Devices;

/// <summary>Turns "feed X is at version N" into messages in the mailboxes of those who follow it.</summary>
internal sealed partial class FeedPusher(
    FeedSignals signals, DeviceMailboxes mailboxes, IDbContextFactory<HubDbContext> contexts, FeedEpoch epoch, TimeProvider time, ILogger<FeedPusher> logger)
    : BackgroundService
{
    private const int Chunk = 500;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PushAsync([.. (await signals.TakeAsync(stoppingToken)).Keys], stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The displays' reconcile pull brings what this push did not.
                LogPushFailed(exception);
            }
        }
    }

    private async Task PushAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var messages = new Dictionary<string, FeedMessage>();
        await FollowAsync(db, messages, keys, cancellationToken);

        var open = mailboxes.All.ToArray();
        var shared = keys.Where(key => FeedKeys.KindOf(key) != FeedKeys.DisplayKind && open.Any(mailbox => mailbox.Follows.Contains(key))).ToList();
        await LoadAsync(db, messages, shared, cancellationToken);
        foreach (var key in shared)
        {
            if (messages.TryGetValue(key, out var message))
            {
                foreach (var mailbox in open)
                {
                    mailbox.Post(message);
                }
            }
        }
    }

    // A changed display document may mean changed follows: what is new to the display comes at once, what it lost is dropped.
    private async Task FollowAsync(HubDbContext db, Dictionary<string, FeedMessage> messages, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var greeted = keys.Where(key => FeedKeys.KindOf(key) == FeedKeys.DisplayKind)
            .Select(key => (Key: key, Display: Guid.ParseExact(key.AsSpan(key.IndexOf('/', StringComparison.Ordinal) + 1), "N")))
            .Where(display => mailboxes.OfDisplay(display.Display).Any(mailbox => mailbox.Greeted));
        foreach (var chunk in greeted.Chunk(Chunk))
        {
            // The documents first: follows read after them are at least as new.
            await LoadAsync(db, messages, [.. chunk.Select(display => display.Key)], cancellationToken);
            var ids = chunk.Select(display => display.Display).ToList();
            var follows = (await db.Set<DisplayFollow>().Where(follow => ids.Contains(follow.DisplayId)).ToListAsync(cancellationToken))
                .ToLookup(follow => follow.DisplayId, follow => follow.FeedKey);
            var added = new List<(Mailbox Mailbox, string Key)>();
            foreach (var (key, display) in chunk)
            {
                if (!messages.TryGetValue(key, out var message))
                {
                    continue;
                }

                foreach (var mailbox in mailboxes.OfDisplay(display).Where(mailbox => mailbox.Greeted))
                {
                    added.AddRange(mailbox.Follow(follows[display], message.Version).Select(feed => (mailbox, feed)));
                    mailbox.Post(message);
                }
            }

            await LoadAsync(db, messages, [.. added.Select(pair => pair.Key).Distinct()], cancellationToken);
            foreach (var (mailbox, key) in added)
            {
                if (messages.TryGetValue(key, out var message))
                {
                    mailbox.Post(message);
                }
            }
        }
    }

    private async Task LoadAsync(HubDbContext db, Dictionary<string, FeedMessage> messages, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var current = await epoch.GetAsync(cancellationToken);
        foreach (var chunk in keys.Where(key => !messages.ContainsKey(key)).Chunk(Chunk))
        {
            foreach (var feed in await db.Set<Feed>().Where(feed => chunk.Contains(feed.Key)).ToListAsync(cancellationToken))
            {
                var push = HelloAnswer.PushOf(feed, current, time.GetUtcNow());
                messages[feed.Key] = new FeedMessage(
                    feed.Key, current, feed.Version, new SerializedHubMessage(new InvocationMessage(nameof(IDeviceClient.FeedChanged), [push])));
            }
        }
    }

    [LoggerMessage(3101, LogLevel.Error, "A push failed; displays pull the change within a minute.")]
    private partial void LogPushFailed(Exception exception);
}
