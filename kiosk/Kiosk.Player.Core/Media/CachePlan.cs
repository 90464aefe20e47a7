using Kiosk.Player.Core.Storage;

namespace Kiosk.Player.Core.Media;

/// <summary>What is fetched, what has to wait for want of room, and what goes first when room is needed. Pure.</summary>
/// <param name="Fetch">Not here yet, first needed first, each with room set aside for it.</param>
/// <param name="Refused">Not here and without room, although needed within the horizon; first needed first.</param>
/// <param name="Droppable">Here, and first to go first: what nobody names, least recently needed first; then what is needed last.</param>
/// <param name="NeededBytes">What everything protected takes.</param>
internal sealed record CachePlan(IReadOnlyList<WantedMedia> Fetch, IReadOnlyList<WantedMedia> Refused, IReadOnlyList<string> Droppable, long NeededBytes)
{
    public static CachePlan Empty { get; } = new([], [], [], 0);

    /// <param name="wanted">First needed first.</param>
    /// <param name="held">Files of items whose new file is not here yet.</param>
    /// <param name="here">What the cache has.</param>
    /// <param name="budget">Bytes all of it may take.</param>
    public static CachePlan Of(IReadOnlyList<WantedMedia> wanted, IReadOnlyCollection<string> held, IReadOnlyCollection<StoredMedia> here, long budget)
    {
        var stored = here.ToDictionary(m => m.Sha256, StringComparer.Ordinal);
        var kept = new HashSet<string>(StringComparer.Ordinal);
        long used = 0, needed = 0;

        // Never dropped, whatever it costs: what is needed soon and already here comes before anything that would have to be fetched.
        foreach (var sha256 in held.Concat(wanted.Where(w => w.IsProtected).Select(w => w.Sha256)))
        {
            if (stored.TryGetValue(sha256, out var media) && kept.Add(sha256))
            {
                used += media.Bytes;
            }
        }

        needed = used;
        List<WantedMedia> fetch = [], refused = [], later = [];
        foreach (var media in wanted.Where(w => !kept.Contains(w.Sha256)))
        {
            var missing = !stored.ContainsKey(media.Sha256);
            needed += media.IsProtected ? media.Bytes : 0;
            if (used + media.Bytes <= budget)
            {
                used += media.Bytes;
                kept.Add(media.Sha256);
                if (missing)
                {
                    fetch.Add(media);
                }
            }
            else if (!missing)
            {
                later.Add(media);
            }
            else if (media.IsProtected)
            {
                refused.Add(media);
            }
        }

        var named = wanted.Select(w => w.Sha256).ToHashSet(StringComparer.Ordinal);
        var unnamed = here.Where(m => !kept.Contains(m.Sha256) && !named.Contains(m.Sha256)).OrderBy(m => m.NeededAt).Select(m => m.Sha256);
        return new CachePlan(fetch, refused, [.. unnamed, .. later.Select(w => w.Sha256).Reverse()], needed);
    }
}
