using System.Globalization;

namespace Kiosk.Admin.Shared;

/// <summary>Instants as people say them: with weekday, in the zone of the place, relative under a day.</summary>
internal sealed class Times(Texts texts, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public static DateTimeOffset In(DateTimeOffset instant, string? zone) => TimeZoneInfo.ConvertTime(instant, Zone(zone));

    /// <summary>The zone by IANA id; this computer's when unknown here.</summary>
    public static TimeZoneInfo Zone(string? id) =>
        id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Local;

    public DateTime LocalNow(string? zone = null) => In(clock.GetUtcNow(), zone).DateTime;

    /// <summary>"11月22日 周日 19:30", with the year when it is another.</summary>
    public string Moment(DateTimeOffset instant, string? zone = null)
    {
        var local = In(instant, zone);
        return $"{Day(DateOnly.FromDateTime(local.DateTime), zone)} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    public string Day(DateOnly day, string? zone = null) =>
        day.ToString(texts[day.Year == LocalNow(zone).Year ? "format.day" : "format.day_year"], texts.Culture);

    /// <summary>"今天 19:30" when today, else <see cref="Moment"/>.</summary>
    public string Near(DateTimeOffset instant, string? zone = null)
    {
        var local = In(instant, zone);
        var days = (local.Date - LocalNow(zone).Date).Days;
        return days is >= -1 and <= 1
            ? $"{texts[days switch { 0 => "time.today", 1 => "time.tomorrow", _ => "time.yesterday" }]} {local.ToString("HH:mm", CultureInfo.InvariantCulture)}"
            : Moment(instant, zone);
    }

    /// <summary>"11月22日 周日 19:30–21:00".</summary>
    public string Span(DateTimeOffset start, DateTimeOffset end, string? zone = null)
    {
        var (from, to) = (In(start, zone), In(end, zone));
        return from.Date == to.Date
            ? $"{Near(start, zone)}–{to.ToString("HH:mm", CultureInfo.InvariantCulture)}"
            : $"{Near(start, zone)} – {Near(end, zone)}";
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

    /// <summary>"1:05" or "1:02:03".</summary>
    public static string Length(long milliseconds)
    {
        var length = TimeSpan.FromMilliseconds(milliseconds);
        return length.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours}:{length.Minutes:00}:{length.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{length.Minutes}:{length.Seconds:00}");
    }

    /// <summary>"12.3 MB".</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(bytes, 0) / 1024.0:0} KB"),
    };

    /// <summary>Wall-clock time of a zone as an instant; a time skipped in spring moves forward.</summary>
    public static DateTimeOffset Instant(DateTime local, string? zone)
    {
        var info = Zone(zone);
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (info.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(30);
        }

        return new DateTimeOffset(wall, info.GetUtcOffset(wall));
    }
}
