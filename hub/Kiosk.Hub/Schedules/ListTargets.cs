using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Schedules;

/// <summary>GET /api/targets?orgUnitId=&amp;search=: what the caller may aim content at, with how many displays it reaches; at most 200 of a kind, more are found by name.</summary>
internal static class ListTargets
{
    /// <summary>Options of one kind in an answer; the rest is found by its name.</summary>
    private const int MostOfAKind = 200;

    public static async Task<Results<Ok<IReadOnlyList<TargetOption>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, string? search, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var allowed = await access.UnitIdsAsync(OperatorRole.Editor, orgUnitId, cancellationToken);
        if (!allowed.IsOk)
        {
            return Problems.From(allowed.Error);
        }

        var own = allowed.Value;
        var text = (search ?? "").Trim();
        text = text.Length > 100 ? text[..100] : text;
        var plain = TypedText.Plain(text);
        var places = (await DisplayPlace.LoadAsync(db, null, cancellationToken)).ToList();
        var reached = places.SelectMany(TargetResolver.ScopesOf).CountBy(scope => scope).ToDictionary(StringComparer.Ordinal);
        var named = (await db.Set<OrgUnit>().Where(unit => own.Contains(unit.Id)).WithName(db.Database, unit => unit.Name, text).Select(unit => unit.Id).ToListAsync(cancellationToken)).ToHashSet();
        var units = await db.Set<OrgUnit>().Where(unit => own.Contains(unit.Id)).OrderBy(unit => unit.Path)
            .Select(unit => new { unit.Id, unit.Name, unit.ParentId }).ToListAsync(cancellationToken);
        var rooms = await db.Set<Room>().Where(room => own.Contains(room.OrgUnitId)).WithName(db.Database, room => room.Name, text).OrderBy(room => room.Name).Take(MostOfAKind).ToListAsync(cancellationToken);
        var groups = await db.Set<DisplayGroup>().Where(group => own.Contains(group.OrgUnitId)).WithName(db.Database, group => group.Name, text).OrderBy(group => group.Name).Take(MostOfAKind).ToListAsync(cancellationToken);
        var displays = await db.Set<Display>().Where(display => own.Contains(display.OrgUnitId)).WithName(db.Database, display => display.Name, text).OrderBy(display => display.Name)
            .Select(display => new { display.Id, display.Name }).Take(MostOfAKind).ToListAsync(cancellationToken);

        // A tag is offered where the caller's units begin: below, the same tag only reaches less.
        var tops = units.Where(unit => unit.ParentId is not { } parent || !own.Contains(parent)).ToList();
        var tags = tops.SelectMany(top => places.Where(place => place.OrgPath.Contains(top.Id)).SelectMany(place => place.Tags).Distinct().Order(StringComparer.Ordinal)
            .Select(tag => (Scope: Scopes.Tag(top.Id, tag), Name: tops.Count == 1 ? $"#{tag}" : $"#{tag} · {top.Name}")));
        return TypedResults.Ok<IReadOnlyList<TargetOption>>(
        [
            .. units.Where(unit => named.Contains(unit.Id)).Take(MostOfAKind).Select(unit => Option(Scopes.Org(unit.Id), "org", unit.Name)),
            .. groups.Select(group => Option(Scopes.Group(group.Id), "group", group.Name)),
            .. tags.Where(tag => tag.Name.Contains(text, StringComparison.OrdinalIgnoreCase) || tag.Name.Contains(plain, StringComparison.OrdinalIgnoreCase)).Take(MostOfAKind).Select(tag => Option(tag.Scope, "tag", tag.Name)),
            .. rooms.Select(room => Option(Scopes.Room(room.Id), "room", room.Name)),
            .. displays.Select(display => Option(Scopes.Display(display.Id), "display", display.Name)),
        ]);

        TargetOption Option(string scope, string kind, string name) => new(scope, kind, name, reached.GetValueOrDefault(scope));
    }
}
