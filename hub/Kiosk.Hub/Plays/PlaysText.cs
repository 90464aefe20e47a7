using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Plays;

internal static class PlaysText
{
    private static readonly ResourceText _text = new(typeof(PlaysText));

    public static string Get(string key, params object?[] args) => _text.Get(key, args);
}
