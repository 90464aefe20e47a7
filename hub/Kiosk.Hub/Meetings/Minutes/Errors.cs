using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Meetings.Minutes;

internal static class MinutesErrors
{
    public static Conflict Final() => new("minutes_final", MinutesText.Get("minutes_final"));

    public static Conflict TooEarly() => new("minutes_too_early", MinutesText.Get("minutes_too_early"));

    public static Conflict Empty() => new("minutes_empty", MinutesText.Get("minutes_empty"));

    public static Conflict PhotosMany(int most) => new("minutes_photos_many", MinutesText.Get("minutes_photos_many", most));

    public static NotFound PhotoUnknown() => new("minutes_photo_unknown", MinutesText.Get("minutes_photo_unknown"));
}

internal static class MinutesText
{
    private static readonly ResourceText Text = new(typeof(MinutesText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);
}
