using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Members;

namespace Kiosk.Hub.Meetings.Types;

/// <summary>A kind of 组织生活 with its rules, as an organisation has set them.</summary>
/// <param name="OwnName">Null: the name Kiosk comes with (<c>type_{Code}</c>), in the reader's language.</param>
/// <param name="OpensBefore">Check-in opens this long before the start.</param>
/// <param name="LateAfter">Who comes this long after the start, or later, is late.</param>
/// <param name="QuorumPercent">Share of the voting members on the roster that must be present, or null.</param>
/// <param name="OwnQuorumSource">Null: the text Kiosk comes with (<c>quorum_{Code}</c>).</param>
/// <param name="MembersSession">Names may be shown, masked; nobody outside the roster takes part.</param>
/// <param name="MarksAbsent">Whoever did not come is absent afterwards.</param>
/// <param name="SignUp">People sign up of their own will; nobody is absent.</param>
/// <param name="Kinds">Who is expected; all kinds when empty.</param>
/// <param name="Posts">Packed, see <see cref="MemberPosts"/>; 0: no condition.</param>
internal sealed record MeetingType(
    string Code, string? OwnName, TimeSpan OpensBefore, TimeSpan LateAfter, CheckInClosing Closing, TimeSpan ClosesAfter, int Points, int LatePoints, bool MembersSession,
    int? QuorumPercent, string? OwnQuorumSource, bool MarksAbsent, bool SignUp, MeetingCadence Cadence, int CadenceTimes, IReadOnlyList<PersonKind> Kinds, int Posts)
{
    private static readonly int Committee = MemberPosts.Pack(
    [
        MemberPost.Secretary, MemberPost.DeputySecretary, MemberPost.OrganisationOfficer, MemberPost.PublicityOfficer, MemberPost.DisciplineOfficer, MemberPost.CommitteeMember,
    ]);

    /// <summary>What Kiosk comes with; check such rules with the organisation's current text.</summary>
    public static IReadOnlyList<MeetingType> Defaults { get; } =
    [
        Create("MemberAssembly", 2, 1, true, 50, MeetingCadence.Quarterly),
        Create("BranchCommitteeMeeting", 2, 1, true, 50, MeetingCadence.Monthly) with { Posts = Committee },
        Create("GroupMeeting", 2, 1, true, null, MeetingCadence.Monthly),
        Create("PartyLecture", 2, 1, false, null, MeetingCadence.LocalRule) with { Kinds = [] },
        Create("ThemeDay", 2, 1, true, null, MeetingCadence.Monthly),
        Create("OrganisationLifeMeeting", 3, 2, true, null, MeetingCadence.Yearly),
        Create("DemocraticAppraisal", 3, 2, true, 50, MeetingCadence.Yearly),
        Create("Election", 3, 2, true, 80, MeetingCadence.None),
        Create("VolunteerService", 3, 3, false, null, MeetingCadence.None) with { MarksAbsent = false, SignUp = true, Kinds = [] },
        Create("Other", 1, 1, false, null, MeetingCadence.None) with { Kinds = [] },
    ];

    /// <summary>Exit scan, grace and make-up of a meeting of this type until somebody sets them otherwise.</summary>
    public AttendanceRules Attendance { get; init; } = AttendanceRuleSet.Default;

    /// <summary>As <see cref="LateAfter"/>, for a meeting that a host starts at a kiosk.</summary>
    public TimeSpan StartedLateAfter { get; init; } = TimeSpan.FromMinutes(HostLimits.StartGraceMinutes);

    /// <summary>党小组会 is a group's, never the whole branch's.</summary>
    public bool OfGroups => Code == "GroupMeeting";

    public string Name => NameOf(Code, OwnName);

    /// <summary>The rule in words, with its source.</summary>
    public string? QuorumSource => QuorumPercent is null ? null : QuorumSourceOf(Code, OwnQuorumSource);

    public static MeetingType? Default(string? code) => Defaults.FirstOrDefault(type => type.Code == code);

    /// <summary>Codes of an organisation's own types begin with this.</summary>
    public const string OwnPrefix = "Own";

    /// <summary>Whether a code can be one of ours at all; whether an organisation has it is another question.</summary>
    public static bool MayBe(string? code) => Default(code) is not null || (code is { Length: <= 40 } && code.StartsWith(OwnPrefix, StringComparison.Ordinal));

    public static string NameOf(string code, string? own) => own ?? (Default(code) is null ? code : MeetingsText.Get("type_" + code));

    public static string? QuorumSourceOf(string code, string? own) => own ?? (Default(code)?.QuorumPercent is null ? null : MeetingsText.Get("quorum_" + code));

    private static MeetingType Create(string code, int points, int latePoints, bool membersSession, int? quorumPercent, MeetingCadence cadence) => new(
        code, null, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10), CheckInClosing.End, TimeSpan.Zero, points, latePoints, membersSession, quorumPercent, null,
        MarksAbsent: true, SignUp: false, cadence, 1, [PersonKind.FullMember, PersonKind.ProbationaryMember], 0);
}
