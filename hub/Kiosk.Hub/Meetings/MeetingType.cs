namespace Kiosk.Hub.Meetings;

/// <summary>A kind of 组织生活 with its rules; names and sources of rules are texts (<c>type_{Code}</c>, <c>quorum_{Code}</c>).</summary>
/// <param name="OpensBefore">Check-in opens this long before the start.</param>
/// <param name="LateAfter">Who comes this long after the start, or later, is late.</param>
/// <param name="QuorumPercent">Share of the voting members on the roster that must be present, or null.</param>
/// <param name="MembersSession">Names may be shown, masked; nobody outside the roster takes part.</param>
/// <param name="MarksAbsent">Whoever did not come is absent afterwards; not where people sign up of their own will.</param>
internal sealed record MeetingType(
    string Code, TimeSpan OpensBefore, TimeSpan LateAfter, int Points, int LatePoints, bool MembersSession, int? QuorumPercent, bool MarksAbsent = true)
{
    public string Name => MeetingsText.Get("type_" + Code);

    /// <summary>The rule in words, with its source.</summary>
    public string? QuorumSource => QuorumPercent is null ? null : MeetingsText.Get("quorum_" + Code);

    public static IReadOnlyList<MeetingType> All { get; } =
    [
        Create("MemberAssembly", 2, 1, true, 50),
        Create("BranchCommitteeMeeting", 2, 1, true, 50),
        Create("GroupMeeting", 2, 1, true, null),
        Create("PartyLecture", 2, 1, false, null),
        Create("ThemeDay", 2, 1, true, null),
        Create("OrganisationLifeMeeting", 3, 2, true, null),
        Create("DemocraticAppraisal", 3, 2, true, 50),
        Create("Election", 3, 2, true, 80),
        Create("VolunteerService", 3, 3, false, null) with { MarksAbsent = false },
        Create("Other", 1, 1, false, null),
    ];

    public static MeetingType? Find(string? code) => All.FirstOrDefault(type => type.Code == code);

    private static MeetingType Create(string code, int points, int latePoints, bool membersSession, int? quorumPercent) =>
        new(code, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10), points, latePoints, membersSession, quorumPercent);
}
