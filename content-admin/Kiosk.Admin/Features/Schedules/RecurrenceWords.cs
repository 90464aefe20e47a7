using System.Globalization;
using Kiosk.Admin.Shared;

namespace Kiosk.Admin.Features.Schedules;

/// <summary>A recurrence in a few words: "每周 周四", "每月第二个 周五".</summary>
internal static class RecurrenceWords
{
    public static string Of(Texts texts, Recurrence recurrence)
    {
        var names = texts.Culture.DateTimeFormat;
        var words = recurrence.Repeat switch
        {
            Repeat.Weekly => $"{texts.Of(recurrence.Repeat)} {string.Join(texts["people.separator"], recurrence.Days.Select(names.GetAbbreviatedDayName))}",
            Repeat.MonthlyDay => texts["recurrence.words_month_day", recurrence.MonthDay],
            Repeat.MonthlyWeekday => texts["recurrence.words_month_week",
                texts[$"recurrence.week_{(recurrence.Week < 0 ? "last" : recurrence.Week.ToString(CultureInfo.InvariantCulture))}"], names.GetDayName(recurrence.Weekday)],
            Repeat.Other => recurrence.Raw ?? "",
            _ => texts.Of(recurrence.Repeat),
        };
        return recurrence.Until is { } until ? $"{words}{texts["recurrence.words_until", until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]}"
            : recurrence.Count is { } count ? $"{words}{texts["recurrence.words_count", count]}" : words;
    }
}
