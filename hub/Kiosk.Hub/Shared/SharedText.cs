namespace Kiosk.Hub.Shared;

internal static class SharedText
{
    private static readonly ResourceText Text = new(typeof(SharedText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
