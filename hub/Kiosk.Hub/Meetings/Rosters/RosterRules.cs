using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Members;

namespace Kiosk.Hub.Meetings.Rosters;

internal static class RosterRules
{
    /// <summary>Most names a rule is adjusted by, each way.</summary>
    public const int MostNames = 500;

    public static RosterRule OfType(MeetingType? type) => new(type?.Kinds, type is null ? null : MemberPosts.Unpack(type.Posts));

    public static RosterRule Of(Meeting meeting, IReadOnlyList<Guid> observers) =>
        new(meeting.RosterKinds, MemberPosts.Unpack(meeting.RosterPosts), meeting.RosterAdded, meeting.RosterRemoved, observers);
}
