using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Playlists;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Schedules;

/// <summary>Builds <c>schedule/{scope}/{audience}</c>: for each audience everything it may see, and nothing above.</summary>
internal static class ScheduleFeeds
{
    private static readonly Disclosure[] Audiences = [Disclosure.Public, Disclosure.Internal, Disclosure.Restricted];

    // Kept a while, so that a display that looks back (proof of play, a wrong clock) still finds what ran.
    private static readonly TimeSpan KeptAfterEnd = TimeSpan.FromDays(30);

    /// <summary>Builds the feeds of every scope that shows one of the playlists, as event or default.</summary>
    public static async Task RebuildForPlaylistsAsync(HubDbContext db, IReadOnlyCollection<Guid> playlistIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.TakeFeedTurnAsync(cancellationToken);
        var events = await db.Set<CalendarEvent>().Where(entry => playlistIds.Contains(entry.PlaylistId)).Select(entry => entry.Scope).Distinct().ToListAsync(cancellationToken);
        var defaults = await db.Set<DefaultContent>().Where(content => playlistIds.Contains(content.PlaylistId)).Select(content => content.Scope).ToListAsync(cancellationToken);
        await RebuildAsync(db, [.. events, .. defaults], now, cancellationToken);
    }

    /// <summary>Builds the feeds of these scopes, saving what the transaction has changed so far. Feeds are locked in the order of their keys.</summary>
    public static async Task RebuildAsync(HubDbContext db, IEnumerable<string> scopes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wanted = scopes.Distinct().ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.TakeFeedTurnAsync(cancellationToken);
        var events = (await db.Set<CalendarEvent>().Where(entry => wanted.Contains(entry.Scope)).ToListAsync(cancellationToken)).ToLookup(entry => entry.Scope);
        var defaults = await db.Set<DefaultContent>().Where(content => wanted.Contains(content.Scope)).ToDictionaryAsync(content => content.Scope, cancellationToken);
        var playlists = events.SelectMany(group => group).Select(entry => entry.PlaylistId).Concat(defaults.Values.Select(content => content.PlaylistId));
        var compiled = new CompiledPlaylists(db, await PlaylistLibrary.LoadAsync(db, playlists, cancellationToken));
        var feeds = wanted
            .SelectMany(scope => Audiences, (scope, audience) => (Key: FeedKeys.Schedule(scope, audience), Scope: scope, Audience: audience))
            .OrderBy(feed => feed.Key, StringComparer.Ordinal);
        foreach (var (key, scope, audience) in feeds)
        {
            var document = await DocumentAsync(scope, audience, events[scope], defaults.GetValueOrDefault(scope), compiled, now, cancellationToken);
            string[] references = [.. document.Events.Select(entry => entry.Content).Append(document.Default).OfType<PlaylistRef>().Select(content => content.Sha256).Distinct()];
            await FeedStore.PublishAsync(db, key, document, references, now, cancellationToken);
        }
    }

    private static async Task<ScheduleDocument> DocumentAsync(
        string scope, Disclosure audience, IEnumerable<CalendarEvent> events, DefaultContent? fallback, CompiledPlaylists compiled, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        List<ScheduleEvent> shown = [];
        foreach (var entry in events.Where(entry => entry.Disclosure <= audience && !IsLongOver(entry, now)).OrderBy(entry => entry.Id))
        {
            // An event with nothing left for this audience must not keep the screen from others.
            if (await compiled.RefAsync(entry.PlaylistId, audience, cancellationToken) is { } content)
            {
                shown.Add(entry.ToContract(content));
            }
        }

        var standing = fallback is null ? null : await compiled.RefAsync(fallback.PlaylistId, audience, cancellationToken);
        return new ScheduleDocument(scope, audience, shown, standing);
    }

    /// <summary>One-off events that ended before this wall-clock time are in no feed; one day of slack covers every zone.</summary>
    public static DateTime LongOverBefore(DateTimeOffset now) => (now - KeptAfterEnd).UtcDateTime.AddDays(-1);

    private static bool IsLongOver(CalendarEvent entry, DateTimeOffset now) => entry.RecurrenceRule is null && entry.EndLocal < LongOverBefore(now);

    // Each playlist is compiled and stored once for an audience, however many events show it.
    private sealed class CompiledPlaylists(HubDbContext db, PlaylistLibrary library)
    {
        private readonly Dictionary<(Guid, Disclosure), PlaylistRef?> _known = [];

        public async Task<PlaylistRef?> RefAsync(Guid playlistId, Disclosure audience, CancellationToken cancellationToken)
        {
            if (!_known.TryGetValue((playlistId, audience), out var known))
            {
                var document = library.Compile(playlistId, audience);
                if (document.Items.Count > 0)
                {
                    string[] references = [.. document.Items.SelectMany(item => item.Variants).Select(variant => variant.Sha256).Distinct()];
                    known = new PlaylistRef(document.Id, document.Name, await FeedStore.PutDocumentAsync(db, document, references, cancellationToken));
                }

                _known[(playlistId, audience)] = known;
            }

            return known;
        }
    }
}
