using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/pairings/{code}: what would be claimed (Admin). 404 <c>pairing_code_unknown</c>, 410 <c>pairing_code_expired</c>.</summary>
public sealed record PairingPreview(string Code, int ScreenWidth, int ScreenHeight, string PlayerVersion, DateTimeOffset ExpiresAt);

/// <summary>POST /api/displays (Admin): claims the player that shows the code and creates its display → <see cref="DisplaySummary"/>.</summary>
/// <param name="Code">With or without the dash, any case.</param>
/// <param name="DisplayId">Set to give the player to an existing display (a replaced device), whose old token is revoked.</param>
public sealed record ClaimDisplay(string Code, Guid? DisplayId, DisplayInput Display);

/// <summary>PUT /api/displays/{id} (Admin).</summary>
/// <param name="Name">1–120 characters.</param>
/// <param name="TimeZone">IANA id; 400 <c>time_zone_unknown</c>.</param>
/// <param name="Tags">At most 20 of letters, digits, '-' and '_', stored in lower case.</param>
/// <param name="Language">"zh-CN" or "en".</param>
/// <param name="Audience">Who may be in front of it outside <paramref name="AudienceTimes"/> and members' sessions in its room.</param>
/// <param name="PowerHours">When the screen is lit, at most 50; empty: always; null keeps what is stored.</param>
/// <param name="VolumeHours">When it is quieter or louder, at most 50; empty: never; null keeps what is stored.</param>
/// <param name="Downloads">How it fetches media: a cap of 64–10,000,000 kbit/s, at most 50 windows, a cache of 500–100,000,000 MB; null keeps what is stored.</param>
public sealed record DisplayInput(
    string Name,
    Guid OrgUnitId,
    Guid? RoomId,
    string TimeZone,
    Orientation Orientation,
    IReadOnlyList<string> Tags,
    string Language,
    int VolumePercent,
    bool ElderMode,
    Disclosure Audience,
    IReadOnlyList<AudienceTime> AudienceTimes,
    IReadOnlyList<PowerTime>? PowerHours = null,
    IReadOnlyList<VolumeTime>? VolumeHours = null,
    DownloadRules? Downloads = null);

/// <summary>A weekly time with another audience, in the display's zone; an end at or before the start is on the next day.</summary>
/// <param name="Day">0 = Sunday … 6 = Saturday, the day of the start.</param>
/// <param name="Start">HH:mm.</param>
/// <param name="End">HH:mm.</param>
public sealed record AudienceTime(int Day, string Start, string End, Disclosure Audience);

/// <summary>GET /api/displays?orgUnitId=&amp;search=&amp;skip=&amp;take=.</summary>
/// <param name="Online">A connection is open now.</param>
/// <param name="LastSeen">Last sign of life.</param>
/// <param name="Status">What it last said.</param>
/// <param name="Paired">False after revoking, until a player is claimed for it again.</param>
/// <param name="CurrentThumbnail">Address of a thumbnail of what plays, or null.</param>
/// <param name="Meeting">The meeting it shows, when a meeting decides what it shows.</param>
public sealed record DisplaySummary(
    Guid Id,
    int Number,
    string Name,
    Guid OrgUnitId,
    string OrgUnitName,
    Guid? RoomId,
    string? RoomName,
    string TimeZone,
    Orientation Orientation,
    IReadOnlyList<string> Tags,
    string Language,
    int VolumePercent,
    bool ElderMode,
    Disclosure Audience,
    IReadOnlyList<AudienceTime> AudienceTimes,
    bool Paired,
    bool Online,
    DateTimeOffset? LastSeen,
    DisplayStatus? Status,
    string? CurrentThumbnail,
    DisplayMeeting? Meeting = null,
    IReadOnlyList<PowerTime>? PowerHours = null,
    IReadOnlyList<VolumeTime>? VolumeHours = null,
    DownloadRules? Downloads = null);

/// <summary>What the screen in the room says about the meeting: no names.</summary>
public sealed record DisplayMeeting(
    string Title, DateTimeOffset Start, DateTimeOffset End, int Present, int Expected, DateTimeOffset? CheckInOpens = null, MeetingState State = MeetingState.Scheduled);

/// <summary>GET /api/displays/{id}/resolution?at=: what shows at an instant and which rule decided it.</summary>
/// <param name="Rule"><c>takeover meeting schedule default splash</c>.</param>
/// <param name="Title">Title of what shows.</param>
/// <param name="Reasons">Sentences, the deciding one first.</param>
public sealed record ResolutionView(DateTimeOffset At, string Rule, string? Title, IReadOnlyList<string> Reasons, DateTimeOffset? NextChange);
