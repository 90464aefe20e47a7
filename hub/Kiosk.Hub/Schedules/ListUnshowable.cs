using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Media;
using Kiosk.Hub.Playlists;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Schedules;

/// <summary>GET /api/schedule/unshowable: which displays could not show something of a playlist, and what.</summary>
internal static class ListUnshowable
{
    private const int MostTitles = 10;

    public static async Task<Results<Ok<IReadOnlyList<UnshowableOn>>, ProblemHttpResult>> HandleAsync(
        string scope, Guid playlistId, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (await TargetResolver.CheckAsync(access, db, OperatorRole.Editor, scope, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var found = await ReadPlaylists.FindAsync(playlistId, access, db, cancellationToken);
        if (!found.IsOk)
        {
            return Problems.From(found.Error);
        }

        var reached = await ContentReach.OfAsync(access, db, null, cancellationToken);
        if (!reached.IsOk)
        {
            return Problems.From(reached.Error);
        }

        var reach = reached.Value;
        var library = await PlaylistLibrary.LoadAsync(db, [playlistId], cancellationToken);
        var items = library.Compile(playlistId, Disclosure.Restricted).Items;
        var missing = Enum.GetValues<RendererKind>().SelectMany(renderer => ((RendererKind Renderer, bool Relays)[])[(renderer, true), (renderer, false)]).ToDictionary(
            player => player,
            player => items.Where(item => !player.Renderer.Shows(item, player.Relays)).Select(item => library.Media[item.MediaId])
                .Select(media => reach.Sees(media.OrgUnitId, media.Disclosure) ? media.Name : PlaylistsText.Get("hidden_item")).Distinct().Take(MostTitles).ToList());
        var renderers = missing.Where(pair => pair.Value.Count > 0).Select(pair => pair.Key.Renderer).Distinct().ToList();
        var displays = renderers.Count == 0 ? [] : await TargetResolver.DisplaysInAsync(db, [scope], cancellationToken);
        var concerned = await db.Set<Display>()
            .Where(display => displays.Contains(display.Id) && display.Renderer != null && renderers.Contains(display.Renderer.Value))
            .OrderBy(display => display.Name)
            .Select(display => new { display.Id, display.Name, display.Renderer, display.Status })
            .ToListAsync(cancellationToken);
        return TypedResults.Ok<IReadOnlyList<UnshowableOn>>(
            [.. concerned.Select(display => new UnshowableOn(display.Id, display.Name, missing[(display.Renderer!.Value, Relays(display.Status))]))
                .Where(each => each.Titles.Count > 0).Take(UnshowableOn.Limit)]);
    }

    /// <summary>Whether its player has said that it hands streams on.</summary>
    private static bool Relays(string? status) => status is not null && JsonSerializer.Deserialize<DisplayStatus>(status, KioskJson.Options)!.Relays;
}
