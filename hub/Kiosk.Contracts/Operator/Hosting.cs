using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;

namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/meetings/{id}/run (Host): how the meeting is being run.</summary>
/// <param name="Point">Index of the current agenda point, from 0; null before the first.</param>
/// <param name="Leads">Who leads now, when somebody took over.</param>
/// <param name="Frozen">The count on the screen now.</param>
/// <param name="Counts">Every 表决前清点, in order; for the minutes.</param>
/// <param name="Actions">Everything that was done, newest first, also what could not be applied.</param>
/// <param name="Session">Of an evening with several sessions the one that is on, from 0.</param>
/// <param name="ClosedAt">When it really ended, once it is closed.</param>
/// <param name="ReopenUntil">A close may be taken back until then.</param>
public sealed record MeetingRunView(
    Guid MeetingId, MeetingState State, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset PlannedEnd, int? Point, string? Leads, VoteCountView? Frozen,
    IReadOnlyList<VoteCountView> Counts, IReadOnlyList<HostActionView> Actions, DateTimeOffset? ReopenUntil, int? Session = null, DateTimeOffset? ClosedAt = null);

/// <param name="Number">1 for the first count of the meeting.</param>
public sealed record VoteCountView(int Number, DateTimeOffset At, VoteCount Count);

/// <param name="By">Name of the host or of the operator.</param>
/// <param name="Where">Name of the display; null for a desk.</param>
public sealed record HostActionView(
    Guid Id, HostActionKind Kind, HostActionOutcome Outcome, DateTimeOffset At, DateTimeOffset ReceivedAt, string By, string? Where, DateTimeOffset? Until, int? Point, VoteCount? Count);

/// <summary>POST /api/meetings/{id}/run (Host) → <see cref="MeetingRunView"/>: the same controls for a host at a desk. 409 <c>check_in_not_open begin_too_early meeting_not_begun</c> (Close) before its time,
/// 409 <c>no_votes</c> to Count where people sign up.</summary>
/// <param name="Kind">Begin, Extend, Agenda, Session, Count, CountEnd, TakeOver, Close or Reopen.</param>
/// <param name="Minutes">With Extend, 1–240.</param>
/// <param name="Point">With Agenda and Session.</param>
public sealed record RunInput(HostActionKind Kind, int? Minutes = null, int? Point = null);

/// <summary>GET /api/members/{id}/host (Host): whether the member may host, and how far the PIN is.</summary>
/// <param name="MayHost">Marked by an administrator: may host the meetings of the member's unit and of everything under it.</param>
/// <param name="PinSetAt">When the host PIN was last set; null while there is none.</param>
/// <param name="HasCard">Without a valid check-in card nobody can sign in at a kiosk.</param>
public sealed record MemberHostView(Guid MemberId, bool MayHost, DateTimeOffset? PinSetAt, bool HasCard)
{
    /// <summary>By mark, by post or named by a meeting.</summary>
    public bool Hosts { get; init; }
}

/// <summary>PUT /api/members/{id}/host (Admin).</summary>
public sealed record MemberHostInput(bool MayHost);

/// <summary>PUT /api/members/{id}/host-pin (Host). DELETE takes it away.</summary>
/// <param name="Pin">Six digits, not a simple pattern; 400 <c>pin_form</c> or <c>pin_trivial</c>.</param>
public sealed record HostPinInput(string Pin);

/// <summary>
/// GET /api/host-events?orgUnitId=&amp;meetingId=&amp;displayId=&amp;refused=&amp;skip=&amp;take= (Host): who hosted what, where and when, newest first; also lockouts and
/// what could not be applied. Of the units the operator hosts: their meetings, their displays, their members.
/// </summary>
/// <param name="At">The instant that counts.</param>
/// <param name="By">Who did it, masked when of a unit that is not the operator's; null when the card told nobody's name.</param>
/// <param name="DisplayName">Null for a desk.</param>
/// <param name="MeetingTitle">Null when no meeting of the operator's was meant.</param>
/// <param name="Refused">It changed nothing and needs a look.</param>
public sealed record HostEventView(
    Guid Id, HostActionKind Kind, HostActionOutcome Outcome, DateTimeOffset At, DateTimeOffset ReceivedAt, string? By, Guid? DisplayId, string? DisplayName, Guid? MeetingId,
    string? MeetingTitle, string TimeZone, bool Refused);
