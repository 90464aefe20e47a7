using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>What a display shows at an instant, and which rule decided.</summary>
/// <param name="Rule">What is on top: <c>takeover meeting schedule default splash</c>, or <c>screen_off</c> while the screen rests.</param>
/// <param name="ContentRule">Where <paramref name="Content"/> comes from: <c>schedule default splash</c>; it plays beneath takeover and meeting mode.</param>
/// <param name="Audience">Who may be in front of the display.</param>
/// <param name="Banner">The one banner of the moment.</param>
/// <param name="Meeting">The meeting that has the room.</param>
/// <param name="Event">The occurrence that won the schedule.</param>
/// <param name="Content">Null only for the splash screen.</param>
/// <param name="NextChange">Until then (excluded) the same documents and ready set give the same answer; at most 16 days ahead.</param>
/// <param name="Why">The deciding reason.</param>
public sealed record Resolution(
    DateTimeOffset At,
    string Rule,
    string ContentRule,
    Disclosure Audience,
    NoticeItem? Takeover,
    NoticeItem? Banner,
    IReadOnlyList<NoticeItem> Tickers,
    MeetingMoment? Meeting,
    EventOccurrence? Event,
    PlaylistRef? Content,
    DateTimeOffset NextChange,
    Reason Why)
{
    /// <summary>The screen rests.</summary>
    public bool IsScreenOff => Rule == ReasonCodes.ScreenOff;

    /// <summary>Title of what is on top, or null for the splash screen.</summary>
    public string? Title => Rule switch
    {
        ReasonCodes.Takeover => Takeover!.Title,
        ReasonCodes.Meeting => Meeting!.Meeting.Title,
        ReasonCodes.Schedule => Event!.Event.Title,
        ReasonCodes.ScreenOff => null,
        _ => Content?.Name,
    };
}
