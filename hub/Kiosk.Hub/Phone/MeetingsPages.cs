using System.Globalization;
using System.Text;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.MakeUps;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>GET /my/meetings: what is coming, and what has become of the last three months.</summary>
internal static class MeetingsPages
{
    private const int PageSize = 8;
    private const int MostTitle = 180;
    private const int MostRoom = 120;

    private static readonly TimeSpan _past = TimeSpan.FromDays(92);

    private sealed record Row
    {
        public required Meeting Meeting { get; init; }

        public required string Room { get; init; }

        /// <summary>Who holds it, where that is not the member's own unit.</summary>
        public required string? Unit { get; init; }

        /// <summary>Null when not on the roster.</summary>
        public required RosterKind? Kind { get; init; }

        public required AttendanceState? Came { get; init; }

        public required LeaveState? Leave { get; init; }

        public required string? Note { get; init; }

        public MakeUpState? MakeUp { get; init; }
    }

    public static async Task<IResult> ShowAsync(HttpContext http, int? skip, HubDbContext db, MemberSessions sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status200OK, "/my/meetings");
        }

        var (now, from) = (time.GetUtcNow(), Math.Max(0, skip ?? 0));
        var name = await db.Set<Member>().Where(member => member.Id == memberId).Select(member => member.Name).SingleAsync(cancellationToken);
        var mine = Rows(db, memberId);
        var ahead = mine.Where(row => row.Meeting.End > now && row.Meeting.State != MeetingState.Closed);
        var coming = from > 0 ? [] : await ahead.OrderBy(row => row.Meeting.Start).ThenBy(row => row.Meeting.Id).Take(PageSize).ToListAsync(cancellationToken);
        var since = now - _past;
        var past = await mine.Where(row => row.Meeting.Start > since && (row.Meeting.End <= now || row.Meeting.State == MeetingState.Closed))
            .OrderByDescending(row => row.Meeting.Start).ThenBy(row => row.Meeting.Id).Skip(from).Take(PageSize + 1).ToListAsync(cancellationToken);
        return new RazorComponentResult<MeetingsPage>(new
        {
            Frame = PhoneFrame.For(http, PhoneText.Get("my_meetings"), "my_meetings", "/my/meetings") with { Nav = "meetings" },
            Model = new MeetingsModel(
                name,
                [.. coming.Select(row => Line(row, now))],
                [.. past.Take(PageSize).Select(row => Line(row, now))],
                from > 0 ? $"/my/meetings?skip={Math.Max(0, from - PageSize)}" : null,
                past.Count > PageSize ? $"/my/meetings?skip={from + PageSize}" : null)
            {
                More = coming.Count < PageSize ? 0 : await ahead.CountAsync(cancellationToken) - coming.Count,
                ProofWaits = await ProofPages.WaitingAsync(db, memberId, now, cancellationToken) is not null,
            },
        });
    }

    /// <summary>Where the member is expected, and where they came without being: 流动党员 at another branch, or somebody the host let in.</summary>
    private static IQueryable<Row> Rows(HubDbContext db, Guid memberId)
    {
        var expected = db.Set<RosterMember>().Where(entry => entry.MemberId == memberId).Select(entry => entry.MeetingId);
        var mine = expected.Union(db.Set<Attendance>().Where(row => row.MemberId == memberId && row.State != AttendanceState.Pending).Select(row => row.MeetingId));
        return
            from meeting in db.Set<Meeting>().AsNoTracking()
            join room in db.Set<Room>() on meeting.RoomId equals room.Id
            join unit in db.Set<OrgUnit>() on meeting.OrgUnitId equals unit.Id
            join came in db.Set<Attendance>() on new { MeetingId = meeting.Id, MemberId = memberId } equals new { came.MeetingId, came.MemberId } into arrivals
            from attendance in arrivals.DefaultIfEmpty()
            join asked in db.Set<LeaveRequest>() on new { MeetingId = meeting.Id, MemberId = memberId } equals new { asked.MeetingId, asked.MemberId } into leaves
            from leave in leaves.DefaultIfEmpty()
            where mine.Contains(meeting.Id)
            select new Row
            {
                Meeting = meeting,
                Room = room.Name,
                Unit = meeting.OrgUnitId == db.Set<Member>().Where(member => member.Id == memberId).Select(member => member.OrgUnitId).FirstOrDefault() ? null : unit.Name,
                Kind = db.Set<RosterMember>().Where(entry => entry.MeetingId == meeting.Id && entry.MemberId == memberId).Select(entry => (RosterKind?)entry.Kind).FirstOrDefault(),
                Came = attendance == null ? null : attendance.State,
                Leave = leave == null ? null : leave.State,
                Note = leave == null ? null : leave.Note,
                MakeUp = db.Set<MakeUp>().Where(makeUp => makeUp.MeetingId == meeting.Id && makeUp.MemberId == memberId).Select(makeUp => (MakeUpState?)makeUp.State).FirstOrDefault(),
            };
    }

    private static MeetingLine Line(Row row, DateTimeOffset now)
    {
        var meeting = row.Meeting;
        var state = AttendanceStates.Of(row.Came, row.Leave, meeting, now, row.MakeUp);
        var open = meeting.State is MeetingState.Scheduled && now < meeting.End && state is AttendanceState.Pending or AttendanceState.Leave;
        // The same words as on its own page; there it is withdrawn, and leave is nothing to ask for.
        var signedUp = meeting is { SignUp: true, State: not MeetingState.Cancelled } && state is AttendanceState.Pending
            && row is { Kind: RosterKind.Expected, Leave: not LeaveState.Requested };
        var (text, tone) = signedUp ? (MemberMeetingText.Get(open ? "state_signed_up" : "state_over"), open ? "done" : "quiet") : Words(row, state, open);
        open &= meeting.State is MeetingState.Scheduled && row.Kind is not null;
        var makesUp = !open && row.Kind is not null && meeting.State is not MeetingState.Cancelled && now < meeting.End + TimeSpan.FromDays(meeting.MakeUpDays)
            && state is AttendanceState.Absent or AttendanceState.Leave;
        var asks = open && (!meeting.SignUp || row.Leave is LeaveState.Requested or LeaveState.Approved);
        return new MeetingLine(
            Short(meeting.Title, MostTitle), Short(row.Room, MostRoom), PhoneText.When(meeting.Start, meeting.TimeZone, now), text, tone,
            row.Leave is LeaveState.Approved or LeaveState.Declined && row.Note is { } note ? PhoneText.Get("leave_note", note) : null,
            signedUp ? open ? MemberMeetingPages.PathOf(meeting.Id) : null : asks ? $"/my/meetings/{meeting.Id}/leave" : makesUp ? $"/my/meetings/{meeting.Id}/make-up" : null,
            signedUp ? MemberMeetingText.Get("sign_up_withdraw") : PhoneText.Get(makesUp ? row.MakeUp is null ? "make_up_link" : "make_up_link_again" : row.Leave is LeaveState.Requested or LeaveState.Approved ? "leave_withdraw" : "ask_leave"))
        {
            // Agenda and materials are for those who are expected.
            Url = row.Kind is not null ? MemberMeetingPages.PathOf(meeting.Id) : null,
            Unit = row.Unit is { } unit ? PhoneText.Get("meeting_of", Short(unit, MostRoom)) : null,
        };
    }

    private static (string Text, string Tone) Words(Row row, AttendanceState state, bool open)
    {
        var (text, tone) = row.Meeting.State is MeetingState.Cancelled ? ("state_cancelled", "quiet") : state switch
        {
            AttendanceState.Present => ("state_present", "done"),
            AttendanceState.Late => ("state_late", "late"),
            AttendanceState.MakeUp => ("state_make_up", "done"),
            AttendanceState.Absent or AttendanceState.Leave when row.MakeUp is MakeUpState.Submitted => ("make_up_waiting", "open"),
            AttendanceState.Absent or AttendanceState.Leave when row.MakeUp is MakeUpState.Returned => ("make_up_returned", "late"),
            AttendanceState.Leave => (open ? "leave_approved" : "state_leave", "quiet"),
            AttendanceState.Absent => ("state_absent", "late"),
            _ => row.Leave switch
            {
                LeaveState.Requested => ("leave_requested", "open"),
                LeaveState.Declined => ("leave_declined", "late"),
                _ => ("state_pending", "open"),
            },
        };
        return (PhoneText.Get(text), tone);
    }

    // A list of names, not the place for a very long one; whole characters are kept, and what counts is their size on the wire.
    public static string Short(string text, int mostBytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= mostBytes)
        {
            return text;
        }

        var (kept, bytes) = (0, 0);
        for (var rest = text.AsSpan(); rest.Length > 0; rest = text.AsSpan(kept))
        {
            var length = StringInfo.GetNextTextElementLength(rest);
            bytes += Encoding.UTF8.GetByteCount(rest[..length]);
            if (bytes > mostBytes)
            {
                break;
            }

            kept += length;
        }

        return text[..kept] + "…";
    }
}
