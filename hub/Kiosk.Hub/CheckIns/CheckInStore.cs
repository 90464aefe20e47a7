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

    private AttendanceStore Attendance => field ??= new(statements, _ledger);

    private DeviceTakeBack TakeBack => field ??= new(statements, _ledger, _reader, Attendance);

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
            return await UndoAsync(evidence, facts, account, cancellationToken);
        }

        var decision = CheckInRules.Decide(evidence, facts);
        var granted = 0;
        if (decision.Change is { } change)
        {
            (granted, account) = await Attendance.ChangeAsync(evidence, facts, change, account, counts: true, cancellationToken);
        }
        else if (facts.Current is not null)
        {
            await Attendance.CountRecordAsync(evidence, cancellationToken);
        }

        var late = decision.Change is { } made && decision.Outcome is CheckInOutcome.Accepted && made.State is AttendanceState.Late;
        var reply = await AnswerAsync(evidence, facts, account, decision, late, granted, cancellationToken);
        if (evidence.Settles is not null && decision.Outcome is not (CheckInOutcome.Accepted or CheckInOutcome.AlreadyCheckedIn or CheckInOutcome.Left))
        {
            await SettlementClaim.DropAsync(statements, evidence, cancellationToken);
        }

        // Part of a batch that came apart: its undo was here before it.
        return facts.AnyUndo && await TakeBack.KeptAsync(evidence, meeting, cancellationToken) ? reply with { ChangedRoom = meeting!.RoomId } : reply;
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

    private async ValueTask<CheckInReply> UndoAsync(CheckInEvidence evidence, CheckInFacts facts, AccountState account, CancellationToken cancellationToken)
    {
        var reply = await AnswerAsync(evidence, facts, account, new(CheckInOutcome.TakenBack, CheckInRules.InstantOf(evidence), null), late: false, granted: 0, cancellationToken);
        var (outcome, after, changed) = await TakeBack.DecideAsync(evidence, facts, account, cancellationToken);
        var result = reply.Result with { Outcome = outcome, PointsAvailable = reply.Result.PointsAvailable is null ? null : after.Available };
        return reply with { Result = result, ChangedRoom = changed ? facts.Meeting!.RoomId : null };
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
