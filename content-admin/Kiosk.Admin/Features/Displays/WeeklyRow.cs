using Kiosk.Admin.Shared.Controls;

namespace Kiosk.Admin.Features.Displays;

/// <summary>A line of weekly hours as a person says it: every day, on weekdays, at the weekend, or on one day.</summary>
public sealed class WeeklyRow
{
    public const string EveryDay = "all";
    public const string Weekdays = "work";
    public const string Weekend = "weekend";

    private static readonly int[] Work = [1, 2, 3, 4, 5];
    private static readonly int[] Free = [6, 0];

    /// <summary><see cref="EveryDay"/>, <see cref="Weekdays"/>, <see cref="Weekend"/> or "0" (Sunday) to "6".</summary>
    public string Days { get; set; } = EveryDay;

    public TimeOnly? Start { get; set; } = new(8, 0);

    public TimeOnly? End { get; set; } = new(22, 0);

    public int Percent { get; set; } = 10;

    public IEnumerable<int> DayNumbers => Days switch
    {
        EveryDay => [.. Work, .. Free],
        Weekdays => Work,
        Weekend => Free,
        _ => [int.Parse(Days, System.Globalization.CultureInfo.InvariantCulture)],
    };

    public string StartText => ClockTime.Text(Start ?? default);

    public string EndText => ClockTime.Text(End ?? default);

    /// <summary>Days with the same hours in one line again, where people have a word for them.</summary>
    public static IEnumerable<WeeklyRow> Group(IEnumerable<(int Day, string Start, string End, int Percent)> times)
    {
        foreach (var same in times.GroupBy(time => (time.Start, time.End, time.Percent)))
        {
            var days = same.Select(time => time.Day).ToHashSet();
            foreach (var word in Words(days))
            {
                yield return new WeeklyRow { Days = word, Start = ClockTime.Parse(same.Key.Start), End = ClockTime.Parse(same.Key.End), Percent = same.Key.Percent };
            }
        }
    }

    private static IEnumerable<string> Words(HashSet<int> days)
    {
        if (days.Count == 7)
        {
            yield return EveryDay;
            yield break;
        }

        foreach (var (word, group) in ((string, int[])[])[(Weekdays, Work), (Weekend, Free)])
        {
            if (group.All(days.Contains))
            {
                yield return word;
                days.ExceptWith(group);
            }
        }

        foreach (var day in days.OrderBy(day => (day + 6) % 7))
        {
            yield return day.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
