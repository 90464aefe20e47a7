using Kiosk.Contracts.Hosting;

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

/// <summary>A unit that uses the room, with the rosters of a meeting nobody scheduled.</summary>
/// <param name="Roster">Everybody of the unit and its groups.</param>
/// <param name="Rosters">Whom each type expects of them; a type in none of them cannot be started. Null: every type expects everybody.</param>
/// <param name="GroupOf">Of a 党小组: the unit of the room it is a part of.</param>
public sealed record StandbyUnit(
    Guid OrgUnitId, string Name, IReadOnlyList<RosterEntry> Roster, IReadOnlyList<StandbyRoster>? Rosters = null, Guid? GroupOf = null);

/// <summary>Whom these types expect.</summary>
/// <param name="Types">Codes.</param>
/// <param name="Members">Positions in the unit's roster, ascending; null: everybody.</param>
public sealed record StandbyRoster(IReadOnlyList<string> Types, IReadOnlyList<int>? Members);

/// <summary>A meeting type as a kiosk needs it to start one by itself.</summary>
/// <param name="QuorumPercent">Share of the voting members that must be present, or null.</param>
/// <param name="SignUp">Whoever comes takes part; nobody is expected.</param>
/// <param name="OfGroups">Held by a 党小组, not by the unit.</param>
/// <param name="ByPosts">Expects holders of posts only.</param>
/// <param name="ExitOpensMinutes">Leaving is recorded from so long before the end; null where it is not.</param>
/// <param name="GraceSeconds">After the late limit and after check-in closes: not held against anybody.</param>
/// <param name="LateAfterMinutes">From the start of such a meeting: whoever comes then or later is late.</param>
/// <param name="Texts">As in <see cref="RoomMeeting"/>.</param>
/// <param name="MarksAbsent">As in <see cref="RoomMeeting"/>.</param>
public sealed record StandbyType(
    string Code, string Name, bool MembersSession, int? QuorumPercent, string? QuorumSource, bool SignUp = false, bool OfGroups = false, bool ByPosts = false,
    int? ExitOpensMinutes = null, int GraceSeconds = 0, int LateAfterMinutes = HostLimits.StartGraceMinutes,
    IReadOnlyDictionary<string, MeetingTexts>? Texts = null, bool MarksAbsent = true);
