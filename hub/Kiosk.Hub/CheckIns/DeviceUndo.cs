using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.CheckIns;

/// <summary>The record that an undo names.</summary>
/// <param name="Counts">The attendance rests on it, or on what the device saw of the member from then until the undo.</param>
/// <param name="Leaves">So does the exit.</param>
/// <param name="SaidLeft">It was answered as an exit.</param>
internal sealed record UndoneRecord(
    Guid Id, Guid MeetingId, Guid? MemberId, Guid? DisplayId, CheckInMethod Method, DateTimeOffset ObservedAt, ClockState Clock, string? BootId, long? MonotonicMs,
    bool Counts, bool Leaves, bool SaidLeft);

/// <summary>
/// Whether the device that made a record may take it back, and what then changes. What another device has seen as well is not its to undo.
/// </summary>
internal static class DeviceUndo
{
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(CheckInEntry.UndoMinutes);

    private static readonly Int128 _far = 100L * 365 * 24 * 3_600_000;

    internal enum Change
    {
        Attendance,
        Exit,
    }

    public static (CheckInOutcome Outcome, Change? Change) Decide(CheckInEvidence undo, CheckInFacts facts, UndoneRecord? record)
    {
        if (undo.Refusal is { } refusal)
        {
            return (refusal, null);
        }

        if (record is null || facts is not { Meeting: not null, Member: not null }
            || record.MeetingId != undo.MeetingId || record.MemberId != undo.MemberId || record.DisplayId != undo.DisplayId || record.Method != undo.Method)
        {
            return (CheckInOutcome.WrongMeeting, null);
        }

        if (Since(undo, record) is { } since && (since < TimeSpan.Zero || since > Within))
        {
            return (CheckInOutcome.TooLate, null);
        }

        // What rests on the record goes by what the attendance says now, not by what the record was answered at first.
        return facts.Current is null or { State: AttendanceState.Pending } ? (CheckInOutcome.TakenBack, null)
            : record.Counts ? (CheckInOutcome.TakenBack, Change.Attendance)
            : record.Leaves ? (CheckInOutcome.TakenBack, Change.Exit)
            : record.SaidLeft ? (CheckInOutcome.TakenBack, null)
            // Another device's record counts by now, or this one never did.
            : (CheckInOutcome.AlreadyCheckedIn, null);
    }

    /// <summary>By the device's running clock where it is the same boot, for its calendar may have been put right in between; null when nothing can be said.</summary>
    private static TimeSpan? Since(CheckInEvidence undo, UndoneRecord record) =>
        record.BootId is not null && record.BootId == undo.BootId && record.MonotonicMs is { } before && undo.MonotonicMs is { } after
            // Whatever a broken journal says: too far apart is no fault of the hub's.
            ? TimeSpan.FromMilliseconds((long)Int128.Clamp((Int128)after - before, -_far, _far))
            : record.Clock is ClockState.Unknown || undo.Clock is ClockState.Unknown ? null
            : undo.ObservedAt - record.ObservedAt;
}
