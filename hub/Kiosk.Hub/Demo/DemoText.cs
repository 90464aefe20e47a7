using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Demo;

internal static class DemoText
{
    private static readonly ResourceText Text = new(typeof(DemoText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);

    /// <summary>A list kept in one text, parts divided by '|'.</summary>
    public static string[] List(string key) => Get(key).Split('|');
}
