using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Hosting;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>Records kept of meetings the hub does not know, e.g. of a kiosk that served another hub, or a restore that lacks the meeting: /api/unmatched-check-ins.</summary>
internal static class UnmatchedRecords
{
    /// <param name="units">Units the operator hosts.</param>
    public static IQueryable<CheckInRecord> Open(HubDbContext db, IReadOnlyList<Guid> units) => SettleRecords.Open(db).Where(record =>
        !db.Set<Meeting>().Any(meeting => meeting.Id == record.MeetingId)
        && !db.Set<CheckInRecord>().Any(undo => undo.MeetingId == record.MeetingId && undo.Undoes == record.Id)
        && (db.Set<Display>().IgnoreQueryFilters().Any(display => display.Id == record.DisplayId && units.Contains(display.OrgUnitId))
            || (!db.Set<Display>().IgnoreQueryFilters().Any(display => display.Id == record.DisplayId)
                && db.Set<Member>().Any(member => member.Id == record.MemberId && units.Contains(member.OrgUnitId)))));

    public static async Task<Results<Ok<Page<UnmatchedCheckIn>>, ProblemHttpResult>> ListAsync(
        Guid? orgUnitId, [AsParameters] Paging paging, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var hosted = await access.UnitIdsAsync(OperatorRole.Host, orgUnitId, cancellationToken);
        if (!hosted.IsOk)
        {
            return Problems.From(hosted.Error);
        }

        var units = hosted.Value;
        var open = Open(db, units).AsNoTracking();
        var total = await open.CountAsync(cancellationToken);
        var rows = await (
            from record in open
            join who in db.Set<Member>() on record.MemberId equals who.Id into members
            from member in members.DefaultIfEmpty()
            join place in db.Set<Display>().IgnoreQueryFilters() on record.DisplayId equals place.Id into displays
            from display in displays.DefaultIfEmpty()
            orderby record.CountedAt, record.Id
            select new
            {
                Record = record,
                MemberName = member == null ? null : member.Name,
                Unit = member == null ? (Guid?)null : member.OrgUnitId,
                DisplayName = display == null ? null : display.Name,
                RoomId = display == null ? null : display.RoomId,
            }).Skip(paging.From).Take(paging.Size).ToListAsync(cancellationToken);

        // Of a meeting nobody knows there is no roster.
        var names = new MeetingNames(units, []);
        var items = new List<UnmatchedCheckIn>();
        foreach (var row in rows)
        {
            var record = row.Record;
            var name = row is { MemberName: { } full, Unit: { } unit } ? names.Of(record.MemberId!.Value, unit, full) : null;
            items.Add(new UnmatchedCheckIn(
                new CheckInRecordView(
                    record.Id, name, record.Method, record.Outcome, record.ObservedAt, record.ReceivedAt, row.DisplayName, true, record.Reason, record.MemberId, record.DisplayId,
                    record.CountedAt, record.Clock is ClockState.Unknown),
                Codes.Of(record.Outcome),
                await SuggestAsync(db, units, record, row.RoomId, cancellationToken)));
        }

        return TypedResults.Ok(new Page<UnmatchedCheckIn>(items, total));
    }

    public static async Task<Results<Ok<IReadOnlyList<SettleRow>>, ProblemHttpResult>> SettleAsync(
        UnmatchedSettle input, OperatorAccess access, HubDbContext db, HubWriter writer, CheckInQueue queue, TimeProvider time, CancellationToken cancellationToken)
    {
        var hosted = await access.UnitIdsAsync(OperatorRole.Host, null, cancellationToken);
        if (!hosted.IsOk)
        {
            return Problems.From(hosted.Error);
        }

        var now = time.GetUtcNow();
        if (input.Settle is not { } settle)
        {
            return Problems.From(new Validation().Require(false, "settle", SharedText.Get("text_missing")).Error()!);
        }

        if (SettleRecords.Check(settle, now).Require(!settle.Accept || input.MeetingId is not null, "meetingId", CheckInsText.Get("settle_which")).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        if (settle.Accept && await FindMeeting.CheckAsync(db, access, input.MeetingId!.Value, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var ids = settle.RecordIds.Distinct().ToList();
        var open = await Open(db, hosted.Value).Where(record => ids.Contains(record.Id)).AsNoTracking().ToDictionaryAsync(record => record.Id, cancellationToken);
        var meetingId = settle.Accept ? input.MeetingId!.Value : Guid.Empty;
        return (await SettleRecords.SettleAsync(
            meetingId, open, settle, await SettleRecords.NamedAsync(meetingId, settle, access, db, cancellationToken), access.Name, writer, queue, now, cancellationToken)).ToHttp();
    }

    private static async Task<MeetingSummary?> SuggestAsync(HubDbContext db, IReadOnlyList<Guid> units, CheckInRecord record, Guid? roomId, CancellationToken cancellationToken)
    {
        var at = record.CountedAt;
        var likely = db.Set<Meeting>().AsNoTracking().Where(meeting => units.Contains(meeting.OrgUnitId)
            && (db.Set<MeetingAlias>().Any(alias => alias.Id == record.MeetingId && alias.MeetingId == meeting.Id)
                || (meeting.RoomId == roomId && meeting.CheckInOpens <= at && meeting.End > at)));
        // What took the place of the meeting it names comes before what merely was there at that time.
        var ordered = likely.OrderByDescending(meeting => db.Set<MeetingAlias>().Any(alias => alias.Id == record.MeetingId && alias.MeetingId == meeting.Id))
            .ThenBy(meeting => meeting.Start).Take(1);
        return await MeetingViews.Rows(db, ordered).FirstOrDefaultAsync(cancellationToken) is { } row ? MeetingViews.Summary(row) : null;
    }
}
