using Kiosk.Contracts.Devices;

namespace Kiosk.Player.Core.View;

/// <summary>What somebody standing at the screen has opened; gone when they leave.</summary>
/// <param name="Visit">Changes with every visit.</param>
/// <param name="Ends">Set while the screen asks "还要继续吗？": when the visit ends without an answer.</param>
/// <param name="Personal">What shows is one person's own and belongs in no remote picture.</param>
/// <param name="MayPractise">False while a meeting has the room.</param>
/// <param name="Meetings">Meetings of this room today, by start.</param>
/// <param name="Notices">Notices that run now, the most urgent first.</param>
/// <param name="Notice">The one that is being read, or null for the list.</param>
/// <param name="Own">Set on the page of a card's holder.</param>
/// <param name="Practice">Set while practising.</param>
public sealed record TouchView(
    Guid Visit,
    TouchPage Page,
    DateTimeOffset? Ends,
    bool Personal,
    bool MayPractise,
    IReadOnlyList<TouchMeeting> Meetings,
    IReadOnlyList<NoticeView> Notices,
    Guid? Notice,
    OwnView? Own,
    PracticeView? Practice);

public enum TouchPage
{
    Home,
    HowTo,
    Meetings,
    Own,
    Notices,
    Practice,
}

/// <param name="CheckInOpen">Cards are taken for it now.</param>
/// <param name="CancelReason">Why it does not take place, if somebody said so.</param>
public sealed record TouchMeeting(
    Guid Id, string Title, string TypeName, string? HostName, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset CheckInOpens, bool CheckInOpen, bool Over, bool Cancelled, string? CancelReason = null);

/// <param name="Problem">Why there is nothing to show: <c>hub_unreachable</c> or a refusal of the hub.</param>
public sealed record OwnView(OwnState State, string? Problem, CardSummary? Summary);

public enum OwnState
{
    /// <summary>A card is waited for.</summary>
    AskCard,
    Loading,
    Shown,
    Failed,
}

/// <summary>A meeting that is not one: nothing of it is recorded anywhere.</summary>
/// <param name="Step">How far it has come.</param>
/// <param name="Card">The practice card to photograph or hold before the camera.</param>
/// <param name="CardText">What its QR says.</param>
/// <param name="Point">Agenda point, from 0.</param>
/// <param name="Points">How many there are.</param>
/// <param name="Arrivals">Latest first.</param>
/// <param name="Counted">Votes counted before the ballot; null until then.</param>
public sealed record PracticeView(
    PracticeStep Step, string Card, string CardText, int Point, int Points, int Expected, IReadOnlyList<PracticeArrival> Arrivals, int? Counted, DateTimeOffset Start);

public enum PracticeStep
{
    /// <summary>Before the meeting: the members come.</summary>
    CheckIn,

    /// <summary>The meeting runs; who comes now is late.</summary>
    Running,

    /// <summary>表决前清点.</summary>
    Count,

    /// <summary>Thanks.</summary>
    Closed,
}

/// <param name="Card">Letter of a practice card, or "own" for a real card shown to practise with.</param>
public sealed record PracticeArrival(string Card, string? MaskedName, DateTimeOffset At, bool Late);
