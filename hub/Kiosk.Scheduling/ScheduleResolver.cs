using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>
/// Decides what a display shows: takeover &gt; meeting mode &gt; schedule &gt; default &gt; splash. Pure: the same documents, ready set
/// and instant give the same answer on the player and in the hub.
/// </summary>
public static class ScheduleResolver
{
    /// <param name="documents">What the display holds.</param>
    /// <param name="ready">What could play.</param>
    /// <param name="now">Corrected time. With an unknown clock: the latest time known to have passed, so that notices run on their remaining time.</param>
    /// <param name="clock"><see cref="ClockState.Unknown"/> leaves out schedule and meetings and takes the narrowest audience.</param>
    public static Resolution Resolve(DisplaySchedule documents, IReadySet ready, DateTimeOffset now, ClockState clock = ClockState.Synced)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(ready);
        var trusted = clock != ClockState.Unknown;
        var audience = trusted ? Audiences.At(documents.Display, now) : Audiences.AtAnyTime(documents.Display);
        var takeover = Notices.First(documents.Notices, NoticeKind.Takeover, now, audience);
        var meeting = trusted ? Meetings.At(documents.Room, now) : null;
        var (winner, next) = trusted ? FromSchedule(documents, ready, now, audience) : (null, TimeWindow.Bounds(TimeWindow.Of(now.UtcTicks)).Until);
        var content = winner?.Event.Source.Content ?? FromDefaults(documents, ready, audience);
        var contentRule = winner is not null ? ReasonCodes.Schedule : content is not null ? ReasonCodes.Default : ReasonCodes.Splash;
        var rule = takeover is not null ? ReasonCodes.Takeover : meeting is not null ? ReasonCodes.Meeting
            // A meeting, its thanks included, keeps the screen lit past its hours; a clock that cannot be trusted never darkens it.
            : trusted && !PowerHours.IsLit(documents.Display, now) ? ReasonCodes.ScreenOff
            : contentRule;

        next = Math.Min(next, Notices.NextChange(documents.Notices, now));
        next = Math.Min(next, Audiences.NextChange(documents.Display, now));
        next = Math.Min(next, Meetings.NextChange(documents.Room, now));
        next = trusted ? Math.Min(next, PowerHours.NextChange(documents.Display, now)) : next;
        return new Resolution(
            now,
            rule,
            contentRule,
            audience,
            takeover,
            Notices.First(documents.Notices, NoticeKind.Banner, now, audience),
            Notices.All(documents.Notices, NoticeKind.Ticker, now, audience),
            meeting,
            winner is { } w ? w.Event.ToOccurrence(w.Span) : null,
            content,
            new DateTimeOffset(next, TimeSpan.Zero),
            Why(rule, takeover, meeting, winner, content, trusted));
    }

    private static (Candidate? Winner, long Next) FromSchedule(DisplaySchedule documents, IReadySet ready, DateTimeOffset now, Disclosure audience)
    {
        var index = documents.IndexAt(now.UtcTicks);
        var (winner, next) = index.WinnerAt(now.UtcTicks, audience);
        if (winner is not { } first || ready.CanPlay(first.Event.Source.Content, audience))
        {
            return (winner, next);
        }

        next = index.NextBoundary(now.UtcTicks);
        foreach (var candidate in index.RunningAt(now.UtcTicks))
        {
            if (candidate.Disclosure <= audience && ready.CanPlay(candidate.Event.Source.Content, audience))
            {
                return (candidate, next);
            }
        }

        return (null, next);
    }

    private static PlaylistRef? FromDefaults(DisplaySchedule documents, IReadySet ready, Disclosure audience)
    {
        foreach (var (content, _) in documents.Defaults)
        {
            if (ready.CanPlay(content, audience))
            {
                return content;
            }
        }

        return null;
    }

    private static Reason Why(string rule, NoticeItem? takeover, MeetingMoment? meeting, Candidate? winner, PlaylistRef? content, bool trusted) =>
        rule switch
        {
            ReasonCodes.Takeover => new Reason(rule, takeover!.Title),
            ReasonCodes.Meeting => new Reason(rule, meeting!.Meeting.Title, PhaseWord(meeting.Phase)),
            ReasonCodes.Schedule => new Reason(rule, winner!.Value.Event.Source.Title, ScopeWord(winner.Value.Scope)),
            _ when !trusted => new Reason(ReasonCodes.ClockUnknown, content?.Name ?? ""),
            _ => new Reason(rule, content?.Name ?? ""),
        };

    internal static string ScopeWord(string scope) => scope.Split(':', 2)[0];

    private static string PhaseWord(MeetingPhase phase) => phase switch
    {
        MeetingPhase.Before => "before",
        MeetingPhase.During => "during",
        MeetingPhase.Cancelled => "cancelled",
        _ => "after",
    };
}
