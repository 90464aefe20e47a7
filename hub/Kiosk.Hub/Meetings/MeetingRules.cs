using Kiosk.Hub.Meetings.Types;

namespace Kiosk.Hub.Meetings;

/// <summary>What the types of a meeting's sessions make together. See docs/decisions/0010.</summary>
/// <param name="QuorumType">Code of the type the quorum and its source come from.</param>
internal sealed record MeetingRules(
    int Points, int LatePoints, int? QuorumPercent, string? QuorumType, string? QuorumSource, bool MembersSession, bool MarksAbsent, bool SignUp)
{
    /// <summary>
    /// Points of each kind of session once; who is late is late for the first only. The strictest quorum counts.
    /// Windows, absence and signing up are the first session's; names are shown only where every session allows it.
    /// </summary>
    public static MeetingRules Of(IReadOnlyList<MeetingType> sessions)
    {
        var first = sessions[0];
        var kinds = sessions.DistinctBy(type => type.Code).ToList();
        var strictest = kinds.MaxBy(type => type.QuorumPercent ?? 0)!;
        var counts = strictest.QuorumPercent is not null;
        return new MeetingRules(
            kinds.Sum(type => type.Points),
            first.LatePoints + kinds.Skip(1).Sum(type => type.Points),
            strictest.QuorumPercent,
            counts ? strictest.Code : null,
            counts ? strictest.OwnQuorumSource : null,
            sessions.All(type => type.MembersSession),
            first.MarksAbsent && !first.SignUp,
            first.SignUp);
    }
}
