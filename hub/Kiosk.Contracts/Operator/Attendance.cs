using Kiosk.Contracts.CheckIns;

namespace Kiosk.Contracts.Operator;

/// <summary>Where and when a member was seen.</summary>
/// <param name="Trusted">The device had a clock to trust.</param>
/// <param name="Counts">It is the one that counts.</param>
public sealed record Sighting(DateTimeOffset At, string? DisplayName, CheckInMethod Method, bool Trusted, bool Counts);

/// <summary>离场签退.</summary>
public enum ExitScan
{
    /// <summary>Leaving is not recorded.</summary>
    None,

    /// <summary>Leaving is recorded; points do not depend on it.</summary>
    Optional,

    /// <summary>Points are posted when the member leaves, not before.</summary>
    Required,
}

/// <summary>
/// GET, PUT /api/meetings/{id}/attendance-rules (Host). What a meeting copied from its type and may have for itself.
/// 409 <c>exit_rule_fixed</c>: exits cannot be made a condition once somebody has come.
/// </summary>
/// <param name="ExitOpensMinutes">0–240 before the end.</param>
/// <param name="GraceSeconds">0–600 after the late limit and after check-in closes that are not held against anybody.</param>
/// <param name="MakeUpPoints">0–100 for a make-up that is approved.</param>
/// <param name="MakeUpDays">0–366 after the meeting during which a member may hand in; the host always may.</param>
public sealed record AttendanceRules(ExitScan ExitScan, int ExitOpensMinutes, int GraceSeconds, int MakeUpPoints, int MakeUpDays);

/// <summary>
/// POST /api/meetings/{id}/paper-sheet (Host) with <c>Idempotency-Key</c>: the sheet of a power cut in one go, also for a meeting that is closed.
/// Rows that cannot be applied do not hold up the others. The same key again gives the same answer; with other content 409 <c>idempotency_key_reused</c>.
/// </summary>
/// <param name="Rows">1–2,000, each a member and once; visitors are entered as guests.</param>
/// <param name="At">When those came who have no time of their own.</param>
/// <param name="Reason">1–200 characters.</param>
public sealed record PaperSheet(IReadOnlyList<PaperRow> Rows, DateTimeOffset At, string Reason);

/// <param name="At">When this member came; null = as the others.</param>
public sealed record PaperRow(Guid MemberId, DateTimeOffset? At = null);

/// <param name="Name">In full of the own units and the roster, masked of others; null for somebody unknown.</param>
/// <param name="Sentence">What became of the row and what to do.</param>
public sealed record PaperRowResult(Guid MemberId, string? Name, CheckInOutcome Outcome, bool Late, int PointsGranted, string Sentence);

/// <param name="Accepted">Rows that count now, those that counted already included.</param>
public sealed record PaperSheetResult(int Accepted, int Refused, IReadOnlyList<PaperRowResult> Rows);

/// <summary>GET, POST /api/meetings/{id}/head-counts (Host): 人数清点, newest first.</summary>
/// <param name="CheckedIn">Members who had checked in and not left, and guests, at that moment.</param>
/// <param name="Sentence">When it was, the difference in words, and what <paramref name="CheckedIn"/> is made of.</param>
public sealed record HeadCountView(Guid Id, int Counted, int CheckedIn, int Difference, string Sentence, DateTimeOffset At, string By, string? Note);

/// <param name="Counted">0–20,000.</param>
/// <param name="Note">At most 200 characters.</param>
public sealed record HeadCountInput(int Counted, string? Note = null);

/// <summary>
/// POST /api/meetings/{id}/check-ins/settle (Host): what becomes of records that could not be applied; → <see cref="SettleRow"/> for each.
/// </summary>
/// <param name="RecordIds">1–500.</param>
/// <param name="Accept">Counts by the host's word; false puts them aside.</param>
/// <param name="Reason">1–200 characters.</param>
/// <param name="At">When the member came; null = as the record says.</param>
/// <param name="MemberId">Whose it is, for a card that told nobody's name; only with a single record.</param>
public sealed record SettleInput(IReadOnlyList<Guid> RecordIds, bool Accept, string Reason, DateTimeOffset? At = null, Guid? MemberId = null);

/// <param name="Settled">False: the record stays open, the sentence says why.</param>
public sealed record SettleRow(Guid RecordId, bool Settled, CheckInOutcome? Outcome, string Sentence);

public sealed record SettlementView(bool Accepted, DateTimeOffset At, string By, string Reason);
