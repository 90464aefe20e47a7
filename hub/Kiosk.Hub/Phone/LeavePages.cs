using System.Globalization;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>GET and POST /my/meetings/{id}/leave, POST /my/meetings/{id}/leave/withdraw.</summary>
internal static class LeavePages
{
    private const int MostReason = 200;

    public static async Task<IResult> ShowAsync(
        Guid id, HttpContext http, HubDbContext db, MemberSessions sessions, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status200OK, PathOf(id));
        }

        var request = await db.Set<LeaveRequest>().AsNoTracking().SingleOrDefaultAsync(row => row.MeetingId == id && row.MemberId == memberId, cancellationToken);
        var asked = request is { State: LeaveState.Requested or LeaveState.Approved };
        return await FormAsync(http, db, id, memberId, null, "", asked, null, cancellationToken);
    }

    public static async Task<IResult> SubmitAsync(
        Guid id, HttpContext http, HubDbContext db, MemberSessions sessions, AskLeave leave, CancellationToken cancellationToken)
    {
        var (form, memberId, refused) = await ReadAsync(id, http, db, sessions, cancellationToken);
        if (refused is not null)
        {
            return refused;
        }

        // Marks that hide or turn text round cannot be seen on a phone, so nobody is asked to take them out.
        var reason = VisibleText.WithoutHidden(form!["reason"].ToString()).Trim();
        var wrong = !Enum.TryParse<LeaveKind>(form["kind"], out var kind) || !Enum.IsDefined(kind) ? "leave_kind_missing"
            : new StringInfo(reason).LengthInTextElements > MostReason || reason.Length > MostReason * 16 ? "leave_reason_long"
            : null;
        if (wrong is not null)
        {
            return await FormAsync(http, db, id, memberId, form["kind"], reason, asked: false, wrong, cancellationToken);
        }

        return Answer(http, await leave.RequestAsync(id, memberId, kind, reason, host: null, cancellationToken), "leave_sent");
    }

    public static async Task<IResult> WithdrawAsync(
        Guid id, HttpContext http, HubDbContext db, MemberSessions sessions, AskLeave leave, CancellationToken cancellationToken)
    {
        var (_, memberId, refused) = await ReadAsync(id, http, db, sessions, cancellationToken);
        return refused ?? Answer(http, await leave.WithdrawAsync(id, memberId, cancellationToken), "leave_withdrawn_done");
    }

    private static async Task<(IFormCollection? Form, Guid MemberId, IResult? Refused)> ReadAsync(
        Guid id, HttpContext http, HubDbContext db, MemberSessions sessions, CancellationToken cancellationToken)
    {
        if (await PhonePages.FormAsync(http) is not { } form)
        {
            return (null, default, PhonePages.Refused(http, "form_expired", StatusCodes.Status400BadRequest, PhoneText.Get("form_expired"), PathOf(id)));
        }

        return await sessions.FindAsync(http, db, cancellationToken) is { } memberId
            ? (form, memberId, null)
            : (null, default, PointsPages.SignIn(http, null, null, StatusCodes.Status401Unauthorized, PathOf(id)));
    }

    private static IResult Answer(HttpContext http, Result<Done> result, string done) => result.IsOk
        ? new RazorComponentResult<MessagePage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("ask_leave_title"), done, "/my/meetings"),
            Model = new MessageModel("done", PhoneText.Get(done), null, [], OfferOther: false, OfferPoints: false) { OfferMeetings = true },
        })
        : PhonePages.Refused(http, result.Error, "/my/meetings");

    private static async Task<IResult> FormAsync(
        HttpContext http, HubDbContext db, Guid id, Guid memberId, string? kind, string reason, bool asked, string? wrong, CancellationToken cancellationToken)
    {
        var meeting = await (
            from entry in db.Set<RosterMember>()
            join held in db.Set<Meeting>() on entry.MeetingId equals held.Id
            join room in db.Set<Room>() on held.RoomId equals room.Id
            where entry.MeetingId == id && entry.MemberId == memberId
            select new { held.Title, Room = room.Name, held.Start, held.TimeZone }).SingleOrDefaultAsync(cancellationToken);
        if (meeting is null)
        {
            var error = MeetingsErrors.NotOnRoster();
            return PhonePages.Refused(http, error.Code, StatusCodes.Status404NotFound, error.Message, "/my/meetings");
        }

        return new RazorComponentResult<LeavePage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("ask_leave_title"), wrong ?? "ask_leave", PathOf(id)),
            Model = new LeaveModel(
                PathOf(id), meeting.Title, meeting.Room, PhoneText.When(meeting.Start, meeting.TimeZone, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()), kind, reason, asked, wrong is null ? null : PhoneText.Get(wrong)),
        })
        {
            StatusCode = wrong is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static string PathOf(Guid id) => $"/my/meetings/{id}/leave";
}
