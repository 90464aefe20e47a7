using System.Text;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Media;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Materials;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Phone;

/// <summary>GET /my/meetings/{id} and its materials: for whoever is on its roster, or may sign up.</summary>
internal static class MemberMeetingPages
{
    /// <summary>What the longest agenda may take of a page of 30 KB, and what a point and a material's title are cut to beyond it.</summary>
    private const int MostAgenda = 9_000;
    private const int MostPoint = 290;
    private const int MostTitle = 180;

    /// <summary>A longer address goes by the hub, which knows it.</summary>
    private const int LongAddress = 120;

    public static async Task<IResult> ShowAsync(Guid id, HttpContext http, HubDbContext db, MemberSessions sessions, TimeProvider time, CancellationToken cancellationToken) =>
        await sessions.FindAsync(http, db, cancellationToken) is { } memberId
            ? await PageAsync(http, db, id, memberId, null, time.GetUtcNow(), cancellationToken)
            : PointsPages.SignIn(http, null, null, StatusCodes.Status200OK, PathOf(id));

    public static async Task<IResult> MaterialAsync(
        Guid id, Guid materialId, HttpContext http, HubDbContext db, MemberSessions sessions, MediaStore store, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(http, db, cancellationToken) is not { } memberId)
        {
            return PointsPages.SignIn(http, null, null, StatusCodes.Status200OK, PathOf(id));
        }

        var link = await db.Set<Material>()
            .Where(material => material.Id == materialId && material.MeetingId == id && material.Url != null
                && db.Set<RosterMember>().IgnoreQueryFilters().Any(entry => entry.MeetingId == id && entry.MemberId == memberId))
            .Select(material => material.Url).SingleOrDefaultAsync(cancellationToken);
        if (link is not null)
        {
            return TypedResults.Redirect(link);
        }

        // What was made restricted, or taken away, since it was attached is gone here too.
        var file = await (
            from material in db.Set<Material>()
            join media in db.Set<MediaItem>() on material.MediaId equals media.Id
            join rendition in db.Set<MediaRendition>() on media.Id equals rendition.MediaId
            where material.Id == materialId && material.MeetingId == id && media.Disclosure != Contracts.Disclosure.Restricted
                && (rendition.Role == RenditionRole.Low || rendition.Role == RenditionRole.Full)
                && db.Set<RosterMember>().IgnoreQueryFilters().Any(entry => entry.MeetingId == id && entry.MemberId == memberId)
            orderby rendition.Role == RenditionRole.Full
            select new { rendition.Sha256, rendition.ContentType }).FirstOrDefaultAsync(cancellationToken);
        return file is null
            ? PhonePages.Refused(http, "material_unknown", StatusCodes.Status404NotFound, MemberMeetingText.Get("material_unknown"), PathOf(id))
            : MediaFile.Send(http, store, file.Sha256, file.ContentType);
    }

    /// <param name="result">Code of what was just done; the page then says it.</param>
    public static async Task<IResult> PageAsync(
        HttpContext http, HubDbContext db, Guid id, Guid memberId, string? result, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await (
            from entry in db.Set<RosterMember>().IgnoreQueryFilters().AsNoTracking()
            join held in db.Set<Meeting>() on entry.MeetingId equals held.Id
            join room in db.Set<Room>() on held.RoomId equals room.Id
            join came in db.Set<Attendance>() on new { entry.MeetingId, entry.MemberId } equals new { came.MeetingId, came.MemberId } into arrivals
            from attendance in arrivals.DefaultIfEmpty()
            join asked in db.Set<LeaveRequest>() on new { entry.MeetingId, entry.MemberId } equals new { asked.MeetingId, asked.MemberId } into leaves
            from leave in leaves.DefaultIfEmpty()
            where entry.MeetingId == id && entry.MemberId == memberId
            select new
            {
                Meeting = held, Room = room.Name, entry.Kind, Came = attendance == null ? null : (AttendanceState?)attendance.State,
                Leave = leave == null ? null : (LeaveState?)leave.State, Note = leave == null ? null : leave.Note,
                HasDisplay = db.Set<Display>().Any(display => display.RoomId == held.RoomId),
            }).SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            var error = MeetingsErrors.NotOnRoster();
            return PhonePages.Refused(http, error.Code, StatusCodes.Status404NotFound, error.Message, "/my/meetings");
        }

        var meeting = row.Meeting;
        var sessions = await db.Set<MeetingSession>().AsNoTracking().Where(session => session.MeetingId == id).OrderBy(session => session.Position).ToListAsync(cancellationToken);
        var open = meeting.State is MeetingState.Scheduled && now < meeting.End;
        var present = row.Came is AttendanceState.Present or AttendanceState.Late;
        return new RazorComponentResult<MemberMeetingPage>(new
        {
            Frame = PhoneFrame.For(http, meeting.Title, result ?? "meeting", PathOf(id)),
            Model = new MemberMeetingModel(
                meeting.Title, MeetingViews.TypeNameOf(meeting, sessions),
                MemberMeetingText.Get("from_to", PhoneText.When(meeting.Start, meeting.TimeZone, now), MeetingTimes.Local(meeting.End, meeting.TimeZone)),
                row.Room, meeting.HostName, StateOf(meeting, row.Kind, present, open ? row.Leave : null, now),
                meeting.State is MeetingState.Cancelled ? meeting.CancelReason
                    : open && !present && row is { Leave: LeaveState.Approved or LeaveState.Declined, Note: { } note } ? PhoneText.Get("leave_note", note) : null,
                Fitting(sessions.Count > 0
                    ? [.. MeetingViews.SessionsOf(meeting, sessions).Select(part => new MemberMeetingPart($"{MeetingTimes.Local(part.Start, meeting.TimeZone):HH:mm} {part.Title}", part.Agenda))]
                    : meeting.Agenda.Count > 0 ? [new MemberMeetingPart("", meeting.Agenda)] : []),
                [.. (await MeetingMaterials.OfAsync(db, id, cancellationToken)).Select(material => new MemberMaterial(
                    MeetingsPages.Short(material.Title, MostTitle), material.Url is { Length: <= LongAddress } near ? near : $"{PathOf(id)}/materials/{material.Id}", material.Url is not null))],
                result is null ? null : MemberMeetingText.Get(result is "signed_up" && !row.HasDisplay ? "signed_up_no_display" : result),
                open && meeting.SignUp && !present && row.Kind is not RosterKind.Observer ? PathOf(id) + "/sign-up" : null,
                row.Kind is RosterKind.Expected,
                open && !meeting.SignUp && !present ? PathOf(id) + "/leave" : null,
                row.Leave is LeaveState.Requested or LeaveState.Approved),
        });
    }

    private static IReadOnlyList<MemberMeetingPart> Fitting(IReadOnlyList<MemberMeetingPart> parts) =>
        parts.Sum(part => part.Points.Sum(Encoding.UTF8.GetByteCount)) <= MostAgenda ? parts
        : [.. parts.Select(part => part with { Points = [.. part.Points.Select(point => MeetingsPages.Short(point, MostPoint))] })];

    public static string PathOf(Guid id) => $"/my/meetings/{id}";

    /// <param name="leave">Null as well once the meeting is over.</param>
    private static string StateOf(Meeting meeting, RosterKind kind, bool present, LeaveState? leave, DateTimeOffset now) => (present, leave) switch
    {
        (false, LeaveState.Approved) => PhoneText.Get("leave_approved"),
        (false, LeaveState.Requested) => PhoneText.Get("leave_requested"),
        (false, LeaveState.Declined) => PhoneText.Get("leave_declined"),
        _ => StateOf(meeting, kind, present, now),
    };

    private static string StateOf(Meeting meeting, RosterKind kind, bool present, DateTimeOffset now) => MemberMeetingText.Get(
        meeting.State is MeetingState.Cancelled ? "state_cancelled"
        : present ? "state_present"
        : meeting.State is MeetingState.Closed || now >= meeting.End ? "state_over"
        : kind is RosterKind.Observer ? "state_observer"
        : !meeting.SignUp ? now >= meeting.Start ? "state_running" : "state_expected"
        : kind is RosterKind.Expected ? "state_signed_up" : "state_open");
}
