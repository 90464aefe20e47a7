using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>How closely a scope names a display: display &gt; room &gt; group &gt; tag &gt; nearest org unit.</summary>
internal static class Specificity
{
    public static int Of(string scope, DisplayDocument display)
    {
        if (!Scopes.TryParse(scope, out var kind, out var id, out _))
        {
            return -1;
        }

        return kind switch
        {
            "display" => 40_000,
            "room" => 30_000,
            "group" => 20_000,
            "tag" => 10_000,
            _ => DepthOf(id, display.OrgPath),
        };
    }

    private static int DepthOf(Guid orgUnit, IReadOnlyList<Guid> path)
    {
        for (var i = path.Count - 1; i >= 0; i--)
        {
            if (path[i] == orgUnit)
            {
                return i;
            }
        }

        return -1;
    }
}
