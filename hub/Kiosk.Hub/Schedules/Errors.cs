using Kiosk.Hub.Shared;
using Kiosk.Scheduling;

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

    public static Error RangeInverted() => At("to", "range_inverted", SchedulesText.Get("dates_inverted"));

    public static Error YearsOutOfRange(int first, int last) => At("from", "years_out_of_range", SchedulesText.Get("years_out_of_range", first, last));

    /// <summary>Nothing of it is still to come.</summary>
    public static Error EventOver() => At("endLocal", "event_over", SchedulesText.Get("event_over"));

    public static Error Invalid(ScheduleProblem problem) => At(
        problem.Code switch
        {
            "range_inverted" or "event_too_long" => "endLocal",
            "years_out_of_range" => "startLocal",
            "time_zone_unknown" => "timeZone",
            "too_many_exceptions" => "exceptionDates",
            _ => "recurrenceRule",
        },
        problem.Code,
        SchedulesText.Get(problem.Code, problem.Limit, problem.OtherLimit));

    private static InvalidInput At(string field, string code, string sentence) => new(code, sentence, new Dictionary<string, string[]> { [field] = [sentence] });
}
