using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Links;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Feeds;

/// <summary>Takes what the hub sends, fetches what it only announced, and says what became of it. Called by one task at a time.</summary>
internal sealed partial class FeedReceiver(FeedBook book, IHubTransport transport, Action<Receipt> report, Func<DateTimeOffset> now, ILogger log)
{
    private readonly HashSet<(string, long)> told = [];
    private readonly HashSet<(string, long)> waited = [];
    private readonly ConcurrentDictionary<string, (FeedVersion Version, string Code)> refused = new(StringComparer.Ordinal);

    /// <summary>Feeds whose newest version could not be taken, with the code of why; what was held before goes on.</summary>
    public IReadOnlyList<(string Key, string Code)> Refused => [.. refused.Select(each => (each.Key, each.Value.Code))];

    /// <summary>Takes an answer to Hello.</summary>
    public async Task TakeAsync(HelloReply reply, string token, CancellationToken cancellationToken)
    {
        // The display's own document first: it says which of the others still count.
        foreach (var push in reply.Changed.OrderBy(p => FeedKeys.KindOf(p.Key) == FeedKeys.DisplayKind ? 0 : 1))
        {
            await TakeAsync(push, answersHello: true, token, cancellationToken);
        }

        book.Follow(reply.Follows);
        foreach (var gone in refused.Keys.Except(reply.Follows))
        {
            refused.TryRemove(gone, out _);
        }

        await FetchPlaylistsAsync(token, cancellationToken);
    }

    /// <summary>Takes a push.</summary>
    public async Task TakeAsync(FeedPush push, string token, CancellationToken cancellationToken)
    {
        await TakeAsync(push, answersHello: false, token, cancellationToken);
        await FetchPlaylistsAsync(token, cancellationToken);
    }

    /// <summary>Followed feeds that have never come.</summary>
    public bool MissesFeeds()
    {
        var held = book.Versions;
        return book.Documents?.Display.Follows.Any(key => FeedRules.IsSupported(key) && !held.ContainsKey(key)) ?? true;
    }

    private async Task TakeAsync(FeedPush push, bool answersHello, string token, CancellationToken cancellationToken)
    {
        if (!FeedRules.IsSupported(push.Key))
        {
            if (told.Add((push.Key, push.Version)))
            {
                Report(push, ReceiptState.Failed, "unsupported");
            }

            return;
        }

        if (!FeedRules.IsNews(book.VersionOf(push.Key), push, answersHello))
        {
            return;
        }

        var version = new FeedVersion(push.Epoch, push.Version, push.Sha256);
        if (push.Body is null && refused.TryGetValue(push.Key, out var known) && known.Version == version && known.Code != "hash_mismatch")
        {
            return; // fetched in vain before; nothing about it has changed
        }

        string? problem;
        try
        {
            var body = push.Body ?? Encoding.UTF8.GetString(await transport.GetFeedAsync(push.Key, token, cancellationToken));
            // A schedule that names a playlist nobody has yet would empty the screen until it comes.
            // It waits once: what it withdraws must not stay because something it adds cannot be had.
            var (playlists, all) = await FetchAsync(book.NamedAndMissing(push.Key, body), token, cancellationToken);
            if (!all && waited.Add((push.Key, push.Version)))
            {
                return;
            }

            problem = book.Apply(push, body, playlists);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            problem = "too_large";
        }
        catch (HttpRequestException)
        {
            return; // the next reconcile asks again
        }

        if (problem is null)
        {
            refused.TryRemove(push.Key, out _);
        }
        else
        {
            refused[push.Key] = (version, problem);
            LogRefused(push.Key, push.Version, problem);
        }

        Report(push, problem is null ? ReceiptState.Ready : ReceiptState.Failed, problem);
    }

    /// <summary>What the hub does not give to this display is left out for good; what cannot be fetched now, or comes as something else, is said.</summary>
    private async Task<(IReadOnlyDictionary<string, byte[]> Bodies, bool All)> FetchAsync(IReadOnlyList<string> playlists, string token, CancellationToken cancellationToken)
    {
        var bodies = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var all = true;
        foreach (var sha256 in playlists)
        {
            try
            {
                var body = await transport.GetDocumentAsync(sha256, token, cancellationToken);
                if (Convert.ToHexStringLower(SHA256.HashData(body)) == sha256)
                {
                    bodies[sha256] = body;
                }
                else
                {
                    all = false;
                }
            }
            catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden)
            {
                // gone again; what names it counts all the same
            }
            catch (HttpRequestException)
            {
                all = false;
            }
        }

        return (bodies, all);
    }

    private async Task FetchPlaylistsAsync(string token, CancellationToken cancellationToken)
    {
        foreach (var sha256 in book.MissingPlaylists())
        {
            try
            {
                var problem = book.ApplyPlaylist(sha256, await transport.GetDocumentAsync(sha256, token, cancellationToken));
                if (problem is not null)
                {
                    LogRefused(sha256, 0, problem);
                }
            }
            catch (HttpRequestException)
            {
                // the next reconcile asks again
            }
        }
    }

    private void Report(FeedPush push, ReceiptState state, string? code) =>
        report(new Receipt(ReceiptSubject.Feed, push.Key, push.Version, state, code, null, now()));

    [LoggerMessage(1101, LogLevel.Warning, "{Key} version {Version} was not taken: {Code}")]
    private partial void LogRefused(string key, long version, string code);
}
