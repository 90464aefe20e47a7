using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>Which displays a scope reaches, which scopes reach a display, and who may aim at a scope.</summary>
internal static class TargetResolver
{
    /// <summary>The scopes that reach a display, most specific first: display, room, groups, tags (nearest unit first), org units (nearest first).</summary>
    public static IReadOnlyList<string> ScopesOf(DisplayPlace display)
    {
        var units = display.OrgPath.Reverse().ToList();
        List<string> scopes = [Scopes.Display(display.Id)];
        if (display.RoomId is { } room)
        {
            scopes.Add(Scopes.Room(room));
        }

        scopes.AddRange(display.GroupIds.Select(Scopes.Group));
        scopes.AddRange(units.SelectMany(unit => display.Tags.Order(StringComparer.Ordinal).Select(tag => Scopes.Tag(unit, tag))));
        scopes.AddRange(units.Select(Scopes.Org));
        return scopes;
    }

    /// <summary>Ids of the displays that at least one of the scopes reaches, ascending.</summary>
    public static async Task<IReadOnlyList<Guid>> DisplaysInAsync(HubDbContext db, IEnumerable<string> scopes, CancellationToken cancellationToken)
    {
        HashSet<Guid> found = [];
        foreach (var scope in scopes.Distinct())
        {
            if (Scopes.TryParse(scope, out var kind, out var id, out var tag))
            {
                found.UnionWith(await DisplaysInAsync(db, kind, id, tag, cancellationToken));
            }
        }

        return [.. found.Order()];
    }

    /// <summary>Null when the operator has the role over the unit that the scope lies in.</summary>
    public static async Task<Error?> CheckAsync(
        OperatorAccess access, HubDbContext db, OperatorRole role, string scope, CancellationToken cancellationToken = default)
    {
        if (!Scopes.TryParse(scope, out var kind, out var id, out var tag) || (kind == "tag" && !IsTag(tag)))
        {
            return DisplayErrors.ScopeInvalid();
        }

        Guid? unit = kind switch
        {
            "display" => await db.Set<Display>().Where(display => display.Id == id).Select(display => (Guid?)display.OrgUnitId).SingleOrDefaultAsync(cancellationToken),
            "room" => await db.Set<Room>().Where(room => room.Id == id).Select(room => (Guid?)room.OrgUnitId).SingleOrDefaultAsync(cancellationToken),
            "group" => await db.Set<DisplayGroup>().Where(group => group.Id == id).Select(group => (Guid?)group.OrgUnitId).SingleOrDefaultAsync(cancellationToken),
            _ => id,
        };
        return unit is null ? DisplayErrors.TargetUnknown()
            : await access.CheckAsync(role, unit.Value, cancellationToken) switch
            {
                NotFound => DisplayErrors.TargetUnknown(),
                var other => other,
            };
    }

    /// <summary>What people call the scopes, in their order.</summary>
    public static async Task<IReadOnlyList<string>> NamesAsync(HubDbContext db, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var parsed = scopes.Select(scope => Scopes.TryParse(scope, out var kind, out var id, out var tag) ? (kind, id, tag) : ("", Guid.Empty, "")).ToList();
        var ids = parsed.Select(scope => scope.Item2).ToHashSet();
        var names = new Dictionary<(string, Guid), string>();
        await AddAsync("org", db.Set<OrgUnit>().Where(unit => ids.Contains(unit.Id)).Select(unit => new Named(unit.Id, unit.Name)));
        await AddAsync("room", db.Set<Room>().Where(room => ids.Contains(room.Id)).Select(room => new Named(room.Id, room.Name)));
        await AddAsync("group", db.Set<DisplayGroup>().Where(group => ids.Contains(group.Id)).Select(group => new Named(group.Id, group.Name)));
        await AddAsync("display", db.Set<Display>().IgnoreQueryFilters().Where(display => ids.Contains(display.Id)).Select(display => new Named(display.Id, display.Name)));
        return [.. parsed.Select(scope => scope.Item1 == "tag"
            ? $"#{scope.Item3} · {names.GetValueOrDefault(("org", scope.Item2), "?")}"
            : names.GetValueOrDefault((scope.Item1, scope.Item2), "?"))];

        async Task AddAsync(string kind, IQueryable<Named> query)
        {
            if (parsed.Any(scope => scope.Item1 == kind || (kind == "org" && scope.Item1 == "tag")))
            {
                foreach (var named in await query.ToListAsync(cancellationToken))
                {
                    names[(kind, named.Id)] = named.Name;
                }
            }
        }
    }

    /// <summary>Lower-case letters (of any script), digits, '-' and '_', at most 40.</summary>
    public static bool IsTag(string tag) =>
        tag.Length is > 0 and <= 40 && tag.All(c => (char.IsLetterOrDigit(c) && !char.IsUpper(c)) || c is '-' or '_');

    private sealed record Named(Guid Id, string Name);

    private static async Task<List<Guid>> DisplaysInAsync(HubDbContext db, string kind, Guid id, string tag, CancellationToken cancellationToken)
    {
        switch (kind)
        {
            case "display":
                return await db.Set<Display>().Where(display => display.Id == id).Select(display => display.Id).ToListAsync(cancellationToken);
            case "room":
                return await db.Set<Display>().Where(display => display.RoomId == id).Select(display => display.Id).ToListAsync(cancellationToken);
            case "group":
                return await db.Set<DisplayGroupMember>().Where(member => member.GroupId == id).Select(member => member.DisplayId).ToListAsync(cancellationToken);
            default:
                var path = await db.Set<OrgUnit>().Where(unit => unit.Id == id).Select(unit => unit.Path).SingleOrDefaultAsync(cancellationToken);
                if (path is null)
                {
                    return [];
                }

                var under = from display in db.Set<Display>()
                            join unit in db.Set<OrgUnit>() on display.OrgUnitId equals unit.Id
                            where unit.Path.StartsWith(path)
                            select display;
                return await (kind == "tag" ? under.Where(display => display.Tags.Contains(tag)) : under)
                    .Select(display => display.Id).ToListAsync(cancellationToken);
        }
    }
}
