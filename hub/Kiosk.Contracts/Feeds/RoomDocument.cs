namespace Kiosk.Contracts.Feeds;

/// <summary>Body of <c>room/{id}</c>: coming and running meetings (ended less than 10 minutes ago, running, or starting within 14 days), by start.</summary>
/// <param name="Hosts">Who may run meetings from this room's kiosks; null: nobody.</param>
/// <param name="Standby">Units for which a host may start a meeting nobody scheduled.</param>
/// <param name="Types">Types such a meeting may have.</param>
public sealed record RoomDocument(
    Guid RoomId,
    string Name,
    IReadOnlyList<RoomMeeting> Meetings,
    IReadOnlyList<RoomHost>? Hosts = null,
    IReadOnlyList<StandbyUnit>? Standby = null,
    IReadOnlyList<StandbyType>? Types = null);

/// <summary>A meeting as its room's displays need it, also offline.</summary>
/// <param name="Number">Short number used in display codes.</param>
/// <param name="Type">Code of the meeting type, e.g. <c>MemberAssembly</c>.</param>
/// <param name="TypeName">Its name in the display's organisation, e.g. 党员大会.</param>
/// <param name="CheckInOpens">Check-ins before this are <c>too_early</c>; meeting mode starts here.</param>
/// <param name="LateAfter">Check-ins from here on are late.</param>
/// <param name="CheckInCloses">Check-ins from here on are <c>too_late</c>.</param>
/// <param name="ClosedAt">When the host closed it; the room thanks its guests for 10 minutes from then, else from <paramref name="End"/>.</param>
/// <param name="MembersSession">Names may be shown, masked; otherwise counts only.</param>
/// <param name="HostName">Shown as given: a function such as 支部书记, or a masked name.</param>
/// <param name="Roster">Everybody expected, 列席 and, of a sign-up meeting, everybody who may come; masked.</param>
/// <param name="VotingExpected">应到会有表决权.</param>
/// <param name="QuorumNeeded">Voting members that make the meeting able to decide; null when the type has no quorum.</param>
/// <param name="QuorumSource">The rule in words, with its source.</param>
/// <param name="ExitOpens">From here on a card of somebody who has come means leaving (离场签退); null where exits are not recorded.</param>
/// <param name="ExitCloses">End of that window; also for a meeting that is closed.</param>
/// <param name="Run">What its hosts have done so far; null while nothing was done.</param>
/// <param name="HostMemberIds">The host, then up to five deputies: whose card and PIN open the host's functions.</param>
/// <param name="Sessions">Several sessions in one evening, by start; null or empty for a meeting of one kind. <paramref name="Agenda"/> holds the points of all.</param>
/// <param name="SignUp">Members sign up of their own will.</param>
/// <param name="CancelReason">Why it does not take place.</param>
/// <param name="MarksAbsent">Whoever has neither come nor leave is absent once it is closed.</param>
/// <param name="Texts">
/// Kiosk's own words in other languages, by tag such as "en"; <paramref name="TypeName"/> and <paramref name="QuorumSource"/> are in the hub's. Null: the same in all of
/// them, as where an organisation named its types itself.
/// </param>
public sealed record RoomMeeting(
    Guid Id,
    int Number,
    string Title,
    string Type,
    string TypeName,
    MeetingState State,
    DateTimeOffset Start,
    DateTimeOffset End,
    DateTimeOffset CheckInOpens,
    DateTimeOffset LateAfter,
    DateTimeOffset CheckInCloses,
    DateTimeOffset? ClosedAt,
    bool MembersSession,
    string? HostName,
    IReadOnlyList<string> Agenda,
    IReadOnlyList<RosterEntry> Roster,
    int VotingExpected,
    int? QuorumNeeded,
    string? QuorumSource,
    DateTimeOffset? ExitOpens = null,
    DateTimeOffset? ExitCloses = null,
    MeetingRun? Run = null,
    IReadOnlyList<Guid>? HostMemberIds = null,
    IReadOnlyList<RoomSession>? Sessions = null,
    bool SignUp = false,
    string? CancelReason = null,
    IReadOnlyDictionary<string, MeetingTexts>? Texts = null,
    bool MarksAbsent = true);

/// <summary>One part of an evening, e.g. 党课 after 党员大会.</summary>
/// <param name="End">Where the next starts, or the meeting ends.</param>
/// <param name="AgendaFrom">Position of its first point in the meeting's agenda; it has <paramref name="AgendaCount"/> of them.</param>
public sealed record RoomSession(string Type, string TypeName, string Title, DateTimeOffset Start, DateTimeOffset End, int AgendaFrom, int AgendaCount);

/// <summary>What Kiosk itself calls a meeting in one language.</summary>
/// <param name="Sessions">As many as the meeting has, in their order.</param>
public sealed record MeetingTexts(string TypeName, string? QuorumSource, IReadOnlyList<SessionTexts>? Sessions = null);

/// <summary>What Kiosk itself calls a session in one language; a title somebody gave it is as it is.</summary>
public sealed record SessionTexts(string TypeName, string Title);

/// <summary>Somebody expected at a meeting.</summary>
public sealed record RosterEntry(Guid MemberId, string MaskedName, bool Votes, RosterKind Kind = RosterKind.Expected);

public enum MeetingState
{
    Scheduled,
    Closed,
    Cancelled,
}
