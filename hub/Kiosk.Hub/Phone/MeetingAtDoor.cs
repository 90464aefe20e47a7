using Kiosk.Contracts.Feeds;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>What the check-in pages say about the meeting whose code was scanned.</summary>
internal sealed record MeetingAtDoor(Guid Id, string Title, Guid RoomId, string RoomName, string TimeZone, DateTimeOffset Start, DateTimeOffset CheckInOpens, MeetingState State)
{
    /// <summary>Null where leaving is not recorded.</summary>
    public required (DateTimeOffset Opens, DateTimeOffset Closes)? Exit { get; init; }

    /// <summary>A scan at this instant of somebody who has come means leaving.</summary>
    public bool IsLeaving(DateTimeOffset at) => Exit is { } exit && at >= exit.Opens && at < exit.Closes;

    public static IQueryable<MeetingAtDoor> Of(HubDbContext db, IQueryable<Meeting> meetings) =>
        from meeting in meetings.AsNoTracking()
        join room in db.Set<Room>() on meeting.RoomId equals room.Id
        select new MeetingAtDoor(meeting.Id, meeting.Title, meeting.RoomId, room.Name, meeting.TimeZone, meeting.Start, meeting.CheckInOpens, meeting.State)
        {
            Exit = ExitWindow.Of(meeting.ExitScan, meeting.End, meeting.ClosedAt, meeting.ExitOpensMinutes),
        };

    public static Task<MeetingAtDoor?> FindAsync(HubDbContext db, Presence presence, CancellationToken cancellationToken) =>
        Of(db, db.Set<Meeting>().Where(meeting => meeting.Id == presence.MeetingId)).SingleOrDefaultAsync(cancellationToken);
}
