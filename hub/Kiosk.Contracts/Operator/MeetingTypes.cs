using Kiosk.Contracts.Hosting;

namespace Kiosk.Contracts.Operator;

/// <summary>
/// GET /api/meeting-types?orgUnitId=: a kind of 组织生活 with its rules, as the unit's organisation has set them.
/// POST /api/meeting-types?orgUnitId= adds one, PUT /api/meeting-types/{code}?orgUnitId= changes one, DELETE brings a default back or removes an own one (Admin of the organisation).
/// What a meeting needs is copied into it when it is saved.
/// </summary>
/// <param name="Code">E.g. <c>MemberAssembly</c>.</param>
/// <param name="Points">Points for attending in time; late arrivals earn <paramref name="LatePoints"/>.</param>
/// <param name="QuorumPercent">Share of voting members that must be present, or null.</param>
/// <param name="QuorumSource">The rule in words, with its source.</param>
/// <param name="Closing">What <paramref name="ClosesAfterMinutes"/> counts from.</param>
/// <param name="MarksAbsent">Whoever did not come is absent afterwards.</param>
/// <param name="SignUp">Members sign up of their own will; marks nobody absent.</param>
/// <param name="Cadence">How often it is due; <paramref name="CadenceTimes"/> times in each period.</param>
/// <param name="Kinds">Who is expected; all kinds when empty.</param>
/// <param name="Posts">Only holders of one of these; no condition when empty.</param>
/// <param name="Own">Added by the organisation, not one that Kiosk comes with.</param>
/// <param name="Changed">Differs from what Kiosk comes with.</param>
/// <param name="StartedLateAfterMinutes">As <paramref name="LateAfterMinutes"/>, for one that a host starts at a kiosk and nobody knew of.</param>
public sealed record MeetingTypeView(
    string Code, string Name, int OpensMinutesBefore, int LateAfterMinutes, int Points, int LatePoints, bool MembersSession, int? QuorumPercent, string? QuorumSource,
    CheckInClosing Closing = CheckInClosing.End, int ClosesAfterMinutes = 0, bool MarksAbsent = true, bool SignUp = false,
    MeetingCadence Cadence = MeetingCadence.None, int CadenceTimes = 1, IReadOnlyList<PersonKind>? Kinds = null, IReadOnlyList<MemberPost>? Posts = null,
    bool Own = false, bool Changed = false, int Revision = 0, AttendanceRules? Attendance = null,
    int StartedLateAfterMinutes = HostLimits.StartGraceMinutes);

/// <summary>See <see cref="MeetingTypeView"/>.</summary>
/// <param name="Name">1–40 characters; null or empty for one of the ten: its own name, in the reader's language.</param>
/// <param name="OpensMinutesBefore">0–720.</param>
/// <param name="LateAfterMinutes">0–720.</param>
/// <param name="Points">0–100.</param>
/// <param name="LatePoints">0 to <paramref name="Points"/>.</param>
/// <param name="QuorumPercent">1–100 or null.</param>
/// <param name="QuorumSource">At most 200 characters, required with a quorum of an own type; null or empty for one of the ten: the text Kiosk comes with.</param>
/// <param name="ClosesAfterMinutes">0–720.</param>
/// <param name="CadenceTimes">1–12.</param>
/// <param name="Attendance">Exit scan, grace and make-up of its meetings; null keeps what it has.</param>
/// <param name="Revision">Of what was read; 409 <c>revision_changed</c>.</param>
/// <param name="StartedLateAfterMinutes">0–720; null keeps what it has.</param>
public sealed record MeetingTypeInput(
    string? Name, int OpensMinutesBefore, int LateAfterMinutes, int Points, int LatePoints, bool MembersSession, int? QuorumPercent, string? QuorumSource,
    CheckInClosing Closing, int ClosesAfterMinutes, bool MarksAbsent, bool SignUp, MeetingCadence Cadence, int CadenceTimes,
    IReadOnlyList<PersonKind>? Kinds, IReadOnlyList<MemberPost>? Posts, int? Revision, AttendanceRules? Attendance = null, int? StartedLateAfterMinutes = null);

/// <summary>When check-in closes.</summary>
public enum CheckInClosing
{
    /// <summary>So long after the end of the meeting.</summary>
    End,

    /// <summary>So long after its start, whatever its length.</summary>
    Start,
}

/// <summary>How often a kind of meeting is due.</summary>
public enum MeetingCadence
{
    None,

    /// <summary>By a rule of the place; nothing is checked.</summary>
    LocalRule,
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}
