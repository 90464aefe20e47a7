using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>
/// From the scan to the tick. GET /c/{code} proves presence and takes the code out of the address; GET /c shows one button; POST /c checks in.
/// </summary>
internal static class CheckInPages
{
    private sealed record Held(Guid Id, string Title, Guid RoomId, string RoomName, string TimeZone, DateTimeOffset Start, DateTimeOffset CheckInOpens, MeetingState State);

    /// <summary>GET /c/{code}.</summary>
    public static async Task<IResult> ScanAsync(
        string code, HttpContext http, HubDbContext db, CheckInKeyRing keys, PresenceCookie cookie, RefusedScans refused, PhoneOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        // The arrival is what counts: taken before anything is looked up.
        var arrival = time.GetUtcNow();
        if (!DisplayCode.TryRead(code, out var read))
        {
            return PhonePages.Refused(http, "altered_code", StatusCodes.Status400BadRequest);
        }

        var displays = await db.Set<Display>().AsNoTracking().Where(display => display.Number == read.Display)
            .Select(display => new { display.Id, display.RoomId, display.TokenSha256 }).ToListAsync(cancellationToken);
        var meeting = await Helds(db, db.Set<Meeting>().Where(candidate => candidate.Number == read.Meeting)).SingleOrDefaultAsync(cancellationToken);
        if (displays is not [var display] || meeting is null
            || display.TokenSha256 is not { } pairing || !keys.Made(read, code, display.Id, pairing, meeting.Id))
        {
            if (meeting is not null)
            {
                refused.Count(meeting.Id, "altered_code");
            }

            return PhonePages.Refused(http, "altered_code", StatusCodes.Status400BadRequest);
        }

        if (!keys.Counts(read.KeyId, arrival) || !read.IsCurrent(arrival, TimeSpan.FromSeconds(options.CodeGraceSeconds)))
        {
            refused.Count(meeting.Id, "expired_code");
            return PhonePages.Refused(http, "expired_code", StatusCodes.Status410Gone);
        }

        if (display.RoomId != meeting.RoomId)
        {
            refused.Count(meeting.Id, "wrong_meeting");
            return PhonePages.Refused(http, "wrong_meeting", StatusCodes.Status409Conflict);
        }

        if (meeting.State is MeetingState.Cancelled)
        {
            return PhonePages.Refused(http, "meeting_cancelled", StatusCodes.Status410Gone);
        }

        cookie.Write(http, new Presence(display.Id, meeting.Id, read.Step, arrival, Presence.NewNonce()));
        return TypedResults.LocalRedirect("/c");
    }

    /// <summary>GET /c: the page with the button, or with number and PIN above it.</summary>
    public static async Task<IResult> ShowAsync(
        HttpContext http, bool? other, HubDbContext db, PresenceCookie cookie, MemberSessions sessions, CancellationToken cancellationToken)
    {
        if (cookie.Read(http) is not { } presence || await FindAsync(db, presence, cancellationToken) is not { } meeting)
        {
            return PhonePages.Refused(http, "expired_code", StatusCodes.Status410Gone);
        }

        var member = other is true ? null : await sessions.FindAsync(http, db, cancellationToken);
        var name = member is { } id ? await db.Set<Member>().Where(row => row.Id == id).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken) : null;
        return Page(http, meeting, presence, name, other is true, null, null, StatusCodes.Status200OK);
    }

    /// <summary>POST /c: the one thing that checks in.</summary>
    public static async Task<IResult> SubmitAsync(
        HttpContext http, bool? other, HubDbContext db, PresenceCookie cookie, MemberSessions sessions, PinSignIn signIn, PhoneLimits limits,
        CheckInQueue queue, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await PhonePages.FormAsync(http) is not { } form)
        {
            return PhonePages.Refused(http, "form_expired", StatusCodes.Status400BadRequest, PhoneText.Get("form_expired"), "/c");
        }

        if (cookie.Read(http) is not { } presence || await FindAsync(db, presence, cancellationToken) is not { } meeting)
        {
            return PhonePages.Refused(http, "expired_code", StatusCodes.Status410Gone);
        }

        var member = other is true ? null : await sessions.FindAsync(http, db, cancellationToken);
        if (member is null)
        {
            string? number = form["number"];
            if (!limits.AllowsPin(http))
            {
                return PhonePages.Refused(http, "rate_limited", StatusCodes.Status429TooManyRequests);
            }

            var (outcome, memberId) = await signIn.CheckAsync(number, form["pin"], cancellationToken);
            if (outcome is not PinOutcome.Right)
            {
                limits.CountWrongPin(http);
                var (code, status) = outcome is PinOutcome.Locked ? ("pin_locked", StatusCodes.Status403Forbidden) : ("sign_in_failed", StatusCodes.Status401Unauthorized);
                return Page(http, meeting, presence, null, other is true, number, code, status);
            }

            member = memberId;
            if (other is not true)
            {
                var session = await writer.WriteAsync<string>((database, _) => Task.FromResult<Result<string>>(MemberSessions.Add(database, memberId, time.GetUtcNow())), cancellationToken);
                MemberSessions.Remember(http, session.Value!);
            }
        }

        var evidence = new CheckInEvidence(
            presence.RecordIdFor(member.Value), presence.MeetingId, member, CheckInMethod.Phone, presence.DisplayId, presence.Instant, time.GetUtcNow(), ClockState.Synced);
        var reply = await queue.SubmitAsync(evidence, cancellationToken);
        return await AnswerAsync(http, db, meeting, presence, member.Value, reply, cancellationToken);
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext http, HubDbContext db, Held meeting, Presence presence, Guid memberId, CheckInReply reply, CancellationToken cancellationToken)
    {
        var outcome = reply.Result.Outcome;
        if (outcome is CheckInOutcome.Undone)
        {
            // Seen before the host took the attendance back: it does not count again, a new scan does.
            return PhonePages.Refused(http, "expired_code", StatusCodes.Status410Gone, PhoneText.Get("refused_used"));
        }

        if (outcome is not (CheckInOutcome.Accepted or CheckInOutcome.AlreadyCheckedIn))
        {
            var sentence = outcome is CheckInOutcome.TooEarly
                ? PhoneText.Get("refused_too_early", PhoneText.Time(meeting.CheckInOpens, meeting.TimeZone))
                : PhoneText.Get("refused_" + CodeOf(outcome));
            return PhonePages.Refused(http, CodeOf(outcome), PhonePages.StatusOf(outcome), sentence, "/my", offerOther: true);
        }

        var row = await db.Set<Attendance>().AsNoTracking().SingleAsync(attendance => attendance.MeetingId == meeting.Id && attendance.MemberId == memberId, cancellationToken);
        if (row.State is AttendanceState.Pending)
        {
            // This very scan was accepted, and taken back since.
            return PhonePages.Refused(http, "expired_code", StatusCodes.Status410Gone, PhoneText.Get("refused_used"));
        }

        var member = await db.Set<Member>().AsNoTracking().SingleAsync(candidate => candidate.Id == memberId, cancellationToken);
        var late = row.State is AttendanceState.Late;
        var lines = new List<string> { meeting.Title };
        if (outcome is CheckInOutcome.Accepted && reply.Result.PointsGranted > 0)
        {
            lines.Add(PhoneText.Get("points_now", reply.Result.PointsGranted));
        }

        lines.Add(PhoneText.Get("points_total", reply.Result.PointsAvailable ?? 0));
        var headline = outcome is CheckInOutcome.AlreadyCheckedIn ? "result_already" : late ? "result_late" : "result_present";
        return new RazorComponentResult<MessagePage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get(headline), CodeOf(outcome), "/my"),
            Model = new MessageModel(late ? "late" : "done", PhoneText.Get(headline), member.Name, lines, OfferOther: true, OfferPoints: http.Request.Query["other"].Count == 0),
        });
    }

    private static string CodeOf(CheckInOutcome outcome) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());

    private static RazorComponentResult<CheckInPage> Page(
        HttpContext http, Held meeting, Presence presence, string? name, bool other, string? number, string? refusal, int status) =>
        new(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get(other ? "check_in_other" : "check_in"), refusal ?? "check_in", other ? "/c?other=true" : "/c"),
            Model = new CheckInModel(
                meeting.Title, meeting.RoomName, PhoneText.When(meeting.Start, meeting.TimeZone), PhoneText.Time(presence.Instant, meeting.TimeZone), name, other, number,
                refusal is null ? null : PhoneText.Get(refusal)),
        })
        {
            StatusCode = status,
        };

    private static IQueryable<Held> Helds(HubDbContext db, IQueryable<Meeting> meetings) =>
        from meeting in meetings.AsNoTracking()
        join room in db.Set<Room>() on meeting.RoomId equals room.Id
        select new Held(meeting.Id, meeting.Title, meeting.RoomId, room.Name, meeting.TimeZone, meeting.Start, meeting.CheckInOpens, meeting.State);

    private static Task<Held?> FindAsync(HubDbContext db, Presence presence, CancellationToken cancellationToken) =>
        Helds(db, db.Set<Meeting>().Where(meeting => meeting.Id == presence.MeetingId)).SingleOrDefaultAsync(cancellationToken);
}
