using NodaTime;

namespace Kiosk.Hub.Backup;

/// <summary>When the next daily backup is due. One that was missed, e.g. because the machine was off at night, is made as soon as the hub works.</summary>
internal static class BackupSchedule
{
    /// <summary>After a failure.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Older than this, a person is told.</summary>
    public static readonly TimeSpan Old = TimeSpan.FromDays(3);

    /// <param name="lastGood">When the last whole one was begun.</param>
    /// <param name="lastTry">When the last one was begun, whole or not.</param>
    /// <returns>Now or later.</returns>
    public static DateTimeOffset Next(DateTimeOffset now, DateTimeOffset? lastGood, DateTimeOffset? lastTry, TimeOnly at, DateTimeZone zone)
    {
        var today = Instant.FromDateTimeOffset(now).InZone(zone).Date;
        DateTimeOffset On(LocalDate day) => zone.AtLeniently(day.At(LocalTime.FromTimeOnly(at))).ToDateTimeOffset().ToUniversalTime();
        var last = On(today) <= now ? On(today) : On(today.PlusDays(-1));
        if (lastGood >= last)
        {
            return On(today) > now ? On(today) : On(today.PlusDays(1));
        }

        return lastTry is { } tried && tried + Pause > now && tried > (lastGood ?? DateTimeOffset.MinValue) ? tried + Pause : now;
    }

    /// <summary>Names of files that go, given those in the folder: the oldest beyond those kept.</summary>
    public static IReadOnlyList<string> Superfluous(IEnumerable<string> names, int keep) =>
        [.. names.Where(BackupFiles.IsOurs).OrderDescending(StringComparer.Ordinal).Skip(Math.Max(1, keep))];
}
