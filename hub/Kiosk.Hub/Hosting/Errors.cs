using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Hosting;

internal static class HostingErrors
{
    public static InvalidInput PinForm() => Field("pin_form");

    public static InvalidInput PinTrivial() => Field("pin_trivial");

    public static InvalidInput RunInvalid() => new("run_invalid", HostingText.Get("run_invalid"));

    public static Conflict TooManyActions() => new("too_many_actions", HostingText.Get("too_many_actions"));

    private static InvalidInput Field(string code) => new(code, HostingText.Get(code), new Dictionary<string, string[]> { ["pin"] = [HostingText.Get(code)] });
}

internal static class HostingText
{
    private static readonly ResourceText Text = new(typeof(HostingText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
