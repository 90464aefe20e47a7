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
internal sealed record CheckInReply(CheckInResult Result, bool Replayed, Guid? ChangedRoom)
{
    /// <summary>The record that was to be settled is settled already; nothing was done.</summary>
    public bool Taken { get; init; }
}

/// <summary>
/// Applies check-ins one after another inside one transaction, each under a savepoint of its own. Hot path: prepared statements,
/// the same on SQLite and PostgreSQL. Attendance has one row per meeting and member; the record's id makes repeats harmless.
/// </summary>
internal sealed class CheckInStore(Statements statements, PointsRules rules)
{
    private readonly LedgerStore _ledger = new(statements, rules);
    private readonly CheckInReader _reader = new(statements);

    /// <summary>Decides and writes one check-in.</summary>
    public async ValueTask<CheckInReply> ApplyAsync(CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        if (evidence.MemberId is { } member)
        {
            await _ledger.LockAsync(member, cancellationToken);
        }

        if (await _reader.FindAsync(evidence, cancellationToken) is { } first)
        {
            return first;
        }

        // Whoever settles a record first decides it; of two at once the other is told that it is decided.
        if (evidence.Settles is not null && !await SettlementClaim.MakeAsync(statements, evidence, cancellationToken))
        {
            return new CheckInReply(new CheckInResult(evidence.Id, CheckInOutcome.WrongMeeting, null, false, 0, null), Replayed: true, null) { Taken = true };
        }

        var meeting = await _reader.MeetingAsync(evidence.MeetingId, cancellationToken);
        var (facts, account) = await _reader.FactsAsync(evidence, meeting, cancellationToken);
        if (evidence.Kind is CheckInKind.Undo)
        {
            return await TakeBackAsync(evidence, facts, account, cancellationToken);
        }

        var decision = CheckInRules.Decide(evidence, facts);
        var granted = 0;
        if (decision.Change is { } change)
        {
            if (facts.MadeUp > 0)
            {
                account = await SupersedeMakeUpAsync(evidence, meeting!, facts.MadeUp, account, cancellationToken);
            }

            await MoveCapAsync(evidence, meeting!, facts.Current, change, cancellationToken);
            var worth = change.Points - (change.Lift ? facts.Current!.Granted : 0);
            var newRevision = facts.Current?.Revision != change.Revision;
            if (newRevision && change.Pays && worth > 0)
            {
                (granted, account) = await PayAsync(evidence, meeting!, change, facts.Current, worth, account, cancellationToken);
            }

            await SaveAttendanceAsync(evidence, facts.Current, change, granted, newRevision, cancellationToken);
            if (meeting!.SignUp)
            {
                await SignUpAsync(evidence, cancellationToken);
            }
        }
        else if (facts.Current is not null)
        {
            await CountRecordAsync(evidence, cancellationToken);
        }

        var late = decision.Change is { } made && decision.Outcome is CheckInOutcome.Accepted && made.State is AttendanceState.Late;
        var reply = await AnswerAsync(evidence, facts, account, decision, late, granted, cancellationToken);
        if (evidence.Settles is not null && decision.Outcome is not (CheckInOutcome.Accepted or CheckInOutcome.AlreadyCheckedIn or CheckInOutcome.Left))
        {
            await SettlementClaim.DropAsync(statements, evidence, cancellationToken);
        }

        return meeting is not null && facts.Member is not null && evidence is { Kind: CheckInKind.Sighting, DisplayId: not null }
            ? await TakeBackKeptAsync(evidence, meeting, reply, cancellationToken)
            : reply;
    }

    /// <summary>A last word on a record that cannot be applied, whatever is wrong with it.</summary>
    public async ValueTask<CheckInReply> KeepAsync(CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        var bare = UnusableRecords.Bare(evidence);
        var (facts, _) = await _reader.FactsAsync(bare, null, cancellationToken);
        var result = new CheckInResult(bare.Id, CheckInOutcome.WrongMeeting, null, false, 0, null);
        await InsertRecordAsync(bare, new CheckInDecision(CheckInOutcome.WrongMeeting, bare.ReceivedAt, null), result, facts.Member?.Id, cancellationToken);
        return new CheckInReply(result, Replayed: false, null);
    }

    /// <summary>An undo that was here before the record it takes back, e.g. out of a batch that came apart, counts now that the record is here.</summary>
    private async ValueTask<CheckInReply> TakeBackKeptAsync(CheckInEvidence evidence, MeetingFacts meeting, CheckInReply reply, CancellationToken cancellationToken)
    {
        var undo = new AttendanceTakeBack(statements, _ledger);
        if (await undo.KeptAsync(evidence, cancellationToken) is not { } kept)
        {
            return reply;
        }

        var (facts, account) = await _reader.FactsAsync(kept, meeting, cancellationToken);
        var (outcome, _, changed) = await UndoAsync(undo, kept, facts, account, await undo.FindAsync(evidence.Id, cancellationToken), cancellationToken);
        await undo.AnswerKeptAsync(kept.Id, outcome, cancellationToken);
        return changed ? reply with { ChangedRoom = meeting.RoomId } : reply;
    }

    /// <summary>The device that made a record takes it back: only what rests on that record.</summary>
    private async ValueTask<CheckInReply> TakeBackAsync(CheckInEvidence evidence, CheckInFacts facts, AccountState account, CancellationToken cancellationToken)
    {
        var undo = new AttendanceTakeBack(statements, _ledger);
        (var outcome, account, var changed) = await UndoAsync(undo, evidence, facts, account, await undo.FindAsync(evidence.Undoes, cancellationToken), cancellationToken);
        var decision = new CheckInDecision(outcome, CheckInRules.InstantOf(evidence), null);
        var reply = await AnswerAsync(evidence, facts, account, decision, late: false, granted: 0, cancellationToken);
        return reply with { ChangedRoom = changed ? facts.Meeting!.RoomId : null };
    }

    private async ValueTask<(CheckInOutcome Outcome, AccountState Account, bool Changed)> UndoAsync(
        AttendanceTakeBack undo, CheckInEvidence evidence, CheckInFacts facts, AccountState account, UndoneRecord? record, CancellationToken cancellationToken)
    {
        var (outcome, change) = DeviceUndo.Decide(evidence, facts, record);
        if (change is DeviceUndo.Change.Exit)
        {
            account = await undo.ExitAsync(evidence, facts, account, cancellationToken);
        }
        else if (change is DeviceUndo.Change.Attendance)
        {
            await undo.AttendanceAsync(evidence, facts, account, cancellationToken);
            account = await CountOtherAsync(await undo.OthersAsync(evidence, record!, cancellationToken), facts.Meeting!, cancellationToken)
                ?? (await _reader.FactsAsync(evidence, facts.Meeting, cancellationToken)).Account;
        }

        return (outcome, account, change is not null);
    }

    /// <summary>What somebody else saw of the member counts now, as it would have without the record taken back; null when nothing does.</summary>
    private async ValueTask<AccountState?> CountOtherAsync(IReadOnlyList<CheckInEvidence> others, MeetingFacts meeting, CancellationToken cancellationToken)
    {
        foreach (var other in others)
        {
            var (facts, account) = await _reader.FactsAsync(other, meeting, cancellationToken);
            // However often the card was shown: this is no new record.
            facts = facts with { Current = facts.Current! with { Records = 0 } };
            if (CheckInRules.Decide(other, facts).Change is not { } change)
            {
                continue;
            }

            var granted = 0;
            if (change is { Pays: true, Points: > 0 })
            {
                (granted, account) = await PayAsync(other, meeting, change, facts.Current, change.Points, account, cancellationToken);
            }

            await SaveAttendanceAsync(other, facts.Current, change, granted, newRevision: true, cancellationToken);
            return account;
        }

        return null;
    }

    private async ValueTask<CheckInReply> AnswerAsync(
        CheckInEvidence evidence, CheckInFacts facts, AccountState account, CheckInDecision decision, bool late, int granted, CancellationToken cancellationToken)
    {
        // Nobody learns anything about a person from evidence that was refused before it named one for sure.
        var known = facts.Member is not null && evidence.Refusal is null;
        var result = new CheckInResult(
            evidence.Id, decision.Outcome, known ? NameMask.Mask(facts.Member!.Name) : null, late, granted, known ? account.Available : null);
        await InsertRecordAsync(evidence, decision, result, facts.Member?.Id, cancellationToken);
        if (evidence.Phone is { } phone && facts is { Meeting: not null, Member: not null })
        {
            await phone.InsertAsync(statements, evidence, cancellationToken);
        }

        return new CheckInReply(result, Replayed: false, decision.Change is null ? null : facts.Meeting!.RoomId);
    }

    /// <summary>Who turns out to have been there has nothing to make up for.</summary>
    private async ValueTask<AccountState> SupersedeMakeUpAsync(
        CheckInEvidence evidence, MeetingFacts meeting, int granted, AccountState account, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            UPDATE "MakeUps" SET "State" = 'Superseded', "Granted" = 0, "Revision" = "Revision" + 1 WHERE "MeetingId" = @meeting AND "MemberId" = @member
            """, "meeting", "member");
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", evidence.MemberId);
        await command.ExecuteNonQueryAsync(cancellationToken);
        var request = new PostingRequest(
            evidence.MemberId!.Value, PostingKind.Reversal, PointsRules.MakeUpSuperseded, $"{PointsRules.MakeUpSuperseded}:{evidence.Id:N}", meeting.Id, granted, null,
            evidence.ReceivedAt, null, null);
        return (await _ledger.PostAsync(
            account, request, PointsRules.MakeUp, MeetingTimes.LocalDate(meeting.Start, meeting.TimeZone), keyIsNew: true, cancellationToken)).Account;
    }

    private async ValueTask<(int Granted, AccountState Account)> PayAsync(
        CheckInEvidence evidence, MeetingFacts meeting, AttendanceChange change, AttendanceFacts? current, int worth, AccountState account, CancellationToken cancellationToken)
    {
        var rule = change.Lift && current is { Granted: > 0 } ? PointsRules.AttendanceInTimeAfterAll
            : change.State is AttendanceState.Late ? PointsRules.AttendanceLate
            : PointsRules.Attendance;
        var request = new PostingRequest(
            evidence.MemberId!.Value, PostingKind.Earn, rule, AttendanceKey(meeting.Id, change.Revision), meeting.Id, worth, null, evidence.ReceivedAt, null, null);
        var outcome = await _ledger.PostAsync(
            account, request, PointsRules.Attendance, MeetingTimes.LocalDate(change.At, meeting.TimeZone), keyIsNew: true, cancellationToken);
        return (worth - outcome.Posting!.Withheld, outcome.Account);
    }

    /// <summary>Everything an attendance has brought counts on the day of the instant that counts: an undo gives it back there.</summary>
    private async ValueTask MoveCapAsync(CheckInEvidence evidence, MeetingFacts meeting, AttendanceFacts? current, AttendanceChange change, CancellationToken cancellationToken)
    {
        if (current is { Granted: > 0 } && current.At != change.At
            && (MeetingTimes.LocalDate(current.At, meeting.TimeZone), MeetingTimes.LocalDate(change.At, meeting.TimeZone)) is var (from, to) && from != to)
        {
            await _ledger.MoveAsync(evidence.MemberId!.Value, PointsRules.Attendance, from, to, current.Granted, cancellationToken);
        }
    }

    /// <summary>Key of what an attendance brings; a new revision is paid anew.</summary>
    public static string AttendanceKey(Guid meetingId, int revision) => $"{PointsRules.Attendance}:{meetingId:N}:{revision}";

    private async ValueTask SaveAttendanceAsync(
        CheckInEvidence evidence, AttendanceFacts? current, AttendanceChange change, int granted, bool newRevision, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            INSERT INTO "Attendance" ("MeetingId", "MemberId", "State", "At", "Trusted", "Revision", "CheckInId", "UndoneAt", "LeftAt", "Granted", "Records")
            VALUES (@meeting, @member, @state, @at, @trusted, @revision, @record, NULL, @left, @granted, 1)
            ON CONFLICT ("MeetingId", "MemberId") DO UPDATE SET "State" = @state, "At" = @at, "Trusted" = @trusted, "Revision" = @revision,
                "CheckInId" = @record, "LeftAt" = @left, "Granted" = @granted, "Records" = "Attendance"."Records" + 1
            """, "meeting", "member", "state", "at", "trusted", "revision", "record", "left", "granted");
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", evidence.MemberId);
        command.Set("left", change.LeftAt);
        command.Set("state", change.State.ToString());
        command.Set("at", change.At);
        command.Set("trusted", change.Trusted);
        command.Set("revision", change.Revision);
        command.Set("record", change.KeepsRecord ? current!.CheckInId : evidence.Id);
        command.Set("granted", granted + (change.Lift || !newRevision ? current!.Granted : 0));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Who comes without having signed up has done so by coming.
    private async ValueTask SignUpAsync(CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            UPDATE "RosterMembers" SET "Kind" = 'Expected', "SignedUpAt" = @at WHERE "MeetingId" = @meeting AND "MemberId" = @member AND "Kind" = 'Eligible'
            """, "meeting", "member", "at");
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", evidence.MemberId);
        command.Set("at", evidence.ReceivedAt);
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
                "Late", "PointsGranted", "PointsAvailable", "CardSerial", "By", "Reason", "BootId", "MonotonicMs", "Kind", "Undoes")
            VALUES (@id, @meeting, @member, @display, @method, @outcome, @observed, @received, @clock, @counted,
                @late, @granted, @available, @serial, @by, @reason, @boot, @monotonic, @kind, @undoes)
            """, "id", "meeting", "member", "display", "method", "outcome", "observed", "received", "clock", "counted", "late", "granted", "available",
            "serial", "by", "reason", "boot", "monotonic", "kind", "undoes");
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
        command.Set("kind", Enum.GetName(evidence.Kind)!);
        command.Set("undoes", evidence.Undoes);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string NameOf(CheckInMethod method) => Enum.GetName(method)!;

    private static string NameOf(ClockState clock) => Enum.GetName(clock)!;
}
