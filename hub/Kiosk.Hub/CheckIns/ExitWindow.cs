using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings;

namespace Kiosk.Hub.CheckIns;

/// <summary>When a scan of somebody who has come means leaving. It ends with the thanks on the room's displays, which know the meeting until then.</summary>
internal static class ExitWindow
{
    public const int DefaultOpensMinutes = 10;

    public static readonly TimeSpan ShortestStay = TimeSpan.FromMinutes(CheckInEntry.ShortestStayMinutes);

    /// <summary>Null where exits are not recorded.</summary>
    public static (DateTimeOffset Opens, DateTimeOffset Closes)? Of(Meeting meeting) => Of(meeting.ExitScan, meeting.End, meeting.ClosedAt, meeting.ExitOpensMinutes);

    /// <param name="closedAt">Closing early moves the window forward.</param>
    /// <inheritdoc cref="Of(Meeting)"/>
    public static (DateTimeOffset Opens, DateTimeOffset Closes)? Of(ExitScan exit, DateTimeOffset end, DateTimeOffset? closedAt, int opensMinutes)
    {
        if (exit is ExitScan.None)
        {
            return null;
        }

        var over = closedAt < end ? closedAt.Value : end;
        return (over - TimeSpan.FromMinutes(opensMinutes), over + RoomFeeds.Thanks);
    }
}
