using System.Text.Json.Serialization;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Player.Core.View;

/// <summary>
/// Everything a renderer needs to know, as one level-triggered value: whoever holds the newest revision is right.
/// It names no UI technology and carries no secret but the one QR text of the moment.
/// </summary>
/// <param name="Revision">Grows with every change of this process.</param>
/// <param name="Now">Corrected time at which the view was made.</param>
/// <param name="HubReachable">False shows the quiet offline dot.</param>
/// <param name="Pairing">Set while the player has no identity; then nothing else is shown.</param>
/// <param name="Takeover">Full-screen notice; card check-in goes on beneath it.</param>
/// <param name="Meeting">Meeting mode; covers playback.</param>
/// <param name="CheckIn">Result of the latest card, to be shown whole-screen for 3 s.</param>
/// <param name="Touch">What somebody at the screen has opened; covers playback and meeting mode, never the result of a card.</param>
/// <param name="Host">The host panel while it is open.</param>
/// <param name="Resting">Outside its power hours: dark, until somebody touches it, a meeting or a takeover comes.</param>
/// <param name="CanHost">Somebody may host in this room from here.</param>
/// <param name="Refusal">A start-up problem a person must solve, e.g. the hub address is wrong and nothing is cached; else null.</param>
public sealed record StageView(
    long Revision,
    DateTimeOffset Now,
    string Language,
    string TimeZone,
    Orientation Orientation,
    bool ElderMode,
    int VolumePercent,
    string? DisplayName,
    bool HubReachable,
    PairingView? Pairing,
    PlaybackView Playback,
    IReadOnlyList<NoticeView> Tickers,
    NoticeView? Banner,
    NoticeView? Takeover,
    MeetingView? Meeting,
    CheckInView? CheckIn,
    RefusalView? Refusal,
    TouchView? Touch = null,
    HostPanelView? Host = null,
    bool CanHost = false,
    bool Resting = false)
{
    /// <summary>Part of what shows is one person's own: no picture of this screen leaves the place.</summary>
    public bool Personal => Touch?.Personal ?? false;

    /// <summary>Set while the screen says which one it is.</summary>
    public IdentifyView? Identify { get; init; }

    /// <summary>After a start without hub and with a clock that is not to be trusted: <see cref="Now"/> only goes on from what was last known, so no hour is shown.</summary>
    public bool TimeUnknown { get; init; }

    /// <summary>Something is to be played now, and nothing of it is here yet.</summary>
    public bool Awaited { get; init; }

    /// <summary>Set while a picture of the screen is taken: what a camera shows is to be covered, and <see cref="StageEventKind.Veiled"/> told with this.</summary>
    public Guid? Veil { get; init; }

    /// <summary>A camera's picture of who stands at the screen may be part of what shows.</summary>
    [JsonIgnore]
    public bool CameraMayShow => Meeting is { CheckInOpen: true } or { ExitOpen: true } || Touch is not null || Host is not null;

    /// <summary>Resting, but to be lit within seconds: a monitor needs that long to come on.</summary>
    public bool Waking { get; init; }
}

/// <param name="Code">XXXX-XXXX, or null while the hub has not answered.</param>
/// <param name="ClaimUrl">For the QR.</param>
/// <param name="HubAddress">Shown, so that a person sees which hub is asked.</param>
/// <param name="Reason">Why a device that was paired is to be paired anew; it says so beside the code.</param>
public sealed record PairingView(string? Code, string? ClaimUrl, DateTimeOffset? ExpiresAt, string HubAddress, PairingReason Reason = PairingReason.None);

public enum PairingReason
{
    None,

    /// <summary>An administrator took it out of use while it ran.</summary>
    Revoked,

    /// <summary>The hub runs on data that never knew it, e.g. from an older backup or another folder. It is back by itself once the hub knows it again.</summary>
    Unrecognised,
}

/// <param name="Code">Stable code, e.g. <c>hub_unreachable</c>; the renderer has the sentence in both languages.</param>
/// <param name="Detail">What it is about, e.g. the address; never a stack trace.</param>
public sealed record RefusalView(string Code, string? Detail);

/// <summary>
/// What to play. The stage shows <paramref name="Current"/>, prepares <paramref name="Next"/> and moves on to it by itself when
/// the current one ends (saying <see cref="StageEventKind.Started"/>), so that no round trip stands between two items.
/// When <paramref name="Current"/> names a play the stage neither shows nor has prepared, it prepares and cuts to that.
/// </summary>
/// <param name="Coming">
/// What <paramref name="Current"/> will be at a change only seconds ahead (another event, default content, the end of a meeting):
/// to be prepared out of sight, also while something covers playback. Null most of the time.
/// </param>
public sealed record PlaybackView(StageItem? Current, StageItem? Next, string Rule, string? Title, StageItem? Coming = null)
{
    public static PlaybackView Splash { get; } = new(null, null, "splash", null);
}

/// <param name="PlayId">Names this one showing; events refer to it.</param>
/// <param name="MediaSha256">Verified file in the cache; the host serves it at <c>/media/{sha256}</c> with Range. Null for what is fetched while it shows.</param>
/// <param name="ContentType">Of that file; empty without one.</param>
/// <param name="DurationMs">Time on screen; null plays a video to its end.</param>
/// <param name="Address">Of a web page or live stream, a login in it hidden; null for a file.</param>
public sealed record StageItem(
    Guid PlayId, Guid ItemId, PlaylistItemKind Kind, string Title, string? MediaSha256, string ContentType, long? DurationMs, ItemFit Fit,
    string? Address = null)
{
    /// <summary>Of a live stream with a login: for the player's own relay, never for a renderer. Null where <see cref="Address"/> says it all.</summary>
    [JsonIgnore]
    public StreamSource? Source { get; init; }
}

/// <param name="Version">Goes back in the painted event.</param>
/// <param name="ImageSha256">Verified file in the cache, or null.</param>
/// <param name="AudioSha256">Verified file in the cache, or null; played once.</param>
public sealed record NoticeView(
    Guid Id, int Version, NoticeUrgency Urgency, string Title, string Text, string From, DateTimeOffset Start, DateTimeOffset Expiry,
    string? ImageSha256, string? AudioSha256);

/// <param name="QrText">Address with the code of this moment; null when the hub is out of reach or check-in is closed.</param>
/// <param name="QrUntil">When the next code is due.</param>
/// <param name="ShowNames">Masked names may be shown (a members' session before a members' audience).</param>
/// <param name="Expected">应到.</param>
/// <param name="Present">实到.</param>
/// <param name="Agenda">Of the session that is on.</param>
/// <param name="ExitOpen">A scan of somebody who has come means leaving now, also while no arrivals are taken any more.</param>
/// <param name="Session">Of an evening with several sessions the one that is on.</param>
/// <param name="Point">Index of the current agenda point, from 0; null before the first was chosen.</param>
/// <param name="NumbersUntil">Phones show numbers that wait to be tapped here, the last until then; null when none does or the hub is out of reach.</param>
/// <param name="Frozen">表决前清点: the count that is held on the screen.</param>
/// <param name="SignUp">Members came of their own will: <paramref name="Expected"/> signed up, and nobody votes.</param>
/// <param name="CancelReason">Why a cancelled meeting does not take place, if somebody said so.</param>
/// <param name="OfflinePresent">Of those, how many are only in this kiosk's journal so far.</param>
public sealed record MeetingView(
    Guid Id,
    MeetingPhase Phase,
    string Title,
    string TypeName,
    string? RoomName,
    string? HostName,
    DateTimeOffset Start,
    DateTimeOffset End,
    bool CheckInOpen,
    string? QrText,
    DateTimeOffset? QrUntil,
    bool ShowNames,
    int Expected,
    int Present,
    int OfflinePresent,
    int VotingExpected,
    int VotingPresent,
    int? QuorumNeeded,
    string? QuorumSource,
    IReadOnlyList<string> Agenda,
    IReadOnlyList<Arrival> Arrivals,
    NextMeetingView? NextMeeting,
    int? Point = null,
    CountView? Frozen = null,
    DateTimeOffset? NumbersUntil = null,
    SessionView? Session = null,
    bool ExitOpen = false,
    bool SignUp = false,
    string? CancelReason = null);

public enum MeetingPhase
{
    Before,
    During,
    After,
    Cancelled,
}

public sealed record NextMeetingView(string Title, DateTimeOffset Start);

/// <summary>The answer to one card.</summary>
/// <param name="Id">Changes with every card, so that two of the same person are both shown.</param>
/// <param name="Kind">Colour, sound and sentence follow from it.</param>
/// <param name="Outcome">Set when refused or already checked in: the stable code in snake_case.</param>
/// <param name="MaskedName">张*三, or null when not known.</param>
/// <param name="PointsGranted">Only when the hub answered within 700 ms.</param>
/// <param name="PracticeCard">Set when this was practice and recorded nowhere: the letter of the practice card, or "own" for a real one.</param>
/// <param name="RecordId">What an undo names; null where nothing was recorded that this kiosk could take back.</param>
public sealed record CheckInView(
    Guid Id, CheckInViewKind Kind, string? Outcome, string? MaskedName, bool Late, int? PointsGranted, DateTimeOffset Until, string? PracticeCard = null,
    Guid? RecordId = null);

public enum CheckInViewKind
{
    Done,

    /// <summary>Journalled; points come with the network.</summary>
    SavedOffline,
    AlreadyDone,
    Refused,

    /// <summary>离场已记下, also without a network.</summary>
    Left,

    /// <summary>The check-in just made was taken back here.</summary>
    TakenBack,

    /// <summary>No meeting takes check-ins; the card opened its holder's own page. Never shown as a result.</summary>
    OnlyAsked,

    /// <summary>Journalled although this kiosk cannot say whether it counts: not on the list it has. The hub and the host decide.</summary>
    Noted,
}
