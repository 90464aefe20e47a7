using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Media;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Playback;

/// <summary>What to fetch, first needed first: notices, what plays now, default content, the rest of the schedule.</summary>
internal static class WantedList
{
    public static IReadOnlyList<WantedMedia> Of(PlayerDocuments documents, Resolution resolution)
    {
        var notices = documents.Notices.Where(n => n.Expiry > resolution.At).OrderBy(n => n.Start)
            .SelectMany(n => new[] { n.Image, n.Audio }).OfType<MediaVariant>();
        var chosen = resolution.Event?.Event.Content ?? resolution.Content;
        var contents = documents.Contents.OrderBy(c => c.Sha256 == chosen?.Sha256 ? 0 : c.Sha256 == resolution.Content?.Sha256 ? 1 : 2);
        var items = contents.Select(documents.Find).OfType<PlaylistDocument>()
            .SelectMany(p => p.Items)
            .Select(i => i.Variants.Count > 0 ? i.Variants[0] : null).OfType<MediaVariant>();
        return [.. notices.Concat(items).DistinctBy(v => v.Sha256).Select(v => new WantedMedia(v.Sha256, v.ContentType, v.Bytes))];
    }
}
