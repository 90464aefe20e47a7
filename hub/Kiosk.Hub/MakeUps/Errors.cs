using Kiosk.Hub.Shared;

namespace Kiosk.Hub.MakeUps;

internal static class MakeUpErrors
{
    public static NotFound Unknown() => new("make_up_unknown", MakeUpText.Get("make_up_unknown"));

    public static Conflict TooEarly() => new("make_up_too_early", MakeUpText.Get("make_up_too_early"));

    public static Conflict TooLate(int days) => new("make_up_too_late", MakeUpText.Get("make_up_too_late", days));

    public static Conflict Decided() => new("make_up_decided", MakeUpText.Get("make_up_decided"));

    public static Conflict NotApproved() => new("make_up_not_approved", MakeUpText.Get("make_up_not_approved"));

    public static NotFound PhotoNotReady() => new("photo_not_ready", MakeUpText.Get("photo_not_ready"));
}

internal static class MakeUpText
{
    private static readonly ResourceText Text = new(typeof(MakeUpText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
