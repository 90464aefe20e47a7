using Kiosk.Hub.Shared;

namespace Kiosk.Hub.OrgUnits;

internal static class OrgUnitText
{
    private static readonly ResourceText Text = new(typeof(OrgUnitText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
