namespace Kiosk.Contracts.Feeds;

/// <summary>Body of <c>display/{id}</c>: who this display is, and the feeds it follows, derived by the hub alone.</summary>
/// <param name="Number">Short number used in display codes.</param>
/// <param name="TimeZone">IANA zone of the place.</param>
/// <param name="Language">"zh-CN" or "en".</param>
/// <param name="VolumePercent">0–100.</param>
/// <param name="BaseAudience">Who may be in front of the display outside <paramref name="AudienceWindows"/>.</param>
/// <param name="AudienceWindows">Times at which the audience differs; half-open; the highest of overlapping windows counts.</param>
/// <param name="Follows">Feed keys, this document's own included.</param>
/// <param name="OrgPath">Org unit ids from the root to this display's unit.</param>
/// <param name="PowerHours">Weekly hours during which the screen is lit; null or empty: always. Outside them it rests, but for meetings and takeovers.</param>
/// <param name="VolumeHours">Weekly hours with another volume; null or empty: always the same. The quietest of overlapping hours counts.</param>
/// <param name="Downloads">How it fetches and keeps media; null: as fast as it can, at any hour, within the player's own limits.</param>
/// <param name="HubAddress">Base address for display codes, without a trailing slash, e.g. <c>https://hub.example.org</c>.</param>
public sealed record DisplayDocument(
    Guid DisplayId,
    int Number,
    string Name,
    Guid? RoomId,
    string? RoomName,
    Guid OrgUnitId,
    string OrgUnitName,
    IReadOnlyList<Guid> OrgPath,
    string TimeZone,
    Orientation Orientation,
    string Language,
    int VolumePercent,
    bool ElderMode,
    IReadOnlyList<string> Tags,
    Disclosure BaseAudience,
    IReadOnlyList<AudienceWindow> AudienceWindows,
    IReadOnlyList<string> Follows,
    IReadOnlyList<CheckInKey> CheckInKeys,
    IReadOnlyList<CardIssuer> CardIssuers,
    string HubAddress,
    IReadOnlyList<PowerTime>? PowerHours = null,
    IReadOnlyList<VolumeTime>? VolumeHours = null,
    DownloadRules? Downloads = null);

/// <summary>A weekly time during which a screen is lit, in the display's zone; an end at or before the start is on the next day.</summary>
/// <param name="Day">0 = Sunday … 6 = Saturday, the day of the start.</param>
/// <param name="Start">HH:mm.</param>
/// <param name="End">HH:mm; equal to the start is the whole day.</param>
public sealed record PowerTime(int Day, string Start, string End);

/// <summary>A weekly time with another volume, in the display's zone; an end at or before the start is on the next day.</summary>
/// <param name="Day">0 = Sunday … 6 = Saturday, the day of the start.</param>
/// <param name="Start">HH:mm.</param>
/// <param name="End">HH:mm; equal to the start is the whole day.</param>
/// <param name="Percent">0–100; 0 is silent.</param>
public sealed record VolumeTime(int Day, string Start, string End, int Percent);

/// <summary>From <paramref name="Start"/> (included) to <paramref name="End"/> (excluded) the audience is <paramref name="Audience"/>.</summary>
public sealed record AudienceWindow(DateTimeOffset Start, DateTimeOffset End, Disclosure Audience);

/// <summary>Secret from which this display makes the rotating codes of one meeting.</summary>
/// <param name="KeyId">0–255; travels in the code.</param>
/// <param name="Secret">32 bytes, Base64.</param>
public sealed record CheckInKey(Guid MeetingId, int MeetingNumber, byte KeyId, string Secret);

/// <summary>Public key that verifies check-in cards offline.</summary>
/// <param name="Issuer">The organisation's issuer number, as printed in its cards.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo of an ECDSA P-256 key, Base64.</param>
public sealed record CardIssuer(uint Issuer, byte KeyId, string PublicKey);
