using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Meetings;

internal static class CameAt
{
    /// <summary>The instant of a wall-clock time at a meeting: on its day or, past midnight, the next.</summary>
    public static DateTimeOffset? Of(MeetingSummary meeting, TimeOnly? time, Times times)
    {
        if (time is not { } clock)
        {
            return null;
        }

        var day = DateOnly.FromDateTime(times.In(meeting.CheckInOpens, meeting.TimeZone).DateTime);
        var at = times.Instant(day.ToDateTime(clock), meeting.TimeZone);
        return (at < meeting.CheckInOpens ? times.Instant(day.AddDays(1).ToDateTime(clock), meeting.TimeZone) : at).ToUniversalTime();
    }

    /// <summary>What most people's time will be: the start, or the opening where check-in closed before it.</summary>
    public static TimeOnly Usual(MeetingSummary meeting, Times times) =>
        TimeOnly.FromDateTime(times.In(meeting.Start < meeting.CheckInCloses ? meeting.Start : meeting.CheckInOpens, meeting.TimeZone).DateTime);
}
