namespace Kiosk.Hub.Auth;

/// <summary>What a person calls their browser and device, read from the user agent; nothing else of it is kept.</summary>
internal static class BrowserFamily
{
    // The first that matches: a messenger's browser also calls itself Chrome, and Chrome calls itself Safari.
    private static readonly (string Mark, string Name)[] _browsers =
    [
        ("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("Lark/", "Feishu"), ("QQBrowser", "QQ Browser"), ("UCBrowser", "UC Browser"), ("Edg", "Edge"), ("OPR/", "Opera"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] _systems =
    [
        ("Windows", "Windows"), ("OpenHarmony", "HarmonyOS"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPad", "iPad"), ("iPhone", "iPhone"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
    ];

    public static (string Browser, string System) Of(string? userAgent) => (Find(_browsers, userAgent), Find(_systems, userAgent));

    private static string Find((string Mark, string Name)[] known, string? userAgent) =>
        Array.Find(known, each => userAgent?.Contains(each.Mark, StringComparison.OrdinalIgnoreCase) == true).Name ?? "";
}
