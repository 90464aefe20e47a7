using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>Displays as operators see them.</summary>
internal sealed class DisplayViews(HubDbContext db, DisplayPresence presence, TimeProvider time)
{
    /// <summary>One display that exists.</summary>
    public async Task<DisplaySummary> GetAsync(Guid id, CancellationToken cancellationToken) =>
        (await ListAsync(db.Set<Display>().Where(display => display.Id == id), cancellationToken)).Single();

    /// <summary>The query's displays in its order.</summary>
    public async Task<IReadOnlyList<DisplaySummary>> ListAsync(IQueryable<Display> query, CancellationToken cancellationToken)
    {
        var rows = await query.AsNoTracking().ToListAsync(cancellationToken);
        var unitIds = rows.Select(display => display.OrgUnitId).Distinct().ToList();
        var roomIds = rows.Select(display => display.RoomId).OfType<Guid>().Distinct().ToList();
        var units = await db.Set<OrgUnit>().Where(unit => unitIds.Contains(unit.Id)).ToDictionaryAsync(unit => unit.Id, unit => unit.Name, cancellationToken);
        var rooms = await db.Set<Room>().Where(room => roomIds.Contains(room.Id)).ToDictionaryAsync(room => room.Id, room => room.Name, cancellationToken);
        var playing = rows.Select(display => presence.Status(display)?.CurrentMediaId).OfType<Guid>().Distinct().ToList();
        var thumbnails = await db.Set<MediaRendition>().Where(rendition => playing.Contains(rendition.MediaId) && rendition.Role == RenditionRole.Thumbnail)
            .ToDictionaryAsync(rendition => rendition.MediaId, rendition => rendition.Sha256, cancellationToken);
        var meetings = await MeetingsAsync([.. rows.Where(display => presence.Status(display)?.Rule == "meeting").Select(display => display.RoomId).OfType<Guid>().Distinct()], cancellationToken);
        return [.. rows.Select(display => Summary(
            display, units[display.OrgUnitId], display.RoomId is { } room ? rooms.GetValueOrDefault(room) : null, thumbnails) with
        {
            Meeting = presence.Status(display)?.Rule == "meeting" && display.RoomId is { } place ? meetings.GetValueOrDefault(place) : null,
        })];
    }

    /// <summary>The meeting each room is about now: the running one, else the next, else the one just over.</summary>
    private async Task<Dictionary<Guid, DisplayMeeting>> MeetingsAsync(List<Guid> roomIds, CancellationToken cancellationToken)
    {
        if (roomIds.Count == 0)
        {
            return [];
        }

        var now = time.GetUtcNow();
        var (since, until) = (now - RoomFeeds.Thanks, now.AddHours(2));
        var found = await db.Set<Meeting>().Where(meeting => roomIds.Contains(meeting.RoomId) && meeting.State != MeetingState.Cancelled && meeting.Start < until
                && (meeting.ClosedAt ?? meeting.End) > since)
            .Select(meeting => new
            {
                meeting.RoomId, meeting.Title, meeting.Start, meeting.End, meeting.CheckInOpens, meeting.State, Over = (meeting.ClosedAt ?? meeting.End) <= now,
                Expected = db.Set<RosterMember>().Count(entry => entry.MeetingId == meeting.Id && entry.Kind == RosterKind.Expected),
                Present = db.Set<Attendance>().Count(attendance => attendance.MeetingId == meeting.Id && attendance.State != AttendanceState.Pending
                    && db.Set<RosterMember>().Any(entry => entry.MeetingId == meeting.Id && entry.MemberId == attendance.MemberId && entry.Kind == RosterKind.Expected)),
            })
            .ToListAsync(cancellationToken);
        return found.GroupBy(meeting => meeting.RoomId).ToDictionary(
            group => group.Key,
            group => group.OrderBy(meeting => meeting.Over).ThenBy(meeting => meeting.Start).Select(meeting => new DisplayMeeting(meeting.Title, meeting.Start, meeting.End, meeting.Present, meeting.Expected, meeting.CheckInOpens, meeting.State)).First());
    }

    private DisplaySummary Summary(Display display, string orgUnitName, string? roomName, Dictionary<Guid, string> thumbnails) => new(
        display.Id,
        display.Number,
        display.Name,
        display.OrgUnitId,
        orgUnitName,
        display.RoomId,
        roomName,
        display.TimeZone,
        display.Orientation,
        display.Tags,
        display.Language,
        display.VolumePercent,
        display.ElderMode,
        display.Audience,
        display.AudienceTimes,
        display.TokenSha256 is not null,
        presence.IsOnline(display.Id),
        presence.LastSeen(display),
        presence.Status(display),
        presence.Status(display)?.CurrentMediaId is { } media ? MediaViews.UrlOf(thumbnails.GetValueOrDefault(media)) : null,
        PowerHours: display.PowerHours,
        VolumeHours: display.VolumeHours,
        Downloads: display.Downloads);
}
