namespace Kiosk.Scheduling;

/// <summary>Why an event cannot be accepted.</summary>
/// <param name="Code"><c>range_inverted time_zone_unknown rule_invalid rule_never_fires</c>.</param>
/// <param name="Message">English sentence for logs and API users; pages translate the code.</param>
public sealed record ScheduleProblem(string Code, string Message);
