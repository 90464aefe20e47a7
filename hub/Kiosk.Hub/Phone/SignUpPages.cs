using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>GET /my/sign-ups; POST /my/meetings/{id}/sign-up and …/withdraw.</summary>
internal static class SignUpPages
{
    private const int Most = 30;
    private const int MostTitle = 180;
    private const int MostRoom = 120;

    public static async Task<IResult> ListAsync(HttpContext http, HubDbContext db, MemberSessions sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status200OK, "/my/sign-ups");
        }

        var now = time.GetUtcNow();
        var rows = await (
            from entry in db.Set<RosterMember>().IgnoreQueryFilters().AsNoTracking()
            join meeting in db.Set<Meeting>() on entry.MeetingId equals meeting.Id
            join room in db.Set<Room>() on meeting.RoomId equals room.Id
            where entry.MemberId == memberId && meeting.SignUp && meeting.State == MeetingState.Scheduled && meeting.End > now && entry.Kind != RosterKind.Observer
            orderby meeting.Start, meeting.Id
            select new { meeting.Id, meeting.Title, meeting.Start, meeting.TimeZone, Room = room.Name, entry.Kind }).Take(Most).ToListAsync(cancellationToken);
        return new RazorComponentResult<SignUpsPage>(new
        {
            Frame = PhoneFrame.For(http, MemberMeetingText.Get("sign_ups"), "sign_ups", "/my/sign-ups"),
            Lines = (IReadOnlyList<SignUpLine>)[.. rows.Select(row => new SignUpLine(
                MeetingsPages.Short(row.Title, MostTitle), PhoneText.When(row.Start, row.TimeZone, now), MeetingsPages.Short(row.Room, MostRoom), MemberMeetingPages.PathOf(row.Id), row.Kind is RosterKind.Expected))],
        });
    }

    public static Task<IResult> SignUpAsync(
        Guid id, HttpContext http, HubDbContext db, MemberSessions sessions, SignUp signUp, TimeProvider time, CancellationToken cancellationToken) =>
        ChangeAsync(id, http, db, sessions, signUp.SignUpAsync, "signed_up", time, cancellationToken);

    public static Task<IResult> WithdrawAsync(
        Guid id, HttpContext http, HubDbContext db, MemberSessions sessions, SignUp signUp, TimeProvider time, CancellationToken cancellationToken) =>
        ChangeAsync(id, http, db, sessions, signUp.WithdrawAsync, "sign_up_withdrawn", time, cancellationToken);

    private static async Task<IResult> ChangeAsync(
        Guid id, HttpContext http, HubDbContext db, MemberSessions sessions, Func<Guid, Guid, CancellationToken, Task<Result<Done>>> change, string done, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var path = MemberMeetingPages.PathOf(id);
        if (await PhonePages.FormAsync(http) is null)
        {
            return PhonePages.Refused(http, "form_expired", StatusCodes.Status400BadRequest, PhoneText.Get("form_expired"), path);
        }

        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status401Unauthorized, path);
        }

        var result = await change(id, memberId, cancellationToken);
        return result.IsOk
            ? await MemberMeetingPages.PageAsync(http, db, id, memberId, done, time.GetUtcNow(), cancellationToken)
            : PhonePages.Refused(http, result.Error, path);
    }
}
