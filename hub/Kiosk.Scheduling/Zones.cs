using NodaTime;
using NodaTime.Extensions;

namespace Kiosk.Scheduling;

/// <summary>IANA zones and the one way wall-clock times become instants.</summary>
public static class Zones
{
    /// <summary>True for an IANA id of the zone database this program carries.</summary>
    public static bool IsKnown(string? id) => id is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(id) is not null;

    /// <summary>
    /// The instant of a wall-clock time: a time the clock skips moves forward by the length of the gap,
    /// a time that comes twice means the first. An unknown zone counts as UTC.
    /// </summary>
    public static DateTimeOffset ToInstant(DateTime local, string zoneId) => new(ToUtcTicks(LocalDateTime.FromDateTime(local), Find(zoneId)), TimeSpan.Zero);

    /// <summary>Wall-clock time of an instant; an unknown zone counts as UTC.</summary>
    public static DateTime ToLocal(DateTimeOffset instant, string zoneId) =>
        instant.ToInstant().InZone(Find(zoneId)).LocalDateTime.ToDateTimeUnspecified();

    internal static DateTimeZone Find(string? id, DateTimeZone? fallback = null) =>
        (id is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)) ?? fallback ?? DateTimeZone.Utc;

    internal static long ToUtcTicks(LocalDateTime local, DateTimeZone zone) =>
        zone.AtLeniently(local).ToInstant().ToDateTimeUtc().Ticks;

    /// <summary>A span of wall-clock time. A start that the clock skips moves forward and may pass the end, which then moves with it: the span stays as long as it was meant to be.</summary>
    internal static (long Start, long End) ToUtcTicks(DateTime start, DateTime end, DateTimeZone zone)
    {
        var from = ToUtcTicks(LocalDateTime.FromDateTime(start), zone);
        var until = ToUtcTicks(LocalDateTime.FromDateTime(end), zone);
        return (from, until <= from && end > start ? from + (end - start).Ticks : until);
    }

    internal static LocalDateTime ToLocal(long utcTicks, DateTimeZone zone) =>
        Instant.FromDateTimeUtc(new DateTime(utcTicks, DateTimeKind.Utc)).InZone(zone).LocalDateTime;
}
