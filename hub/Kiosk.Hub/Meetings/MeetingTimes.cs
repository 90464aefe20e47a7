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
    /// <param name="sessions">Wall-clock starts within it.</param>
    public static Result<MeetingTimes> Of(DateTime startLocal, DateTime endLocal, string? timeZone, MeetingType type, params IReadOnlyList<DateTime> sessions)
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
        var end = Within(startLocal, endLocal, zone, sessions);
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

    /// <summary>
    /// A time within a meeting. Where the clock skips the start of the meeting or of a session, all of it stays as long as it was meant to be, and in its order:
    /// what comes after moves by the same gap.
    /// </summary>
    public static DateTimeOffset Within(DateTime startLocal, DateTime local, string timeZone, IReadOnlyList<DateTime> sessions) =>
        Within(startLocal, local, DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) ?? DateTimeZone.Utc, sessions);

    private static DateTimeOffset Within(DateTime startLocal, DateTime local, DateTimeZone zone, IReadOnlyList<DateTime> sessions) =>
        Skips(startLocal, zone) || sessions.Any(session => Skips(session, zone)) ? At(startLocal, zone) + (local - startLocal) : At(local, zone);

    private static bool Skips(DateTime local, DateTimeZone zone) =>
        zone.MapLocal(LocalDateTime.FromDateTime(DateTime.SpecifyKind(local, DateTimeKind.Unspecified))).Count == 0;

    private static DateTimeOffset At(DateTime local, DateTimeZone zone)
    {
        var whole = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return LocalDateTime.FromDateTime(whole).InZoneLeniently(zone).ToInstant().ToDateTimeOffset();
    }
}
