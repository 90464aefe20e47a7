using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Playback;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Stage;

/// <summary>What the status tells about the screen.</summary>
/// <param name="NeedRelay">Titles of streams that no renderer opens itself.</param>
/// <param name="LeftOut">Titles of what this renderer cannot show and nothing stands in for.</param>
internal sealed record StageFacts(string? Title, Guid? MediaId, string Rule, int ItemsReady, int ItemsTotal, IReadOnlyList<DisplayFault> Faults, IReadOnlyList<string> NeedRelay, IReadOnlyList<string> LeftOut)
{
    /// <summary>More the hub does not keep, and thousands would not fit into one message.</summary>
    private const int MostTold = 20;

    public static StageFacts None { get; } = new(null, null, "splash", 0, 0, [], [], []);

    public static StageFacts Of(PlayerDocuments? documents, Resolution? resolution, PlaybackEngine engine, MediaCache cache, BrokenMedia broken, RendererKind renderer, bool relays)
    {
        var items = (documents?.Playlists.Values ?? []).SelectMany(p => p.Items).ToList();
        var stoodInFor = items.Where(i => i.InsteadOf is not null && renderer.Shows(i, relays)).Select(i => i.InsteadOf!.Value).ToHashSet();
        var rule = resolution?.Rule ?? "splash";
        var title = rule is "takeover" or "meeting" ? resolution!.Title : engine.View.Title;
        return new StageFacts(
            title,
            rule is "takeover" or "meeting" ? null : engine.CurrentMediaId,
            rule,
            items.Count(i => i.Address is not null || i.Variants.Any(v => cache.IsReady(v.Sha256))),
            items.Count,
            // What is no longer in any playlist is nobody's matter any more.
            [.. broken.All.Select(b => (Broken: b, Title: TitleOf(b.Source, items))).Where(b => b.Title is not null)
                .OrderByDescending(b => b.Broken.Last).Take(MostTold)
                .Select(b => new DisplayFault("media_failed", b.Title + ": " + b.Broken.Code, b.Broken.Since, b.Broken.Last, b.Broken.Count))],
            [.. items.Where(i => StreamAddress.NeedsRelay(i.Address)).Select(i => i.Title).Distinct()],
            [.. items.Where(i => !renderer.Shows(i, relays) && !stoodInFor.Contains(i.Id)).Select(i => i.Title).Distinct().Take(MostTold)]);
    }

    private static string? TitleOf(string source, List<PlaylistItem> items) =>
        items.FirstOrDefault(i => i.Address == source || i.Variants.Any(v => v.Sha256 == source))?.Title;
}
