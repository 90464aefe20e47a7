namespace Kiosk.Scheduling;

/// <summary>Why an event cannot be accepted. Words for it are the caller's, in the language of who asked.</summary>
/// <param name="Code">
/// <c>range_inverted years_out_of_range event_too_long time_zone_unknown too_many_exceptions
/// rule_invalid rule_too_long rule_too_often rule_count_too_large rule_too_many_parts rule_never_fires</c>.
/// </param>
/// <param name="Limit">What the code's limit is: days, years, characters or a number; 0 where it has none.</param>
/// <param name="OtherLimit">The other end, where the code has two: the latest year, the largest interval.</param>
public sealed record ScheduleProblem(string Code, int Limit = 0, int OtherLimit = 0);
