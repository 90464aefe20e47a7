using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Notices;

internal static class NoticesText
{
    private static readonly ResourceText _text = new(typeof(NoticesText));

    public static string Get(string key, params object?[] args) => _text.Get(key, args);
}
