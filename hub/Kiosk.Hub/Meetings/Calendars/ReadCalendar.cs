using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Calendars;

/// <summary>
/// GET /calendar/{token}.ics: iCalendar, read only. Whoever has the address reads when and where meetings are, and no person's name.
/// Times are in UTC, which every calendar turns into its reader's own; a cancelled meeting says so.
/// </summary>
internal static class ReadCalendar
{
    private const int MostMeetings = 500;

    private static readonly TimeSpan _past = TimeSpan.FromDays(31);

    private sealed record Row(Meeting Meeting, string Unit, string Room);

    public static async Task<IResult> HandleAsync(
        string token, HttpContext http, HubDbContext db, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        var hash = Tokens.Hash(token);
        if (token.Length > 100 || await db.Set<CalendarAddress>().AsNoTracking().SingleOrDefaultAsync(address => address.TokenHash == hash, cancellationToken) is not { } address)
        {
            return Problems.From(SharedErrors.NotFound());
        }

        var now = time.GetUtcNow();
        var meetings = await MeetingsOfAsync(db, address, now, cancellationToken);
        await NoteAsync(writer, address, now, cancellationToken);
        http.Response.Headers.CacheControl = "private, max-age=900";
        return TypedResults.Text(Write(address, meetings, now), "text/calendar; charset=utf-8");
    }

    private static async Task<List<Row>> MeetingsOfAsync(HubDbContext db, CalendarAddress address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - _past;
        var meetings = db.Set<Meeting>().AsNoTracking().Where(meeting => meeting.End > since);
        if (address.MemberId is { } member)
        {
            meetings = meetings.Where(meeting => db.Set<RosterMember>().Any(entry => entry.MeetingId == meeting.Id && entry.MemberId == member));
        }
        else
        {
            var path = await db.Set<OrgUnit>().Where(unit => unit.Id == address.OrgUnitId).Select(unit => unit.Path).SingleAsync(cancellationToken);
            meetings = meetings.Where(meeting => db.Set<OrgUnit>().Any(unit => unit.Id == meeting.OrgUnitId && unit.Path.StartsWith(path)));
        }

        return await (
            from meeting in meetings
            join unit in db.Set<OrgUnit>() on meeting.OrgUnitId equals unit.Id
            join room in db.Set<Room>() on meeting.RoomId equals room.Id
            orderby meeting.Start, meeting.Id
            select new Row(meeting, unit.Name, room.Name)).Take(MostMeetings).ToListAsync(cancellationToken);
    }

    private static string Write(CalendarAddress address, List<Row> meetings, DateTimeOffset now)
    {
        var calendar = new Calendar { ProductId = "-//Kiosk//Meetings//EN", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", address.MemberId is null ? address.Name : CalendarsText.Get("my_calendar"));
        calendar.AddProperty("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
        foreach (var (meeting, unit, room) in meetings)
        {
            calendar.Events.Add(new CalendarEvent
            {
                Uid = $"{meeting.Id:N}@kiosk",
                Sequence = meeting.Revision,
                DtStamp = new CalDateTime(now.UtcDateTime, "UTC"),
                Start = new CalDateTime(meeting.Start.UtcDateTime, "UTC"),
                End = new CalDateTime(EndOf(meeting).UtcDateTime, "UTC"),
                Summary = meeting.Title,
                Location = $"{room}, {unit}",
                Description = MeetingType.NameOf(meeting.Type, meeting.TypeName),
                Status = meeting.State is MeetingState.Cancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
                Class = "PRIVATE",
            });
        }

        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    // An extended meeting's end is its later one already. One that nobody closes is closed by the hub some time after its end; one closed before its start took no time.
    private static DateTimeOffset EndOf(Meeting meeting) => meeting.ClosedAt is { } closed && closed < meeting.End ? (closed > meeting.Start ? closed : meeting.Start) : meeting.End;

    // To the day, so that a calendar that asks every hour costs one write a day.
    private static async Task NoteAsync(HubWriter writer, CalendarAddress address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        if (address.LastReadAt >= today)
        {
            return;
        }

        await writer.WriteAsync<Done>(
            async (db, cancellation) =>
            {
                await db.Set<CalendarAddress>().Where(row => row.Id == address.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastReadAt, today), cancellation);
                return default(Done);
            },
            cancellationToken);
    }
}
