using System.Globalization;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.MakeUps;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>GET /api/meetings/{id}/attendance /check-ins and /undos: plain lists, at most 500 rows from <c>skip</c>; header X-Total-Count has the number in all.</summary>
internal static class ListAttendance
{
    private const int MostRows = 500;

    public static async Task<Results<Ok<IReadOnlyList<AttendanceRow>>, ProblemHttpResult>> AttendanceAsync(
        Guid id, string? search, Choice<AttendanceState>? state, int? skip, int? take, OperatorAccess access, HubDbContext db, HttpResponse response, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var now = time.GetUtcNow();
        var meeting = await db.Set<Meeting>().AsNoTracking().SingleAsync(candidate => candidate.Id == id, cancellationToken);
        var members = MemberSearch.Where(db.Set<Member>().AsNoTracking(), search);
        var rows =
            from entry in db.Set<RosterMember>().AsNoTracking()
            join member in members on entry.MemberId equals member.Id
            join came in db.Set<Attendance>() on new { entry.MeetingId, entry.MemberId } equals new { came.MeetingId, came.MemberId } into arrivals
            from attendance in arrivals.DefaultIfEmpty()
            join evidence in db.Set<CheckInRecord>() on attendance.CheckInId equals evidence.Id into records
            from record in records.DefaultIfEmpty()
            join asked in db.Set<LeaveRequest>() on new { entry.MeetingId, entry.MemberId } equals new { asked.MeetingId, asked.MemberId } into leaves
            from leave in leaves.DefaultIfEmpty()
            join handed in db.Set<MakeUp>() on new { entry.MeetingId, entry.MemberId } equals new { handed.MeetingId, handed.MemberId } into made
            from makeUp in made.DefaultIfEmpty()
            where entry.MeetingId == id
            orderby member.Initials, member.Name, member.Id
            select new
            {
                member.Id, member.Name, member.Number, entry.Votes, entry.Kind, Attendance = attendance, Record = record, Leave = leave == null ? null : (LeaveState?)leave.State,
                MakeUp = makeUp == null ? null : (MakeUpState?)makeUp.State, MadeUpPoints = makeUp == null ? 0 : makeUp.Granted,
            };
        var wanted = state?.Value;
        rows = wanted switch
        {
            null => rows,
            AttendanceState.Present or AttendanceState.Late => rows.Where(row => row.Attendance != null && row.Attendance.State == wanted),
            AttendanceState.MakeUp => rows.Where(row => (row.Attendance == null || row.Attendance.State == AttendanceState.Pending) && row.MakeUp == MakeUpState.Approved),
            AttendanceState.Leave => rows.Where(row => (row.Attendance == null || row.Attendance.State == AttendanceState.Pending)
                && row.Leave == LeaveState.Approved && (row.MakeUp == null || row.MakeUp != MakeUpState.Approved)),
            // Pending until the end, Absent afterwards.
            _ => rows.Where(row => (row.Attendance == null || row.Attendance.State == AttendanceState.Pending)
                && (row.Leave == null || row.Leave != LeaveState.Approved) && (row.MakeUp == null || row.MakeUp != MakeUpState.Approved)),
        };
        response.Headers["X-Total-Count"] = (await rows.CountAsync(cancellationToken)).ToString(CultureInfo.InvariantCulture);
        var found = await rows.Skip(Math.Max(0, skip ?? 0)).Take(Math.Clamp(take ?? MostRows, 1, MostRows)).ToListAsync(cancellationToken);
        var seen = await SightingsAsync(db, id, [.. found.Where(row => row.Attendance is { Records: > 1 }).Select(row => row.Id)], cancellationToken);
        return TypedResults.Ok<IReadOnlyList<AttendanceRow>>([.. found.Select(row =>
        {
            var came = row.Attendance is { State: not AttendanceState.Pending };
            return new AttendanceRow(
                row.Id, row.Name, row.Number, row.Votes, AttendanceStates.Of(row.Attendance?.State, row.Leave, meeting, now, row.MakeUp), came ? row.Attendance!.At : null,
                came ? row.Record?.Method : null, came ? row.Record?.By : null, came ? row.Record?.Reason : null,
                came ? row.Attendance!.Granted : row.MadeUpPoints, came ? row.Attendance!.CheckInId : null, row.Attendance?.UndoneAt, row.Attendance?.LeftAt,
                came ? seen.GetValueOrDefault(row.Id) : null, came && meeting.PointsWaitForExit && row.Attendance!.LeftAt is null, row.Kind);
        })]);
    }

    /// <summary>Who was seen by more than one device: where and when, earliest first.</summary>
    private static async Task<Dictionary<Guid, IReadOnlyList<Sighting>>> SightingsAsync(
        HubDbContext db, Guid meetingId, List<Guid> memberIds, CancellationToken cancellationToken)
    {
        if (memberIds.Count == 0)
        {
            return [];
        }

        var rows = await (
            from record in TakenBack.Standing(db).AsNoTracking()
            join attendance in db.Set<Attendance>() on new { record.MeetingId, MemberId = record.MemberId!.Value } equals new { attendance.MeetingId, attendance.MemberId }
            join place in db.Set<Display>().IgnoreQueryFilters() on record.DisplayId equals place.Id into displays
            from display in displays.DefaultIfEmpty()
            where record.MeetingId == meetingId && record.MemberId != null && memberIds.Contains(record.MemberId.Value) && record.Kind == CheckInKind.Sighting
                && (record.Outcome == CheckInOutcome.Accepted || record.Outcome == CheckInOutcome.AlreadyCheckedIn)
            orderby record.CountedAt, record.Id
            select new { record.MemberId, record.CountedAt, record.DisplayId, Name = display == null ? null : display.Name, record.Method, record.Clock, Counts = attendance.CheckInId == record.Id })
            .Take(MostRows * 4).ToListAsync(cancellationToken);
        return rows.GroupBy(row => row.MemberId!.Value).Where(group => group.Select(row => (row.DisplayId, row.Method)).Distinct().Skip(1).Any()).ToDictionary(
            group => group.Key,
            group => (IReadOnlyList<Sighting>)[.. group.Select(row => new Sighting(row.CountedAt, row.Name, row.Method, row.Clock is not ClockState.Unknown, row.Counts))]);
    }

    /// <param name="open">Only those that wait for the host.</param>
    public static async Task<Results<Ok<IReadOnlyList<CheckInRecordView>>, ProblemHttpResult>> RecordsAsync(
        Guid id, bool? open, int? skip, int? take, OperatorAccess access, HubDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var rows =
            from record in open is true ? SettleRecords.Open(db, id).AsNoTracking() : db.Set<CheckInRecord>().AsNoTracking()
            join who in db.Set<Member>() on record.MemberId equals who.Id into members
            from member in members.DefaultIfEmpty()
            join place in db.Set<Display>().IgnoreQueryFilters() on record.DisplayId equals place.Id into displays
            from display in displays.DefaultIfEmpty()
            join decided in db.Set<RecordSettlement>() on record.Id equals decided.RecordId into settlements
            from settlement in settlements.DefaultIfEmpty()
            where record.MeetingId == id
            orderby record.ReceivedAt descending, record.Id descending
            select new { Record = record, Settlement = settlement, MemberName = member == null ? null : member.Name, Unit = member == null ? (Guid?)null : member.OrgUnitId, DisplayName = display == null ? null : display.Name };
        response.Headers["X-Total-Count"] = (await rows.CountAsync(cancellationToken)).ToString(CultureInfo.InvariantCulture);
        var found = await rows.Skip(Math.Max(0, skip ?? 0)).Take(Math.Clamp(take ?? MostRows, 1, MostRows)).ToListAsync(cancellationToken);
        var since = await IntervalsAsync(db, id, [.. found.Where(row => row.Record.BootId != null).Select(row => row.Record)], cancellationToken);
        var names = await MeetingNames.OfAsync(access, db, id, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<CheckInRecordView>>([.. found.Select(row => new CheckInRecordView(
            row.Record.Id, row is { MemberName: { } name, Unit: { } unit } ? names.Of(row.Record.MemberId!.Value, unit, name) : null, row.Record.Method,
            open is true ? SeenElsewhere.AsOpen(row.Record.Outcome) : row.Record.Outcome, row.Record.ObservedAt, row.Record.ReceivedAt, row.DisplayName,
            // A record that took longer than a minute waited in a journal.
            row.Record.ReceivedAt - row.Record.ObservedAt > TimeSpan.FromMinutes(1) || row.Record.Clock is ClockState.Unknown,
            row.Record.Reason, row.Record.MemberId, row.Record.DisplayId, row.Record.CountedAt, row.Record.Clock is ClockState.Unknown,
            since.TryGetValue(row.Record.Id, out var interval) ? interval : null,
            row.Settlement is { } settled ? new SettlementView(settled.Accepted, settled.At, settled.By, settled.Reason) : null))]);
    }

    /// <summary>Milliseconds since the card before at the same device, by its running clock.</summary>
    private static async Task<Dictionary<Guid, long>> IntervalsAsync(HubDbContext db, Guid meetingId, List<CheckInRecord> page, CancellationToken cancellationToken)
    {
        var boots = page.Select(record => record.BootId).Distinct().ToList();
        if (boots.Count == 0)
        {
            return [];
        }

        var cards = await db.Set<CheckInRecord>().Where(record => record.MeetingId == meetingId && record.Kind == CheckInKind.Sighting && boots.Contains(record.BootId) && record.MonotonicMs != null)
            .OrderBy(record => record.MonotonicMs).Select(record => new { record.Id, record.DisplayId, record.BootId, Ms = record.MonotonicMs!.Value }).Take(20_000).ToListAsync(cancellationToken);
        return cards.GroupBy(card => (card.DisplayId, card.BootId))
            .SelectMany(device => device.Zip(device.Skip(1), (before, card) => (card.Id, Since: card.Ms - before.Ms))).ToDictionary(pair => pair.Id, pair => pair.Since);
    }

    public static async Task<Results<Ok<IReadOnlyList<UndoView>>, ProblemHttpResult>> UndosAsync(
        Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var names = await MeetingNames.OfAsync(access, db, id, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<UndoView>>((await (
            from undo in db.Set<AttendanceUndo>()
            join member in db.Set<Member>() on undo.MemberId equals member.Id
            where undo.MeetingId == id
            orderby undo.At descending, undo.Id
            select new { Undo = undo, member.Name, member.OrgUnitId }).Take(MostRows).ToListAsync(cancellationToken))
            .Select(row => InWords(new UndoView(
                row.Undo.MemberId, names.Of(row.Undo.MemberId, row.OrgUnitId, row.Name), row.Undo.At, row.Undo.By, row.Undo.Reason, row.Undo.Source))).ToList());
    }

    private static UndoView InWords(UndoView undo) => undo.Source is UndoSource.Host ? undo : undo with
    {
        By = CheckInsText.Get(undo.Source is UndoSource.Phone ? "undone_by_phone" : "undone_by_kiosk"), Reason = CheckInsText.Get("undone_at_device"),
    };
}
