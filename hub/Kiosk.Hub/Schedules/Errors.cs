using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Schedules;

/// <summary>Refusals about the schedule.</summary>
internal static class ScheduleErrors
{
    public static Error NotFound() => new NotFound("event_unknown", SchedulesText.Get("event_unknown"));

    public static Error Changed() => new Conflict("event_changed", SchedulesText.Get("event_changed"));

    public static Error PriorityAboveCeiling(int ceiling) => At("priority", "priority_above_ceiling", SchedulesText.Get("priority_above_ceiling", ceiling));

    public static Error PlaylistUnreachable() => At("playlistId", "content_out_of_reach", SchedulesText.Get("content_out_of_reach"));

    public static Error TargetOutside() => At("scope", "target_outside_unit", SchedulesText.Get("target_outside_unit"));

    public static Error SpanTooLong(int days) => new InvalidInput("span_too_long", SchedulesText.Get("span_too_long", days));

    public static Error RangeInverted() => At("endLocal", "range_inverted", SchedulesText.Get("range_inverted"));

    /// <param name="code">As <c>ScheduleRules.Validate</c> gives it.</param>
    /// <param name="detail">What exactly is wrong, for the one who wrote the rule.</param>
    public static Error Invalid(string code, string detail) => At(
        code switch { "range_inverted" => "endLocal", "time_zone_unknown" => "timeZone", _ => "recurrenceRule" }, code, SchedulesText.Get(code, detail));

    private static InvalidInput At(string field, string code, string sentence) => new(code, sentence, new Dictionary<string, string[]> { [field] = [sentence] });
}
