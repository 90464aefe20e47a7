using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.CheckIns;

/// <summary>POST /api/meetings/{id}/check-ins/settle: the host's word on records that could not be applied.</summary>
internal static class SettleRecords
{
    private const int MostRows = 500;

    /// <summary>Outcomes that leave something to decide.</summary>
    public static readonly IReadOnlyList<CheckInOutcome> Unapplied =
    [
        CheckInOutcome.TooEarly, CheckInOutcome.TooLate, CheckInOutcome.NotOnRoster, CheckInOutcome.UnknownCard, CheckInOutcome.WrongIssuer, CheckInOutcome.RevokedCard,
        CheckInOutcome.ExpiredCode, CheckInOutcome.WrongMeeting, CheckInOutcome.MeetingCancelled, CheckInOutcome.MemberSuspended, CheckInOutcome.RateLimited, CheckInOutcome.Undone,
    ];

    /// <summary>Records that wait for the host: not applied, not settled, and of nobody who counts by another record by now.</summary>
    public static IQueryable<CheckInRecord> Open(HubDbContext db) => db.Set<CheckInRecord>().Where(record => record.Kind != CheckInKind.Undo && Unapplied.Contains(record.Outcome))
        // Two sets rather than one condition: each is found by an index of its own.
        .Concat(SeenElsewhere.Of(db))
        .Where(record =>
            // Whoever enters by hand is told at once.
            record.Method != CheckInMethod.Helper && record.Method != CheckInMethod.Paper
            && !db.Set<RecordSettlement>().Any(settlement => settlement.RecordId == record.Id)
            // What its own device took back is no question any more, whatever had become of it.
            && !db.Set<CheckInRecord>().Any(undo => undo.MeetingId == record.MeetingId && undo.MemberId == record.MemberId && undo.Undoes == record.Id
                && undo.DisplayId == record.DisplayId && undo.Method == record.Method && undo.Outcome != CheckInOutcome.TooLate)
            && !db.Set<Attendance>().Any(row => row.MeetingId == record.MeetingId && row.MemberId == record.MemberId && row.State != AttendanceState.Pending));

    public static IQueryable<CheckInRecord> Open(HubDbContext db, Guid meetingId) => Open(db).Where(record => record.MeetingId == meetingId);

    public static async Task<Results<Ok<IReadOnlyList<SettleRow>>, ProblemHttpResult>> HandleAsync(
        Guid id, SettleInput input, OperatorAccess access, HubDbContext db, HubWriter writer, CheckInQueue queue, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        var now = time.GetUtcNow();
        if (Check(input, now).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var ids = input.RecordIds.Distinct().ToList();
        var open = await Open(db, id).Where(record => ids.Contains(record.Id)).AsNoTracking().ToDictionaryAsync(record => record.Id, cancellationToken);
        var named = await NamedAsync(id, input, access, db, cancellationToken);
        return (await SettleAsync(id, open, input, named, access.Name, writer, queue, now, cancellationToken)).ToHttp();
    }

    /// <summary>
    /// Whether the host may say that it was this member: one of their own, on the meeting's roster, or 流动党员. A card that told who it was is evidence by itself;
    /// a name typed beside a card that told nothing is not, so nobody is brought into a meeting across branches by it.
    /// </summary>
    public static async Task<bool> NamedAsync(Guid meetingId, SettleInput input, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        if (!input.Accept || input.MemberId is not { } memberId)
        {
            return true;
        }

        var mine = (await access.UnitIdsAsync(OperatorRole.Host, null, cancellationToken)).Value ?? [];
        return await db.Set<Member>().AnyAsync(
            member => member.Id == memberId && (mine.Contains(member.OrgUnitId) || member.Status == MemberStatus.Floating
                || db.Set<RosterMember>().IgnoreQueryFilters().Any(entry => entry.MeetingId == meetingId && entry.MemberId == memberId)),
            cancellationToken);
    }

    /// <summary>What any settling has to say to mean something.</summary>
    public static Validation Check(SettleInput input, DateTimeOffset now)
    {
        var ids = (input.RecordIds ?? []).Distinct().ToList();
        return new Validation().Text(input.Reason, "reason", 200)
            .Require(ids.Count is >= 1 and <= MostRows, "recordIds", CheckInsText.Get("settle_rows", MostRows))
            .Require(input.MemberId is null || ids.Count == 1, "memberId", CheckInsText.Get("settle_one"))
            .Require(input.At is null || input.At <= now, "at", MeetingsText.Get("time_in_future"));
    }

    /// <param name="meetingId">The meeting the records count for, or at which they are put aside.</param>
    /// <param name="open">Those of the records named that do wait.</param>
    /// <param name="named">See <see cref="NamedAsync"/>.</param>
    public static async Task<Result<IReadOnlyList<SettleRow>>> SettleAsync(
        Guid meetingId, Dictionary<Guid, CheckInRecord> open, SettleInput input, bool named, string by, HubWriter writer, CheckInQueue queue, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = input.RecordIds.Distinct().ToList();
        if (!input.Accept)
        {
            return await DismissAsync(meetingId, ids, open, input, by, writer, now, cancellationToken);
        }

        var settled = new List<SettleRow>();
        foreach (var recordId in ids)
        {
            settled.Add(open.TryGetValue(recordId, out var record)
                ? await AcceptAsync(record, meetingId, input, named, by, queue, now, cancellationToken)
                : NotOpen(recordId));
        }

        return settled;
    }

    private static SettleRow NotOpen(Guid recordId) => new(recordId, false, null, CheckInsText.Get("settle_not_open"));

    private static Task<Result<IReadOnlyList<SettleRow>>> DismissAsync(
        Guid meetingId, List<Guid> ids, Dictionary<Guid, CheckInRecord> open, SettleInput input, string by, HubWriter writer, DateTimeOffset now, CancellationToken cancellationToken) =>
        writer.WriteAsync<IReadOnlyList<SettleRow>>(
            async (database, cancellation) =>
            {
                var waiting = ids.Where(open.ContainsKey).ToList();
                var before = await database.Set<RecordSettlement>().Where(settlement => waiting.Contains(settlement.RecordId)).Select(settlement => settlement.RecordId).ToListAsync(cancellation);
                var aside = waiting.Except(before).ToHashSet();
                database.AddRange(aside.Select(recordId => new RecordSettlement
                {
                    RecordId = recordId, MeetingId = meetingId, Accepted = false, At = now, By = by, Reason = input.Reason.Trim(),
                }));
                database.SignalChanged(Topics.Meetings, meetingId);
                return (List<SettleRow>)[.. ids.Select(id => aside.Contains(id) ? new SettleRow(id, true, null, CheckInsText.Get("settle_dismissed")) : NotOpen(id))];
            },
            cancellationToken);

    private static async Task<SettleRow> AcceptAsync(
        CheckInRecord record, Guid meetingId, SettleInput input, bool named, string by, CheckInQueue queue, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if ((record.MemberId ?? input.MemberId) is not { } memberId)
        {
            return new SettleRow(record.Id, false, null, CheckInsText.Get("settle_whose"));
        }

        if (record.MemberId is null && !named)
        {
            return new SettleRow(record.Id, false, CheckInOutcome.NotOnRoster, CheckInsText.Of(CheckInOutcome.NotOnRoster));
        }

        var at = input.At ?? record.CountedAt;
        var evidence = new CheckInEvidence(
            // Of its own for each try: what stood against it may be put right by the next one. That it counts once is the claim's business.
            Guid.CreateVersion7(now),
            meetingId, memberId, CheckInMethod.Helper, null, at, now, ClockState.Synced)
        {
            By = by, Reason = input.Reason.Trim(), HostDecides = true, Settles = record.Id,
            // Of a record whose meeting was not known nobody has looked at a roster yet; the host does now.
            Admitted = record.Outcome is CheckInOutcome.NotOnRoster || record.MeetingId != meetingId,
        };
        var reply = await queue.SubmitAsync(evidence, cancellationToken);
        if (reply.Taken)
        {
            return NotOpen(record.Id);
        }

        var outcome = reply.Result.Outcome;
        return new SettleRow(record.Id, outcome is CheckInOutcome.Accepted or CheckInOutcome.AlreadyCheckedIn or CheckInOutcome.Left, outcome, CheckInsText.Of(outcome));
    }
}
