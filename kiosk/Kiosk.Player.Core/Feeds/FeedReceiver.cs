using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Links;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Feeds;

/// <summary>
/// Takes what the hub sends, fetches what it only announced, and says what became of it. One task at a time may fetch; what needs no fetching is taken
/// meanwhile, so that an urgent notice never waits for a long list on a thin line.
/// </summary>
internal sealed partial class FeedReceiver(FeedBook book, IHubTransport transport, Action<Receipt> report, Func<DateTimeOffset> now, ILogger log)
{
    /// <summary>A list the hub does not give, or that is of no use, is not asked for again with every look; a push that names it asks.</summary>
    private static readonly TimeSpan InVain = TimeSpan.FromMinutes(5);

    private readonly Lock taking = new();
    private readonly Dictionary<string, DateTimeOffset> vain = new(StringComparer.Ordinal);
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

    /// <summary>Takes a push, fetching what it needs.</summary>
    public Task TakeAsync(FeedPush push, string token, CancellationToken cancellationToken) => TakeAsync(push, answersHello: false, token, cancellationToken);

    /// <summary>Takes a push that brings all it needs; false when something is to be fetched first. On any thread.</summary>
    public bool TryTake(FeedPush push)
    {
        if (push.Body is not { } body || !FeedRules.IsSupported(push.Key) || book.NamedAndMissing(push.Key, body).Count > 0)
        {
            return false;
        }

        Apply(push, answersHello: false, body, null);
        return true;
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

        var display = book.Documents?.Display;
        try
        {
            var body = push.Body ?? Encoding.UTF8.GetString(await transport.GetFeedAsync(push.Key, token, cancellationToken));
            // A schedule that names a playlist nobody has yet would empty the screen until it comes.
            // It waits once: what it withdraws must not stay because something it adds cannot be had.
            var (playlists, all) = await FetchAsync(book.NamedAndMissing(push.Key, body), token, cancellationToken);
            if (book.Documents?.Display is { } newer && newer != display && FeedKeys.KindOf(push.Key) != FeedKeys.DisplayKind && !newer.Follows.Contains(push.Key))
            {
                return; // meanwhile it has become none of this display's business
            }

            if (all || !waited.Add((push.Key, push.Version)))
            {
                Apply(push, answersHello, body, playlists);
            }
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            Refuse(push, "too_large");
        }
        catch (HttpRequestException)
        {
            // the next reconcile asks again
        }
    }

    private void Apply(FeedPush push, bool answersHello, string body, IReadOnlyDictionary<string, byte[]>? playlists)
    {
        lock (taking)
        {
            // A newer one may have come while this one's lists did.
            if (!FeedRules.IsNews(book.VersionOf(push.Key), push, answersHello))
            {
                return;
            }

            if (book.Apply(push, body, playlists) is { } problem)
            {
                Refuse(push, problem);
                return;
            }

            refused.TryRemove(push.Key, out _);
            Report(push, ReceiptState.Ready, null);
        }
    }

    private void Refuse(FeedPush push, string problem)
    {
        refused[push.Key] = (new FeedVersion(push.Epoch, push.Version, push.Sha256), problem);
        LogRefused(push.Key, push.Version, problem);
        Report(push, ReceiptState.Failed, problem);
    }

    /// <summary>What the hub does not give to this display is left out for good; what cannot be fetched now, or comes as something else, is said.</summary>
    private async Task<(IReadOnlyDictionary<string, byte[]> Bodies, bool All)> FetchAsync(IReadOnlyList<string> playlists, string token, CancellationToken cancellationToken)
    {
        var bodies = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var all = true;
        foreach (var sha256 in playlists)
        {
            var (body, gone) = await DocumentAsync(sha256, token, cancellationToken);
            if (body is not null)
            {
                bodies[sha256] = body;
            }

            // Gone again: what names it counts all the same.
            all &= body is not null || gone;
        }

        return (bodies, all);
    }

    private async Task FetchPlaylistsAsync(string token, CancellationToken cancellationToken)
    {
        foreach (var sha256 in book.MissingPlaylists().Where(sha256 => !IsInVain(sha256)))
        {
            if (await DocumentAsync(sha256, token, cancellationToken) is ({ } body, _) && book.ApplyPlaylist(sha256, body) is { } problem)
            {
                vain[sha256] = now();
                LogRefused(sha256, 0, problem);
            }
        }
    }

    /// <summary>A list by its hash; null when it cannot be had, <c>Gone</c> when the hub does not give it to this display.</summary>
    private async Task<(byte[]? Body, bool Gone)> DocumentAsync(string sha256, string token, CancellationToken cancellationToken)
    {
        try
        {
            var body = await transport.GetDocumentAsync(sha256, token, cancellationToken);
            if (Convert.ToHexStringLower(SHA256.HashData(body)) == sha256)
            {
                vain.Remove(sha256);
                return (body, false);
            }

            LogRefused(sha256, 0, "hash_mismatch");
            return (null, false);
        }
        catch (HttpRequestException e)
        {
            // Whatever else it was, the next reconcile asks again.
            var gone = e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden;
            if (gone || e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
            {
                vain[sha256] = now();
            }

            return (null, gone);
        }
    }

    private bool IsInVain(string sha256) => vain.TryGetValue(sha256, out var at) && (now() - at).Duration() < InVain;

    private void Report(FeedPush push, ReceiptState state, string? code) =>
        report(new Receipt(ReceiptSubject.Feed, push.Key, push.Version, state, code, null, now()));

    [LoggerMessage(1101, LogLevel.Warning, "{Key} version {Version} was not taken: {Code}")]
    private partial void LogRefused(string key, long version, string code);
}
