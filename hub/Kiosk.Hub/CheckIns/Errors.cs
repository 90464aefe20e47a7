using Kiosk.Hub.Shared;

namespace Kiosk.Hub.CheckIns;

internal static class CheckInErrors
{
    public static Conflict NotCheckedIn() => new("not_checked_in", CheckInsText.Get("not_checked_in"));
}

internal static class CheckInsText
{
    private static readonly ResourceText Text = new(typeof(CheckInsText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
