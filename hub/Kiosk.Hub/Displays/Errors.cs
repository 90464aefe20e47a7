using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Displays;

internal static class DisplayErrors
{
    public static InvalidInput ScopeInvalid() => new("scope_invalid", DisplaysText.Get("scope_invalid"));

    public static NotFound TargetUnknown() => new("target_unknown", DisplaysText.Get("target_unknown"));

    public static InvalidInput PairingInvalid() => new("pairing_invalid", DisplaysText.Get("pairing_invalid"));

    public static TooMany PairingsFull() => new("pairings_full", DisplaysText.Get("pairings_full"));

    public static Conflict TokenInUse() => new("token_in_use", DisplaysText.Get("token_in_use"));

    public static NotFound CodeUnknown() => new("pairing_code_unknown", DisplaysText.Get("pairing_code_unknown"));

    public static Gone CodeExpired() => new("pairing_code_expired", DisplaysText.Get("pairing_code_expired"));

    public static Conflict CodeUsed() => new("pairing_code_used", DisplaysText.Get("pairing_code_used"));

    public static InvalidInput ConfirmName(string name) => Field("confirm_name", "confirm", DisplaysText.Get("confirm_name", name));

    public static InvalidInput TimeZoneUnknown(string? zone) => Field("time_zone_unknown", "timeZone", DisplaysText.Get("time_zone_unknown", Shorten(zone)));

    public static InvalidInput RoomUnknown() => Field("room_unknown", "roomId", DisplaysText.Get("room_unknown"));

    public static InvalidInput InstantOutOfRange() => Field("instant_out_of_range", "at", DisplaysText.Get("instant_out_of_range"));

    private static InvalidInput Field(string code, string field, string sentence) =>
        new(code, sentence, new Dictionary<string, string[]> { [field] = [sentence] });

    private static string Shorten(string? text) => text is { Length: > 40 } ? text[..40] + "…" : text ?? "";
}
