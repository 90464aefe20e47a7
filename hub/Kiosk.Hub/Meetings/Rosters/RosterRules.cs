using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Members;

namespace Kiosk.Hub.Meetings.Rosters;

internal static class RosterRules
{
    /// <summary>Most names a rule is adjusted by, each way.</summary>
    public const int MostNames = 500;

    public static RosterRule OfType(MeetingType? type) => new(type?.Kinds, type is null ? null : MemberPosts.Unpack(type.Posts));

    /// <summary>Whether a type expects somebody of its unit; the same as <see cref="RosterQuery"/> asks the database.</summary>
    public static bool Expects(MeetingType type, PersonKind kind, int posts) =>
        (type.Kinds.Count == 0 || type.Kinds.Contains(kind)) && (type.Posts == 0 || (posts & type.Posts) != 0);

    public static RosterRule Of(Meeting meeting, IReadOnlyList<Guid> observers) =>
        new(meeting.RosterKinds, MemberPosts.Unpack(meeting.RosterPosts), meeting.RosterAdded, meeting.RosterRemoved, observers);
}
