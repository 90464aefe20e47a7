namespace Kiosk.Contracts.Feeds;

/// <summary>
/// Somebody who may host in this room, to be recognised also offline by card and host PIN.
/// The check is HMAC-SHA256 under PBKDF2-SHA256(PIN, salt, rounds) of the card's member, serial and issue instant: without the card itself
/// trying all PINs tells nothing.
/// </summary>
/// <param name="UnitIds">Units for which the member may start a meeting here.</param>
/// <param name="MeetingIds">Meetings of this room that the member may run.</param>
/// <param name="Salt">16 bytes, Base64.</param>
/// <param name="Rounds">At least 210,000.</param>
/// <param name="Check">32 bytes, Base64.</param>
public sealed record RoomHost(
    Guid MemberId, string MaskedName, IReadOnlyList<Guid> UnitIds, IReadOnlyList<Guid> MeetingIds, string Salt, int Rounds, string Check);

/// <summary>A unit that uses the room, with the roster of a meeting nobody scheduled.</summary>
public sealed record StandbyUnit(Guid OrgUnitId, string Name, IReadOnlyList<RosterEntry> Roster);

/// <summary>A meeting type as a kiosk needs it to start one by itself.</summary>
/// <param name="QuorumPercent">Share of the voting members that must be present, or null.</param>
public sealed record StandbyType(string Code, string Name, bool MembersSession, int? QuorumPercent, string? QuorumSource);
