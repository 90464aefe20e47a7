using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings.Types;
using Kiosk.Hub.Shared;
using NodaTime;

namespace Kiosk.Hub.Meetings;

/// <summary>Instants of a meeting.</summary>
internal sealed record MeetingTimes(DateTimeOffset Start, DateTimeOffset End, DateTimeOffset CheckInOpens, DateTimeOffset LateAfter, DateTimeOffset CheckInCloses)
{
    /// <summary>Beyond these a date is taken for a slip of the finger.</summary>
    public static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(731);

    public static readonly TimeSpan FurthestBack = TimeSpan.FromDays(366);

    /// <summary>
    /// From wall-clock times. A time skipped by daylight saving moves forward by the gap, one that comes twice is the first.
    /// Check-in closes as the type says; nobody is late before it is closed.
    /// </summary>
    public static Result<MeetingTimes> Of(DateTime startLocal, DateTime endLocal, string? timeZone, MeetingType type)
    {
        if (timeZone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is not { } zone)
        {
            return MeetingsErrors.TimeZoneUnknown(timeZone is { Length: > 40 } ? timeZone[..40] + "…" : timeZone ?? "");
        }

        if (YearError(startLocal) is { } startYear)
        {
            return startYear;
        }

        if (YearError(endLocal) is { } endYear)
        {
            return endYear;
        }

        var start = At(startLocal, zone);
        var end = At(endLocal, zone);
        if (Skips(startLocal, zone))
        {
            // As long as it was meant to be: the end moves with the start.
            end = start + (endLocal - startLocal);
        }

        if (end <= start || end - start > HostLimits.LongestMeeting)
        {
            return MeetingsErrors.RangeInverted();
        }

        var closes = (type.Closing is CheckInClosing.Start ? start : end) + type.ClosesAfter;
        var lateAfter = start + type.LateAfter;
        return new MeetingTimes(start, end, start - type.OpensBefore, lateAfter < closes ? lateAfter : closes, closes);
    }

    /// <summary>Null far from the edges of the calendar, where adding hours or turning to UTC fails.</summary>
    public static Error? YearError(DateTime local) => local.Year < 1900 ? MeetingsErrors.TooOld() : local.Year > 9000 ? MeetingsErrors.TooFar() : null;

    /// <summary>Null when a meeting may be set for these times now.</summary>
    /// <param name="pastConfirmed">It is known to be over and is entered afterwards.</param>
    public Error? Check(DateTimeOffset now, bool pastConfirmed) =>
        Start - now > FurthestAhead ? MeetingsErrors.TooFar()
        : now - End > FurthestBack ? MeetingsErrors.TooOld()
        : End <= now && !pastConfirmed ? MeetingsErrors.Past()
        : null;

    /// <summary>The day a point of time falls on where the meeting is.</summary>
    public static DateOnly LocalDate(DateTimeOffset at, string timeZone)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc;
        return Instant.FromDateTimeOffset(at).InZone(zone).Date.ToDateOnly();
    }

    public static DateTime Local(DateTimeOffset at, string timeZone)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc;
        return Instant.FromDateTimeOffset(at).InZone(zone).ToDateTimeUnspecified();
    }

    public static DateTimeOffset At(DateTime local, string timeZone) => At(local, DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc);

    private static bool Skips(DateTime local, DateTimeZone zone) =>
        zone.MapLocal(LocalDateTime.FromDateTime(DateTime.SpecifyKind(local, DateTimeKind.Unspecified))).Count == 0;

    private static DateTimeOffset At(DateTime local, DateTimeZone zone)
    {
        var whole = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return LocalDateTime.FromDateTime(whole).InZoneLeniently(zone).ToInstant().ToDateTimeOffset();
    }
}
