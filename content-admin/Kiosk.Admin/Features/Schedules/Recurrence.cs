using System.Globalization;

namespace Kiosk.Admin.Features.Schedules;

public enum Repeat
{
    Once,
    Daily,
    Weekdays,
    Weekly,
    MonthlyDay,
    MonthlyWeekday,

    /// <summary>A rule this form has no words for; kept as it is.</summary>
    Other,
}

/// <summary>How an event repeats, in the words of the form; to and from an RFC 5545 RRULE value.</summary>
/// <param name="Days">For <see cref="Repeat.Weekly"/>.</param>
/// <param name="Week">For <see cref="Repeat.MonthlyWeekday"/>: 1–4, or −1 for the last.</param>
/// <param name="Until">Last day, included.</param>
/// <param name="Raw">For <see cref="Repeat.Other"/>.</param>
public sealed record Recurrence(Repeat Repeat, IReadOnlyList<DayOfWeek> Days, int MonthDay, int Week, DayOfWeek Weekday, DateOnly? Until, int? Count, string? Raw = null)
{
    private static readonly string[] Codes = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
    private static readonly DayOfWeek[] WorkingDays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>Not repeating, with every choice preset to the day of the start.</summary>
    public static Recurrence For(DateOnly start) =>
        new(Repeat.Once, [start.DayOfWeek], start.Day, Math.Min(4, ((start.Day - 1) / 7) + 1), start.DayOfWeek, null, null);

    /// <summary>The same repeat when its first day moves: weekdays move along, a day of the month becomes the new one.</summary>
    public Recurrence Moved(DateOnly from, DateOnly to)
    {
        var by = to.DayNumber - from.DayNumber;
        return by == 0 ? this : Repeat switch
        {
            Repeat.Once => For(to),
            Repeat.Weekly => this with { Days = [.. Days.Select(day => (DayOfWeek)((((int)day + by) % 7 + 7) % 7))] },
            Repeat.MonthlyDay => this with { MonthDay = to.Day },
            Repeat.MonthlyWeekday => this with { Week = For(to).Week, Weekday = to.DayOfWeek },
            _ => this,
        };
    }

    /// <summary>The RRULE value, or null when it does not repeat.</summary>
    public string? ToRule()
    {
        var rule = Repeat switch
        {
            Repeat.Daily => "FREQ=DAILY",
            Repeat.Weekdays => "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            Repeat.Weekly => $"FREQ=WEEKLY;BYDAY={string.Join(',', Days.OrderBy(MondayFirst).Select(day => Codes[(int)day]))}",
            Repeat.MonthlyDay => string.Create(CultureInfo.InvariantCulture, $"FREQ=MONTHLY;BYMONTHDAY={MonthDay}"),
            Repeat.MonthlyWeekday => string.Create(CultureInfo.InvariantCulture, $"FREQ=MONTHLY;BYDAY={Week}{Codes[(int)Weekday]}"),
            Repeat.Other => Raw,
            _ => null,
        };
        if (rule is null || Repeat == Repeat.Other)
        {
            return rule;
        }

        // Floating like the start: the last moment of that day on the wall clock.
        return Until is { } until ? $"{rule};UNTIL={until.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}T235959"
            : Count is { } count ? string.Create(CultureInfo.InvariantCulture, $"{rule};COUNT={count}")
            : rule;
    }

    public static Recurrence Parse(string? rule, DateOnly start)
    {
        var preset = For(start);
        if (string.IsNullOrWhiteSpace(rule))
        {
            return preset;
        }

        var parts = rule.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split('=', 2))
            .ToDictionary(part => part[0].Trim().ToUpperInvariant(), part => part.Length > 1 ? part[1].Trim().ToUpperInvariant() : "");
        var other = preset with { Repeat = Repeat.Other, Raw = rule };
        var known = parts.Keys.All(key => key is "FREQ" or "BYDAY" or "BYMONTHDAY" or "UNTIL" or "COUNT" or "INTERVAL" or "WKST") && parts.GetValueOrDefault("INTERVAL", "1") == "1";
        if (!known || !TryEnd(parts, out var until, out var count))
        {
            return other;
        }

        preset = preset with { Until = until, Count = count };
        var days = parts.GetValueOrDefault("BYDAY", "");
        return (parts.GetValueOrDefault("FREQ"), days, parts.GetValueOrDefault("BYMONTHDAY", "")) switch
        {
            ("DAILY", "", "") => preset with { Repeat = Repeat.Daily },
            ("WEEKLY", _, "") => Weekly(preset, days) ?? other,
            ("MONTHLY", "", var day) => MonthDayOf(preset, day) ?? other,
            ("MONTHLY", _, "") => Nth(preset, days) ?? other,
            _ => other,
        };
    }

    private static Recurrence? Weekly(Recurrence preset, string days)
    {
        var chosen = days.Length == 0 ? preset.Days : [.. days.Split(',').Select(code => (DayOfWeek)Array.IndexOf(Codes, code)).OrderBy(MondayFirst)];
        return chosen.Any(day => day < 0) ? null
            : chosen.SequenceEqual(WorkingDays) ? preset with { Repeat = Repeat.Weekdays, Days = WorkingDays }
            : preset with { Repeat = Repeat.Weekly, Days = chosen };
    }

    private static Recurrence? MonthDayOf(Recurrence preset, string day) =>
        day.Length == 0 ? preset with { Repeat = Repeat.MonthlyDay }
        : int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 31 ? preset with { Repeat = Repeat.MonthlyDay, MonthDay = number }
        : null;

    private static Recurrence? Nth(Recurrence preset, string day)
    {
        var weekday = day.Length > 2 ? Array.IndexOf(Codes, day[^2..]) : -1;
        return weekday >= 0 && int.TryParse(day[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var week) && week is -1 or (>= 1 and <= 4)
            ? preset with { Repeat = Repeat.MonthlyWeekday, Week = week, Weekday = (DayOfWeek)weekday }
            : null;
    }

    private static bool TryEnd(Dictionary<string, string> parts, out DateOnly? until, out int? count)
    {
        (until, count) = (null, null);
        if (parts.TryGetValue("COUNT", out var times))
        {
            count = int.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            return count > 0;
        }

        if (parts.TryGetValue("UNTIL", out var day))
        {
            until = day.Length >= 8 && DateOnly.TryParseExact(day[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
            return until is not null && (day.Length == 8 || day[8..] == "T235959");
        }

        return true;
    }

    private static int MondayFirst(DayOfWeek day) => ((int)day + 6) % 7;
}
