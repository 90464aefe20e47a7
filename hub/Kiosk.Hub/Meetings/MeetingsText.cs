using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Meetings;

internal static class MeetingsText
{
    private static readonly ResourceText Text = new(typeof(MeetingsText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
