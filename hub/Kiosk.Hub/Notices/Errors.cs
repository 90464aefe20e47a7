using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Notices;

internal static class NoticeErrors
{
    public static InvalidInput RangeInverted() => Field("range_inverted", "expiry");

    public static InvalidInput ExpiryPast() => Field("expiry_past", "expiry");

    public static InvalidInput ImageNotReady() => Field("image_not_ready", "imageMediaId");

    public static InvalidInput ImageTooConfidential() => Field("image_too_confidential", "imageMediaId");

    public static Conflict Withdrawn() => new("notice_withdrawn", NoticesText.Get("notice_withdrawn"));

    private static InvalidInput Field(string code, string field)
    {
        var sentence = NoticesText.Get(code);
        return new InvalidInput(code, sentence, new Dictionary<string, string[]> { [field] = [sentence] });
    }
}
