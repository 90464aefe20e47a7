using System.Text;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Alerts;

/// <summary>What stands in a message about an alert: names of displays and units, never of people.</summary>
/// <param name="Name">Of the display; null when it is about none.</param>
/// <param name="TimeZone">Of the display, or the organisation's.</param>
internal sealed record AlertLine(Alert Alert, string? Name, string UnitName, string TimeZone)
{
    /// <summary>What its player reports now.</summary>
    public AlertFault? Fault { get; init; }
}

/// <summary>A message in words, and the same for programs.</summary>
internal sealed record AlertLetter(string Title, string Text, string Items)
{
    /// <summary>Names in one paragraph; the page has them all.</summary>
    public const int MostNames = 20;

    /// <summary>In the language of the moment, see <see cref="AlertText.In"/>.</summary>
    public static AlertLetter Write(IReadOnlyList<AlertLine> fresh, IReadOnlyList<AlertLine> still, IReadOnlyList<AlertLine> over, string hub, Uri page)
    {
        var text = new StringBuilder();
        Part(text, fresh, null, over: false);
        Part(text, still, AlertText.Get("part_still"), over: false);
        Part(text, over, AlertText.Get("part_over"), over: true);
        text.Append(AlertText.Get("see", page)).Append('\n');
        var items = fresh.Select(line => (line, "opened")).Concat(still.Select(line => (line, "lasting"))).Concat(over.Select(line => (line, "cleared")))
            .Select(pair => new AlertItem(
                pair.line.Alert.Id, AlertText.NameOf(pair.line.Alert.Kind), pair.Item2, pair.line.Alert.DisplayId, pair.line.Name, pair.line.UnitName, pair.line.Alert.Since, pair.line.Alert.Until)
            {
                Times = TimesOf(pair.line.Alert), LastAt = pair.line.Fault?.LastAt,
            });
        return new AlertLetter($"[{hub}] {TitleOf(fresh, still, over)}", text.ToString(), JsonSerializer.Serialize(items, KioskJson.Options));
    }

    private static string TitleOf(IReadOnlyList<AlertLine> fresh, IReadOnlyList<AlertLine> still, IReadOnlyList<AlertLine> over)
    {
        var (lines, key) = fresh.Count > 0 ? (fresh, "title_new") : still.Count > 0 ? (still, "title_still") : (over, "title_over");
        var units = lines.Select(line => line.UnitName).Distinct().ToList();
        var where = units.Count == 1 ? units[0] : AlertText.Get("units", units.Count);
        var kinds = lines.Select(line => line.Alert.Kind).Distinct().ToList();
        var what = kinds.Count == 1 ? AlertText.KindOf(kinds[0]) : AlertText.Get("several");
        return AlertText.Get(key, what, lines.Count == 1 && lines[0].Name is { } name ? name : AlertText.Get("count", lines.Count), where);
    }

    private static long? TimesOf(Alert alert) => AlertRules.IsFault(alert.Kind) ? alert.Count : null;

    // Of what a player reports: what, how often and when last.
    private static string Times(AlertLine line) => string.Concat(
        TimesOf(line.Alert) is not { } times ? ""
            : line.Fault is { } fault ? AlertText.Get("times_last", times, AlertText.Moment(fault.LastAt, line.TimeZone)) : AlertText.Get("times", times),
        line.Fault?.Name is { } name ? AlertText.Get("what", name) : "");

    private static void Part(StringBuilder text, IReadOnlyList<AlertLine> lines, string? heading, bool over)
    {
        if (lines.Count > 0 && heading is not null)
        {
            text.Append("== ").Append(heading).Append(" ==\n");
        }

        foreach (var group in lines.GroupBy(line => (line.Alert.Kind, line.UnitName)).OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.UnitName, StringComparer.Ordinal))
        {
            text.Append(AlertText.Get("group", AlertText.KindOf(group.Key.Kind), group.Key.UnitName, group.Count())).Append('\n');
            foreach (var line in group.OrderBy(line => line.Name, StringComparer.Ordinal).Take(MostNames))
            {
                var (alert, name) = (line.Alert, line.Name ?? AlertText.Get("subject_" + AlertText.NameOf(line.Alert.Kind)));
                text.Append("  ").Append(over && alert.Until is { } until
                    ? AlertText.Get("line_over", name, AlertText.Moment(alert.Since, line.TimeZone), AlertText.Moment(until, line.TimeZone))
                    : AlertText.Get("line", name, AlertText.Moment(alert.Since, line.TimeZone))).Append(Times(line)).Append('\n');
            }

            if (group.Count() > MostNames)
            {
                text.Append("  ").Append(AlertText.Get("more", group.Count() - MostNames)).Append('\n');
            }

            if (!over)
            {
                text.Append("  ").Append(AlertText.DoAbout(group.Key.Kind)).Append('\n');
            }
        }
    }
}

/// <summary>One alert in a generic webhook's body.</summary>
/// <param name="State"><c>opened lasting cleared</c>.</param>
internal sealed record AlertItem(Guid Id, string Kind, string State, Guid? DisplayId, string? Display, string OrgUnit, DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>Of what a player reports: how often it was seen.</summary>
    public long? Times { get; init; }

    /// <summary>Of what a player reports: when it was seen last.</summary>
    public DateTimeOffset? LastAt { get; init; }
}
