using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Media;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Playback;

/// <summary>
/// What to fetch, first needed first: the resolver itself is asked what the next 48 hours show, as if every file were here. Then comes the rest
/// of what documents name. Pure.
/// </summary>
internal static class WantedList
{
    /// <summary>What is needed within it is never dropped.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromHours(48);

    /// <summary>Default content is the net under everything: here soon even when nothing says it will show.</summary>
    private static readonly TimeSpan DefaultsBy = TimeSpan.FromHours(2);

    private static readonly TimeSpan StillShown = TimeSpan.FromSeconds(10);
    private const int MostSteps = 5_000;

    public static IReadOnlyList<WantedMedia> Of(PlayerDocuments documents, DateTimeOffset now, ClockState clock)
    {
        var needs = new Dictionary<string, WantedMedia>(StringComparer.Ordinal);
        foreach (var notice in documents.Notices.Where(n => n.Expiry > now))
        {
            var at = notice.Kind == NoticeKind.Takeover || notice.Urgency == NoticeUrgency.Urgent || notice.Start < now ? now : notice.Start;
            Add(needs, notice.Image, at, true);
            Add(needs, notice.Audio, at, true);
        }

        var complete = ReadySet.Of((content, audience) => documents.Find(content) is { } playlist && playlist.Items.Any(i => i.Disclosure <= audience));
        AddScheduled(needs, documents, complete, now, clock);
        if (ScheduleResolver.Resolve(documents.Schedule, complete, now, ClockState.Unknown) is { Content: { } content } fallback && documents.Find(content) is { } defaults)
        {
            AddItems(needs, defaults, fallback.Audience, now + DefaultsBy, DateTimeOffset.MaxValue);
        }

        foreach (var variant in documents.Contents.Select(documents.Find).OfType<PlaylistDocument>().SelectMany(p => p.Items).Select(Best))
        {
            Add(needs, variant, DateTimeOffset.MaxValue, false);
        }

        return [.. needs.Values.OrderBy(n => n.NeededAt)];
    }

    private static void AddScheduled(Dictionary<string, WantedMedia> needs, PlayerDocuments documents, IReadySet complete, DateTimeOffset now, ClockState clock)
    {
        var (at, end) = (now, now + Horizon);
        var seen = new HashSet<(string, Disclosure)>();
        (PlaylistRef? Content, Disclosure Audience, DateTimeOffset Since) open = (null, default, now);
        for (var step = 0; at < end && step < MostSteps; step++)
        {
            var moment = ScheduleResolver.Resolve(documents.Schedule, complete, at, clock);
            if (moment.Content != open.Content || moment.Audience != open.Audience)
            {
                Close(at);
                open = (moment.Content, moment.Audience, at);
            }

            at = moment.NextChange;
        }

        Close(at < end ? at : end);

        // A playlist shown again later needs nothing sooner than the first time.
        void Close(DateTimeOffset until)
        {
            if (open.Content is { } content && documents.Find(content) is { } playlist && seen.Add((content.Sha256, open.Audience)))
            {
                AddItems(needs, playlist, open.Audience, open.Since, until);
            }
        }
    }

    private static void AddItems(Dictionary<string, WantedMedia> needs, PlaylistDocument playlist, Disclosure audience, DateTimeOffset from, DateTimeOffset until)
    {
        var at = from;
        foreach (var item in playlist.Items.Where(i => i.Disclosure <= audience))
        {
            var best = Best(item);
            Add(needs, best, at, true);
            var shown = item.DurationMs ?? best?.DurationMs;
            at += shown is { } ms and > 0 and < 86_400_000 ? TimeSpan.FromMilliseconds(ms) : StillShown;
            at = at < until ? at : until;
        }
    }

    private static MediaVariant? Best(PlaylistItem item) => item.Variants.Count > 0 ? item.Variants[0] : null;

    private static void Add(Dictionary<string, WantedMedia> needs, MediaVariant? variant, DateTimeOffset at, bool isProtected)
    {
        if (variant is null)
        {
            return;
        }

        if (!needs.TryGetValue(variant.Sha256, out var known))
        {
            needs[variant.Sha256] = new WantedMedia(variant.Sha256, variant.ContentType, variant.Bytes, at, isProtected);
        }
        else if (at < known.NeededAt || (isProtected && !known.IsProtected))
        {
            needs[variant.Sha256] = known with { NeededAt = at < known.NeededAt ? at : known.NeededAt, IsProtected = isProtected || known.IsProtected };
        }
    }
}
