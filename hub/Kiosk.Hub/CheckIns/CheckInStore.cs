using System.Data.Common;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Points;

namespace Kiosk.Hub.CheckIns;

/// <summary>The hub's answer, and what the sender may have to know beyond it.</summary>
/// <param name="Replayed">The record was here before: this is the first answer again.</param>
/// <param name="ChangedRoom">The room whose attendance changed, or null.</param>
internal sealed record CheckInReply(CheckInResult Result, bool Replayed, Guid? ChangedRoom);

/// <summary>
/// Applies check-ins one after another inside one transaction, each under a savepoint of its own. Hot path: prepared statements,
/// the same on SQLite and PostgreSQL. Attendance has one row per meeting and member; the record's id makes repeats harmless.
/// </summary>
internal sealed class CheckInStore(Statements statements, PointsRules rules)
{
    private readonly LedgerStore _ledger = new(statements, rules);
    private readonly Dictionary<Guid, MeetingFacts?> _meetings = [];

    /// <summary>Decides and writes one check-in.</summary>
    public async ValueTask<CheckInReply> ApplyAsync(CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        if (evidence.MemberId is { } member)
        {
            await _ledger.LockAsync(member, cancellationToken);
        }

        if (await FindAsync(evidence, cancellationToken) is { } first)
        {
            return first;
        }

        var meeting = await MeetingAsync(evidence.MeetingId, cancellationToken);
        var (facts, account) = await FactsAsync(evidence, meeting, cancellationToken);
        var decision = CheckInRules.Decide(evidence, facts);
        var granted = 0;
        if (decision.Change is { } change)
        {
            var worth = change.Points - (change.Lift ? facts.Current!.Granted : 0);
            var newRevision = facts.Current?.Revision != change.Revision;
            if (newRevision && worth > 0)
            {
                (granted, account) = await PayAsync(evidence, meeting!, change, worth, account, cancellationToken);
            }

            await SaveAttendanceAsync(evidence, facts.Current, change, granted, newRevision, cancellationToken);
        }
        else if (facts.Current is not null)
        {
            await CountRecordAsync(evidence, cancellationToken);
        }

        var late = decision.Change is { } made && decision.Outcome is CheckInOutcome.Accepted && made.State is AttendanceState.Late;
        // Nobody learns anything about a person from evidence that was refused before it named one for sure.
        var known = facts.Member is not null && evidence.Refusal is null;
        var result = new CheckInResult(
            evidence.Id, decision.Outcome, known ? NameMask.Mask(facts.Member!.Name) : null, late, granted, known ? account.Available : null);
        await InsertRecordAsync(evidence, decision, result, facts.Member?.Id, cancellationToken);
        return new CheckInReply(result, Replayed: false, decision.Change is null ? null : meeting!.RoomId);
    }

    private async ValueTask<(int Granted, AccountState Account)> PayAsync(
        CheckInEvidence evidence, MeetingFacts meeting, AttendanceChange change, int worth, AccountState account, CancellationToken cancellationToken)
    {
        var rule = change.Lift ? PointsRules.AttendanceInTimeAfterAll
            : change.State is AttendanceState.Late ? PointsRules.AttendanceLate
            : PointsRules.Attendance;
        var request = new PostingRequest(
            evidence.MemberId!.Value, PostingKind.Earn, rule, AttendanceKey(meeting.Id, change.Revision), meeting.Id, worth, null, evidence.ReceivedAt, null, null);
        var outcome = await _ledger.PostAsync(
            account, request, PointsRules.Attendance, MeetingTimes.LocalDate(change.At, meeting.TimeZone), keyIsNew: true, cancellationToken);
        return (worth - outcome.Posting!.Withheld, outcome.Account);
    }

    /// <summary>Key of what an attendance brings; a new revision is paid anew.</summary>
    public static string AttendanceKey(Guid meetingId, int revision) => $"{PointsRules.Attendance}:{meetingId:N}:{revision}";

    private async ValueTask<CheckInReply?> FindAsync(CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            SELECT r."Outcome", r."Late", r."PointsGranted", r."PointsAvailable", r."MeetingId", r."MemberId", m."Name"
            FROM "CheckInRecords" r LEFT JOIN "Members" m ON m."Id" = r."MemberId" WHERE r."Id" = @id
            """, "id");
        command.Set("id", evidence.Id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var outcome = Enum.Parse<CheckInOutcome>(reader.GetString(0));
        var member = GuidOrNull(reader, 5);
        // Another check-in under a used id is no repeat; it is told nothing about the first.
        if (reader.GetGuid(4) != evidence.MeetingId || (member is not null && evidence.MemberId is not null && member != evidence.MemberId))
        {
            return new CheckInReply(new CheckInResult(evidence.Id, CheckInOutcome.UnknownCard, null, false, 0, null), Replayed: true, null);
        }

        var available = reader.IsDBNull(3) ? (int?)null : reader.GetInt32(3);
        var name = available is null || reader.IsDBNull(6) ? null : NameMask.Mask(reader.GetString(6));
        return new CheckInReply(new CheckInResult(evidence.Id, outcome, name, reader.GetBoolean(1), reader.GetInt32(2), available), Replayed: true, null);
    }

    private async ValueTask<MeetingFacts?> MeetingAsync(Guid meetingId, CancellationToken cancellationToken)
    {
        if (_meetings.TryGetValue(meetingId, out var known))
        {
            return known;
        }

        var command = statements.Get("""
            SELECT "State", "ClosedAt", "CheckInOpens", "LateAfter", "CheckInCloses", "MembersSession", "Points", "LatePoints", "TimeZone", "RoomId", "Start"
            FROM "Meetings" WHERE "Id" = @id
            """, "id");
        command.Set("id", meetingId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return _meetings[meetingId] = !await reader.ReadAsync(cancellationToken) ? null : new MeetingFacts(
            meetingId,
            reader.GetString(0) == nameof(Contracts.Feeds.MeetingState.Cancelled),
            InstantOrNull(reader, 1),
            Instant(reader, 2),
            Instant(reader, 3),
            Instant(reader, 4),
            reader.GetBoolean(5),
            reader.GetInt32(6),
            reader.GetInt32(7),
            reader.GetString(8),
            reader.GetGuid(9),
            Instant(reader, 10));
    }

    private async ValueTask<(CheckInFacts Facts, AccountState Account)> FactsAsync(
        CheckInEvidence evidence, MeetingFacts? meeting, CancellationToken cancellationToken)
    {
        if (evidence.MemberId is not { } memberId)
        {
            return (new CheckInFacts(meeting, null, false, null, null), AccountState.Empty);
        }

        var command = statements.Get("""
            SELECT m."Name", m."Suspended", r."Votes", a."State", a."At", a."Trusted", a."Revision", a."UndoneAt", a."Granted", a."Records",
                   p."Available", p."Held", p."Owed", p."Sequence", p."Hash", c."RevokedAt", c."MemberId"
            FROM "Members" m
            LEFT JOIN "RosterMembers" r ON r."MeetingId" = @meeting AND r."MemberId" = m."Id"
            LEFT JOIN "Attendance" a ON a."MeetingId" = @meeting AND a."MemberId" = m."Id"
            LEFT JOIN "PointsAccounts" p ON p."MemberId" = m."Id"
            LEFT JOIN "MemberCards" c ON c."Serial" = @serial
            WHERE m."Id" = @member
            """, "member", "meeting", "serial");
        command.Set("member", memberId);
        command.Set("meeting", evidence.MeetingId);
        command.Set("serial", evidence.CardSerial);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return (new CheckInFacts(meeting, null, false, null, null), AccountState.Empty);
        }

        var current = reader.IsDBNull(3) ? null : new AttendanceFacts(
            Enum.Parse<AttendanceState>(reader.GetString(3)), Instant(reader, 4), reader.GetBoolean(5), reader.GetInt32(6),
            InstantOrNull(reader, 7), reader.GetInt32(8), reader.GetInt32(9));
        var account = reader.IsDBNull(10) ? AccountState.Empty : LedgerStore.StateFrom(reader, 10);
        var member = new MemberFacts(memberId, reader.GetString(0), reader.GetBoolean(1));
        // A serial of somebody else's card cannot come with a good signature; if it does, the card counts as unknown.
        var foreign = GuidOrNull(reader, 16) is { } owner && owner != memberId;
        return (new CheckInFacts(meeting, foreign ? null : member, !reader.IsDBNull(2), current, InstantOrNull(reader, 15)), account);
    }

    private async ValueTask SaveAttendanceAsync(
        CheckInEvidence evidence, AttendanceFacts? current, AttendanceChange change, int granted, bool newRevision, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            INSERT INTO "Attendance" ("MeetingId", "MemberId", "State", "At", "Trusted", "Revision", "CheckInId", "UndoneAt", "Granted", "Records")
            VALUES (@meeting, @member, @state, @at, @trusted, @revision, @record, NULL, @granted, 1)
            ON CONFLICT ("MeetingId", "MemberId") DO UPDATE SET "State" = @state, "At" = @at, "Trusted" = @trusted, "Revision" = @revision,
                "CheckInId" = @record, "Granted" = @granted, "Records" = "Attendance"."Records" + 1
            """, "meeting", "member", "state", "at", "trusted", "revision", "record", "granted");
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", evidence.MemberId);
        command.Set("state", change.State.ToString());
        command.Set("at", change.At);
        command.Set("trusted", change.Trusted);
        command.Set("revision", change.Revision);
        command.Set("record", evidence.Id);
        command.Set("granted", granted + (change.Lift || !newRevision ? current!.Granted : 0));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async ValueTask CountRecordAsync(CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            UPDATE "Attendance" SET "Records" = "Records" + 1 WHERE "MeetingId" = @meeting AND "MemberId" = @member
            """, "meeting", "member");
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", evidence.MemberId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async ValueTask InsertRecordAsync(
        CheckInEvidence evidence, CheckInDecision decision, CheckInResult result, Guid? memberId, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            INSERT INTO "CheckInRecords" ("Id", "MeetingId", "MemberId", "DisplayId", "Method", "Outcome", "ObservedAt", "ReceivedAt", "Clock", "CountedAt",
                "Late", "PointsGranted", "PointsAvailable", "CardSerial", "By", "Reason", "BootId", "MonotonicMs")
            VALUES (@id, @meeting, @member, @display, @method, @outcome, @observed, @received, @clock, @counted,
                @late, @granted, @available, @serial, @by, @reason, @boot, @monotonic)
            """, "id", "meeting", "member", "display", "method", "outcome", "observed", "received", "clock", "counted", "late", "granted", "available",
            "serial", "by", "reason", "boot", "monotonic");
        command.Set("id", evidence.Id);
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", memberId);
        command.Set("display", evidence.DisplayId);
        command.Set("method", NameOf(evidence.Method));
        command.Set("outcome", decision.Outcome.ToString());
        command.Set("observed", evidence.ObservedAt);
        command.Set("received", evidence.ReceivedAt);
        command.Set("clock", NameOf(evidence.Clock));
        command.Set("counted", decision.CountedAt);
        command.Set("late", result.Late);
        command.Set("granted", result.PointsGranted);
        command.Set("available", result.PointsAvailable);
        command.Set("serial", evidence.CardSerial);
        command.Set("by", evidence.By);
        command.Set("reason", evidence.Reason);
        command.Set("boot", evidence.BootId);
        command.Set("monotonic", evidence.MonotonicMs);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string NameOf(CheckInMethod method) => Enum.GetName(method)!;

    private static string NameOf(ClockState clock) => Enum.GetName(clock)!;

    private static DateTimeOffset Instant(DbDataReader reader, int at) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(at));

    private static DateTimeOffset? InstantOrNull(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : Instant(reader, at);

    private static Guid? GuidOrNull(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetGuid(at);
}
