using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Displays;

internal static class DisplaysText
{
    private static readonly ResourceText _text = new(typeof(DisplaysText));

    public static string Get(string key, params object?[] args) => _text.Get(key, args);
}
