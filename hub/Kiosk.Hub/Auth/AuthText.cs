using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Auth;

internal static class AuthText
{
    private static readonly ResourceText Text = new(typeof(AuthText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
