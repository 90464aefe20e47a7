using System.Globalization;
using System.Text.RegularExpressions;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>The texts of the stage in the view's language, and its dates and times.</summary>
internal sealed partial class StageWords(IReadOnlyDictionary<string, string> texts, StageView view, StageTime time)
{
    private readonly TimeZoneInfo zone = StageTime.Zone(view.TimeZone);
    private readonly CultureInfo culture = StageTime.Culture(view.Language);

    public string Language => view.Language;

    public bool Chinese => view.Language is not "en";

    public StageTime Clock { get; } = time;

    public bool Knows(string key) => texts.ContainsKey(key);

    /// <summary>The text of a key with its {names} filled in.</summary>
    public string Get(string key, params (string Name, object? Value)[] values) => Name().Replace(
        texts.GetValueOrDefault(key, ""),
        match => values.FirstOrDefault(each => each.Name == match.Groups[1].Value).Value is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture)! : "");

    public string Time(DateTimeOffset instant) => Local(instant).ToString("HH:mm", CultureInfo.InvariantCulture);

    public string Weekday(DateTimeOffset instant) => Local(instant).ToString("dddd", culture);

    public string Date(DateTimeOffset instant) => Local(instant).ToString(Chinese ? "M月d日" : "MMMM d", culture);

    /// <summary>The time of an instant, with its date when that is not today.</summary>
    public string When(DateTimeOffset instant) => Local(instant).Date == Local(Clock.Now).Date ? Time(instant) : $"{Date(instant)} {Time(instant)}";

    public string DayAndTime(DateTimeOffset instant) => $"{Date(instant)} {Weekday(instant)} {Time(instant)}";

    public string Day(DateTimeOffset instant) => Get("clock.day", ("weekday", Weekday(instant)), ("date", Date(instant)));

    private DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Name();
}
