using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Media;
using Kiosk.Hub.Playlists;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Schedules;

/// <summary>Titles of what a playlist holds and a player cannot show, by its renderer and whether it hands streams on; players that show all of it are left out.</summary>
internal sealed record Unshowable(IReadOnlyDictionary<(RendererKind Renderer, bool Relays), IReadOnlyList<string>> Titles)
{
    private const int MostTitles = 10;

    /// <param name="reach">What the caller may see: the rest has no name.</param>
    public static Unshowable Of(PlaylistLibrary library, Guid playlistId, ContentReach reach)
    {
        var items = library.Compile(playlistId, Disclosure.Restricted).Items;
        return new(Enum.GetValues<RendererKind>().SelectMany(renderer => ((RendererKind Renderer, bool Relays)[])[(renderer, true), (renderer, false)])
            .Select(player => (player, titles: (IReadOnlyList<string>)[.. items.Where(item => !player.Renderer.Shows(item, player.Relays)).Select(item => library.Media[item.MediaId])
                .Select(media => reach.Sees(media.OrgUnitId, media.Disclosure) ? media.Name : PlaylistsText.Get("hidden_item")).Distinct().Take(MostTitles)]))
            .Where(pair => pair.titles.Count > 0)
            .ToDictionary(pair => pair.player, pair => pair.titles));
    }

    /// <summary>Those of the displays that the scopes reach and that cannot show all of it.</summary>
    public async Task<IReadOnlyList<UnshowableOn>> OnAsync(HubDbContext db, IQueryable<Display> among, IEnumerable<string> scopes, CancellationToken cancellationToken)
    {
        if (Titles.Count == 0)
        {
            return [];
        }

        var renderers = Titles.Keys.Select(player => player.Renderer).Distinct().ToList();
        var reached = await TargetResolver.DisplaysInAsync(db, scopes, cancellationToken);
        var concerned = await among.Where(display => reached.Contains(display.Id) && display.Renderer != null && renderers.Contains(display.Renderer.Value))
            .OrderBy(display => display.Name).ThenBy(display => display.Id)
            .Select(display => new { display.Id, display.Name, display.Renderer, display.Status }).ToListAsync(cancellationToken);
        return [.. concerned.Select(display => (display.Id, display.Name, Titles: Titles.GetValueOrDefault((display.Renderer!.Value, Relays(display.Status)))))
            .Where(display => display.Titles is not null).Take(UnshowableOn.Limit)
            .Select(display => new UnshowableOn(display.Id, display.Name, display.Titles!))];
    }

    /// <summary>Whether its player has said that it hands streams on.</summary>
    private static bool Relays(string? status) => status is not null && JsonSerializer.Deserialize<DisplayStatus>(status, KioskJson.Options)!.Relays;
}
