using System.Globalization;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Calendars;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>GET and POST /my/calendar, POST /my/calendar/revoke: a member's private calendar address; one at a time, a new one ends the one before.</summary>
internal static class CalendarPages
{
    private const string Path = "/my/calendar";

    public static async Task<IResult> ShowAsync(HttpContext http, HubDbContext db, MemberSessions sessions, CancellationToken cancellationToken) =>
        await sessions.FindAsync(http, db, cancellationToken) is { } memberId
            ? await PageAsync(http, db, memberId, "calendar", null, cancellationToken)
            : PointsPages.SignIn(http, null, null, StatusCodes.Status200OK, Path);

    public static Task<IResult> CreateAsync(
        HttpContext http, HubDbContext db, MemberSessions sessions, HubWriter writer, HubAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        var token = Tokens.New();
        return ChangeAsync(http, db, sessions, writer, "calendar_made", UnitCalendars.UrlOf(address, token), (database, memberId) => database.Add(new CalendarAddress
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            TokenHash = Tokens.Hash(token),
            MemberId = memberId,
            Name = "",
            CreatedAt = time.GetUtcNow(),
            CreatedBy = "",
        }), cancellationToken);
    }

    public static Task<IResult> RevokeAsync(HttpContext http, HubDbContext db, MemberSessions sessions, HubWriter writer, CancellationToken cancellationToken) =>
        ChangeAsync(http, db, sessions, writer, "calendar_revoked", null, (_, _) => { }, cancellationToken);

    private static async Task<IResult> ChangeAsync(
        HttpContext http, HubDbContext db, MemberSessions sessions, HubWriter writer, string done, string? url, Action<HubDbContext, Guid> add, CancellationToken cancellationToken)
    {
        if (await PhonePages.FormAsync(http) is null)
        {
            return PhonePages.Refused(http, "form_expired", StatusCodes.Status400BadRequest, PhoneText.Get("form_expired"), Path);
        }

        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status401Unauthorized, Path);
        }

        await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                await database.Set<CalendarAddress>().Where(row => row.MemberId == memberId).ExecuteDeleteAsync(cancellation);
                add(database, memberId);
                return default(Done);
            },
            cancellationToken);
        return await PageAsync(http, db, memberId, done, url, cancellationToken);
    }

    private static async Task<IResult> PageAsync(HttpContext http, HubDbContext db, Guid memberId, string code, string? url, CancellationToken cancellationToken)
    {
        var since = await db.Set<CalendarAddress>().Where(row => row.MemberId == memberId).Select(row => (DateTimeOffset?)row.CreatedAt).SingleOrDefaultAsync(cancellationToken);
        return new RazorComponentResult<CalendarPage>(new
        {
            Frame = PhoneFrame.For(http, MemberMeetingText.Get("calendar"), code, Path),
            Model = new MyCalendarModel(
                since is not null, since?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), url, code == "calendar" ? null : MemberMeetingText.Get(code)),
        });
    }
}
