using Kiosk.Contracts.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Points;

namespace Kiosk.Hub.CheckIns;

/// <summary>The device that made a record takes it back: what rests on that record falls back to what else was seen. See docs/decisions/0008.</summary>
internal sealed class DeviceTakeBack(Statements statements, LedgerStore ledger, CheckInReader reader, AttendanceStore attendance)
{
    private readonly AttendanceTakeBack _undo = new(statements, ledger);

    /// <summary>Undos that were here before the record they take back count now that the record is here.</summary>
    /// <returns>Whether the attendance changed.</returns>
    public async ValueTask<bool> KeptAsync(CheckInEvidence sighting, MeetingFacts? meeting, CancellationToken cancellationToken)
    {
        var changed = false;
        while (meeting is not null && sighting.DisplayId is not null && await _undo.KeptAsync(sighting, cancellationToken) is { } kept)
        {
            var (facts, account) = await reader.FactsAsync(kept, meeting, cancellationToken);
            var decided = await DecideAsync(kept, facts, account, cancellationToken);
            changed |= decided.Changed;
            if (decided.Outcome is CheckInOutcome.WrongMeeting)
            {
                break;
            }
        }

        return changed;
    }

    /// <summary>Decides an undo that is written down already, and does it.</summary>
    public async ValueTask<(CheckInOutcome Outcome, AccountState Account, bool Changed)> DecideAsync(
        CheckInEvidence undo, CheckInFacts facts, AccountState account, CancellationToken cancellationToken)
    {
        var record = await _undo.FindAsync(undo, facts.Current, cancellationToken);
        var (outcome, change) = DeviceUndo.Decide(undo, facts, record);
        // First, so that nothing it takes back is found to stand.
        await _undo.AnswerAsync(undo.Id, outcome, facts.Member is null || undo.Refusal is not null ? null : account.Available, cancellationToken);
        if (change is null)
        {
            return (outcome, account, false);
        }

        if (change is DeviceUndo.Change.Exit)
        {
            account = await _undo.ExitAsync(undo, facts, account, cancellationToken);
        }
        else
        {
            account = await _undo.AttendanceAsync(undo, facts, account, cancellationToken);
            if (await CountOtherAsync(undo, facts.Meeting!, cancellationToken) is { } other)
            {
                // Taken back, and the member has come all the same: somebody else saw them.
                (outcome, account) = (CheckInOutcome.AlreadyCheckedIn, other);
            }
            else
            {
                account = await _undo.RestoreMakeUpAsync(facts.Meeting!, undo.MemberId!.Value, undo.ReceivedAt, account, cancellationToken);
            }
        }

        await _undo.AnswerAsync(undo.Id, outcome, account.Available, cancellationToken);
        return (outcome, account, true);
    }

    /// <summary>What else was seen of the member counts now, as it would have without the record taken back; null when nothing does.</summary>
    private async ValueTask<AccountState?> CountOtherAsync(CheckInEvidence undo, MeetingFacts meeting, CancellationToken cancellationToken)
    {
        foreach (var other in await _undo.OthersAsync(undo, cancellationToken))
        {
            var (facts, account) = await reader.FactsAsync(other, meeting, cancellationToken);
            // However often the card was shown: this is no new record.
            facts = facts with { Current = facts.Current! with { Records = 0 } };
            if (CheckInRules.Decide(other, facts).Change is { } change)
            {
                return (await attendance.ChangeAsync(other, facts, change, account, counts: false, cancellationToken)).Account;
            }
        }

        return null;
    }
}
