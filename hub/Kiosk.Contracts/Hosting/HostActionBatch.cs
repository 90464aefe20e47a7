using Kiosk.Contracts.Devices;

namespace Kiosk.Contracts.Hosting;

/// <summary>Host actions from a kiosk's journal, oldest first.</summary>
public sealed record HostActionBatch(IReadOnlyList<HostActionEntry> Entries)
{
    public const int Limit = 64;
}

/// <summary>One action of a host who signed in at a kiosk with card and PIN.</summary>
/// <param name="Id">UUIDv7 made by the kiosk; sending it again is answered as the first time.</param>
/// <param name="MeetingId">The meeting; for <see cref="HostActionKind.Start"/> the id the kiosk gave it; empty for <see cref="HostActionKind.PinLocked"/>.</param>
/// <param name="Card">Text of the host's check-in card; the hub verifies it again.</param>
/// <param name="ObservedAt">The kiosk's corrected clock when the host pressed the button.</param>
/// <param name="BootId">As in a check-in.</param>
/// <param name="MonotonicMs">As in a check-in.</param>
/// <param name="Start">With Start.</param>
/// <param name="Until">The new end, with Extend; with Reopen when the planned end has passed.</param>
/// <param name="Point">Index of the current agenda point, from 0, with Agenda; of the session, with Session.</param>
/// <param name="Count">With Count: the figures the room saw.</param>
public sealed record HostActionEntry(
    Guid Id,
    HostActionKind Kind,
    Guid MeetingId,
    string Card,
    DateTimeOffset ObservedAt,
    ClockState Clock,
    string BootId,
    long MonotonicMs,
    MeetingStart? Start = null,
    DateTimeOffset? Until = null,
    int? Point = null,
    VoteCount? Count = null);

/// <param name="OrgUnitId">One of the room's <see cref="Feeds.RoomDocument.Standby"/>.</param>
/// <param name="Type">Code of a meeting type.</param>
/// <param name="Title">1–120 characters.</param>
/// <param name="Minutes">From the start to the planned end.</param>
/// <param name="Roster">Whom the kiosk expected when the meeting began: members who move on before this reaches the hub stay on it. Null: whom the type's rule names now.</param>
public sealed record MeetingStart(Guid OrgUnitId, string Type, string Title, int Minutes, IReadOnlyList<Guid>? Roster = null);

/// <param name="Expected">应到.</param>
/// <param name="Present">实到.</param>
/// <param name="VotingExpected">应到会有表决权.</param>
/// <param name="VotingPresent">有表决权到会.</param>
/// <param name="QuorumNeeded">Null when the type has no quorum.</param>
public sealed record VoteCount(int Expected, int Present, int VotingExpected, int VotingPresent, int? QuorumNeeded);

public sealed record HostActionBatchReply(IReadOnlyList<HostActionResult> Results);

/// <param name="MeetingId">The meeting it counts for: another than asked for when a start was joined to a meeting that ran already.</param>
public sealed record HostActionResult(Guid Id, HostActionOutcome Outcome, Guid MeetingId);

/// <summary>How an action ended; whatever is not applied is kept and shown to the host with this code.</summary>
public enum HostActionOutcome
{
    Applied,

    /// <summary>Kept for the record: told, or done after the close, and changed nothing.</summary>
    Recorded,

    /// <summary>The start belongs to a meeting of the same unit and type that ran already.</summary>
    Joined,
    UnknownCard,
    WrongIssuer,
    RevokedCard,
    MemberSuspended,

    /// <summary>The member may not host this meeting or for this unit.</summary>
    NotHost,

    /// <summary>No such meeting, or one of another room.</summary>
    WrongMeeting,
    MeetingCancelled,

    /// <summary>A reopening more than 15 minutes after the close.</summary>
    TooLate,

    /// <summary>The meeting has had as many actions as it may.</summary>
    TooMany,

    /// <summary>Its content makes no sense.</summary>
    Invalid,

    /// <summary>The id was used for something else.</summary>
    Conflict,
}
