using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Media;
using Kiosk.Hub.Playlists;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Schedules;

/// <summary>Titles of what a playlist holds and a renderer cannot show; renderers that show all of it are left out.</summary>
internal sealed record Unshowable(IReadOnlyDictionary<RendererKind, IReadOnlyList<string>> Titles)
{
    private const int MostTitles = 10;

    /// <param name="reach">What the caller may see: the rest has no name.</param>
    public static Unshowable Of(PlaylistLibrary library, Guid playlistId, ContentReach reach)
    {
        var items = library.Compile(playlistId, Disclosure.Restricted).Items;
        return new(Enum.GetValues<RendererKind>()
            .Select(renderer => (renderer, titles: (IReadOnlyList<string>)[.. items.Where(item => !renderer.Shows(item)).Select(item => library.Media[item.MediaId])
                .Select(media => reach.Sees(media.OrgUnitId, media.Disclosure) ? media.Name : PlaylistsText.Get("hidden_item")).Distinct().Take(MostTitles)]))
            .Where(pair => pair.titles.Count > 0)
            .ToDictionary(pair => pair.renderer, pair => pair.titles));
    }

    /// <summary>Those of the displays that the scopes reach and that cannot show all of it.</summary>
    public async Task<IReadOnlyList<UnshowableOn>> OnAsync(HubDbContext db, IQueryable<Display> among, IEnumerable<string> scopes, CancellationToken cancellationToken)
    {
        if (Titles.Count == 0)
        {
            return [];
        }

        var renderers = Titles.Keys.ToList();
        var reached = await TargetResolver.DisplaysInAsync(db, scopes, cancellationToken);
        var concerned = await among.Where(display => reached.Contains(display.Id) && display.Renderer != null && renderers.Contains(display.Renderer.Value))
            .OrderBy(display => display.Name).ThenBy(display => display.Id).Take(UnshowableOn.Limit)
            .Select(display => new { display.Id, display.Name, display.Renderer }).ToListAsync(cancellationToken);
        return [.. concerned.Select(display => new UnshowableOn(display.Id, display.Name, Titles[display.Renderer!.Value]))];
    }
}
