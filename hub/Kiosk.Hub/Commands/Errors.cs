using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Commands;

internal static class CommandErrors
{
    public static InvalidInput KindUnknown() => Field("command_unknown", "kind");

    public static InvalidInput PowerUnknown() => Field("power_unknown", "power");

    public static InvalidInput VolumeRange() => Field("volume_range", "percent");

    public static Conflict NotPaired() => new("display_not_paired", CommandsText.Get("display_not_paired"));

    public static Conflict NotQueued() => new("command_not_queued", CommandsText.Get("command_not_queued"));

    public static NotFound PictureGone() => new("picture_gone", CommandsText.Get("picture_gone"));

    public static Conflict PictureNotWanted() => new("picture_not_wanted", CommandsText.Get("picture_not_wanted"));

    public static TooLarge PictureTooLarge() => new("picture_too_large", CommandsText.Get("picture_too_large"));

    public static Unprocessable PictureInvalid() => new("picture_invalid", CommandsText.Get("picture_invalid"));

    public static TooMany DisplayPictures(int most, TimeSpan within, int wait) => new("display_pictures_limit", CommandsText.Get("display_pictures_limit", (int)within.TotalMinutes, most, wait));

    public static TooMany OperatorPictures(int most, TimeSpan within, int wait) => new("operator_pictures_limit", CommandsText.Get("operator_pictures_limit", (int)within.TotalMinutes, most, wait));

    private static InvalidInput Field(string code, string field)
    {
        var sentence = CommandsText.Get(code);
        return new(code, sentence, new Dictionary<string, string[]> { [field] = [sentence] });
    }
}
