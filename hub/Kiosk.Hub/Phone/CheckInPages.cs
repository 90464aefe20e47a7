using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.FairPlay;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>
/// From the scan to the tick. GET /c/{code} proves presence and takes the code out of the address; GET /c shows one button; POST /c checks in.
/// </summary>
internal static class CheckInPages
{
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
        var meeting = await MeetingAtDoor.Of(db, db.Set<Meeting>().Where(candidate => candidate.Number == read.Meeting)).SingleOrDefaultAsync(cancellationToken);
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

        BrowserMark.Ensure(http);
        cookie.Write(http, new Presence(display.Id, meeting.Id, read.Step, arrival, Presence.NewNonce()));
        return TypedResults.LocalRedirect("/c");
    }

    /// <summary>GET /c: the page with the button, or with number and PIN above it.</summary>
    public static async Task<IResult> ShowAsync(
        HttpContext http, bool? other, HubDbContext db, PresenceCookie cookie, MemberSessions sessions, CancellationToken cancellationToken)
    {
        if (cookie.Read(http) is not { } presence || await MeetingAtDoor.FindAsync(db, presence, cancellationToken) is not { } meeting)
        {
            return PhonePages.Refused(http, "expired_code", StatusCodes.Status410Gone, PhoneText.Get("refused_presence"));
        }

        var member = other is true ? null : await sessions.FindAsync(http, db, cancellationToken);
        var name = member is { } id ? await db.Set<Member>().Where(row => row.Id == id).Select(row => row.Name).SingleOrDefaultAsync(cancellationToken) : null;
        // Back from the answer, or scanned again: there is nothing left to press, unless this scan means leaving.
        var leaving = meeting.IsLeaving(presence.Instant);
        if (name is not null && await db.Set<Attendance>().AsNoTracking().SingleOrDefaultAsync(row => row.MeetingId == meeting.Id && row.MemberId == member, cancellationToken)
            is { State: not AttendanceState.Pending } came && !(leaving && came.LeftAt is null))
        {
            var available = await db.Set<Points.PointsAccount>().Where(account => account.MemberId == member).Select(account => account.Available).SingleOrDefaultAsync(cancellationToken);
            return CheckInAnswer.Done(http, meeting, name, came.State, CheckInOutcome.AlreadyCheckedIn, 0, available, other: false, left: false);
        }

        return Page(http, meeting, presence, name, other is true, null, null, StatusCodes.Status200OK, leaving);
    }

    /// <summary>POST /c: the one thing that checks in.</summary>
    public static async Task<IResult> SubmitAsync(
        HttpContext http, bool? other, HubDbContext db, PresenceCookie cookie, MemberSessions sessions, PinSignIn signIn, PhoneLimits limits,
        CheckInQueue queue, CheckInAnswer answer, TraceHashes hashes, DisplayNetworks networks, HubWriter writer, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await PhonePages.FormAsync(http) is not { } form)
        {
            return PhonePages.Refused(http, "form_expired", StatusCodes.Status400BadRequest, PhoneText.Get("form_expired"), "/c");
        }

        if (cookie.Read(http) is not { } presence || await MeetingAtDoor.FindAsync(db, presence, cancellationToken) is not { } meeting)
        {
            return PhonePages.Refused(http, "expired_code", StatusCodes.Status410Gone, PhoneText.Get("refused_presence"));
        }

        var member = other is true ? null : await sessions.FindAsync(http, db, cancellationToken);
        if (member is null)
        {
            string? number = form["number"];
            if (!limits.AllowsPin(http, atTheDoor: true))
            {
                return PhonePages.Refused(http, "rate_limited", StatusCodes.Status429TooManyRequests);
            }

            var (outcome, memberId) = await signIn.CheckAsync(number, form["pin"], cancellationToken);
            if (outcome is not PinOutcome.Right)
            {
                limits.CountWrongPin(http, atTheDoor: true);
                var (code, status) = outcome is PinOutcome.Locked ? ("pin_locked", StatusCodes.Status403Forbidden) : ("sign_in_failed", StatusCodes.Status401Unauthorized);
                return Page(http, meeting, presence, null, other is true, number, code, status, meeting.IsLeaving(presence.Instant));
            }

            member = memberId;
            if (other is not true)
            {
                var session = await writer.WriteAsync<string>((database, _) => Task.FromResult<Result<string>>(MemberSessions.Add(database, memberId, time.GetUtcNow())), cancellationToken);
                MemberSessions.Remember(http, session.Value!);
            }
        }

        var evidence = new CheckInEvidence(
            presence.RecordIdFor(member.Value), presence.MeetingId, member, CheckInMethod.Phone, presence.DisplayId, presence.Instant, time.GetUtcNow(), ClockState.Synced)
        {
            Phone = EvidenceOf(http, presence, other is true, hashes, networks),
        };
        var reply = await queue.SubmitAsync(evidence, cancellationToken);
        // Said to be a shared phone: a session that this very scan opened does not stay behind either.
        var left = other is true && (await sessions.EndIfOpenedSinceAsync(http, presence.Instant, cancellationToken) || !http.Request.Cookies.ContainsKey(MemberSessions.CookieName));
        return await answer.PageAsync(http, meeting, presence, member.Value, reply, other is true, left, cancellationToken);
    }

    private static PhoneEvidence EvidenceOf(HttpContext http, Presence presence, bool declared, TraceHashes hashes, DisplayNetworks networks) => new(
        hashes.Browser(presence.MeetingId, BrowserMark.Read(http) ?? presence.Nonce),
        hashes.Network(presence.MeetingId, http.Connection.RemoteIpAddress),
        networks.Of(presence.DisplayId) is { } display ? hashes.Network(presence.MeetingId, display) : null,
        presence.Step,
        (int)(presence.Instant - DisplayCode.StartOf(presence.Step)).TotalMilliseconds,
        declared);

    private static RazorComponentResult<CheckInPage> Page(
        HttpContext http, MeetingAtDoor meeting, Presence presence, string? name, bool other, string? number, string? refusal, int status, bool leaving = false) =>
        new(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get(other ? "check_in_other" : "check_in"), refusal ?? "check_in", other ? "/c?other=true" : "/c"),
            Model = new CheckInModel(
                meeting.Title, meeting.RoomName, PhoneText.When(meeting.Start, meeting.TimeZone, presence.Instant), PhoneText.Time(presence.Instant, meeting.TimeZone), name, other, number,
                refusal is null ? null : PhoneText.Get(refusal))
            {
                Leaving = leaving,
            },
        })
        {
            StatusCode = status,
        };
}
