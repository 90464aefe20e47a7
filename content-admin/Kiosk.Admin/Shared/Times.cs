using System.Globalization;
using System.Text.RegularExpressions;

namespace Kiosk.Admin.Shared;

/// <summary>Instants as people say them: with weekday, in the zone of the place, relative under a day.</summary>
internal sealed partial class Times(Texts texts, TimeProvider clock, Workspace workspace)
{
    /// <summary>The zone of this browser: another zone's times are told with its name.</summary>
    public TimeZoneInfo Own { get; set; } = TimeZoneInfo.Local;

    /// <summary>IANA id of the organisation's zone, for what has no place of its own.</summary>
    public string HomeZone => workspace.Session?.TimeZone is { Length: > 0 } zone ? zone : "Asia/Shanghai";

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateTimeOffset In(DateTimeOffset instant, string? zone) => TimeZoneInfo.ConvertTime(instant, Zone(zone));

    /// <summary>The zone by IANA id; the organisation's when there is none or it is unknown here.</summary>
    public TimeZoneInfo Zone(string? id) =>
        id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone
        : TimeZoneInfo.TryFindSystemTimeZoneById(HomeZone, out var home) ? home : TimeZoneInfo.Utc;

    /// <summary>"（北京时间）" where the wall clock there is not the one here, else nothing.</summary>
    public string ZoneNote(DateTimeOffset instant, string? zone = null)
    {
        var there = Zone(zone);
        return there.GetUtcOffset(instant) == Own.GetUtcOffset(instant) ? "" : texts["time.zone_note", texts.Find($"zone.{there.Id}") ?? there.Id.Replace('_', ' ')];
    }

    public DateTime LocalNow(string? zone = null) => In(clock.GetUtcNow(), zone).DateTime;

    /// <summary>"11月22日 周日 19:30", with the year when it is another.</summary>
    public string Moment(DateTimeOffset instant, string? zone = null) => MomentAlone(instant, zone) + ZoneNote(instant, zone);

    /// <summary>The same with its second: two that follow each other within a minute are told apart.</summary>
    public string Second(DateTimeOffset instant, string? zone = null) => MomentAlone(instant, zone, "HH:mm:ss") + ZoneNote(instant, zone);

    private string MomentAlone(DateTimeOffset instant, string? zone, string time = "HH:mm")
    {
        var local = In(instant, zone);
        return $"{Day(DateOnly.FromDateTime(local.DateTime), zone)} {local.ToString(time, CultureInfo.InvariantCulture)}";
    }

    public string Day(DateOnly day, string? zone = null) =>
        day.ToString(texts[day.Year == LocalNow(zone).Year ? "format.day" : "format.day_year"], texts.Culture);

    /// <summary>"今天 19:30" when today, else <see cref="Moment"/>.</summary>
    public string Near(DateTimeOffset instant, string? zone = null) => NearAlone(instant, zone) + ZoneNote(instant, zone);

    private string NearAlone(DateTimeOffset instant, string? zone)
    {
        var local = In(instant, zone);
        var days = (local.Date - LocalNow(zone).Date).Days;
        return days is >= -1 and <= 1
            ? $"{texts[days switch { 0 => "time.today", 1 => "time.tomorrow", _ => "time.yesterday" }]} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}"
            : MomentAlone(instant, zone);
    }

    /// <summary>"11月22日 周日 19:30–21:00".</summary>
    public string Span(DateTimeOffset start, DateTimeOffset end, string? zone = null)
    {
        var (from, to) = (In(start, zone), In(end, zone));
        return from.Date == to.Date
            ? $"{NearAlone(start, zone)}–{to.ToString("HH:mm", CultureInfo.InvariantCulture)}{ZoneNote(start, zone)}"
            : $"{NearAlone(start, zone)} – {NearAlone(end, zone)}{ZoneNote(start, zone)}";
    }

    /// <summary>"3 秒前" under a day, else the moment.</summary>
    public string Ago(DateTimeOffset instant, string? zone = null)
    {
        var age = clock.GetUtcNow() - instant;
        return age.TotalDays switch
        {
            >= 1 => Moment(instant, zone),
            _ when age.TotalHours >= 1 => texts["time.hours_ago", (int)age.TotalHours],
            _ when age.TotalMinutes >= 1 => texts["time.minutes_ago", (int)age.TotalMinutes],
            _ => texts["time.seconds_ago", Math.Max(0, (int)age.TotalSeconds)],
        };
    }

    /// <summary>Lines of a player's log with their times told in the zone of its place.</summary>
    public string LogLines(string lines, string? zone) => LogStamp().Replace(lines, stamp =>
        DateTimeOffset.TryParse(stamp.Value, CultureInfo.InvariantCulture, out var at) ? In(at, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : stamp.Value);

    /// <summary>"1:05" or "1:02:03".</summary>
    public static string Length(long milliseconds)
    {
        var length = TimeSpan.FromSeconds(Math.Round(milliseconds / 1000.0));
        return length.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours}:{length.Minutes:00}:{length.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{length.Minutes}:{length.Seconds:00}");
    }

    /// <summary>"12.3 MB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.0} MB"),
        >= 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(bytes, 0)} B"),
    };

    /// <summary>Wall-clock time of a zone as an instant; a time skipped in spring moves forward.</summary>
    public DateTimeOffset Instant(DateTime local, string? zone)
    {
        var info = Zone(zone);
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (info.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(30);
        }

        return new DateTimeOffset(wall, info.GetUtcOffset(wall));
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)? [+-]\d\d:\d\d", RegexOptions.Multiline)]
    private static partial Regex LogStamp();
}
