using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Meetings;

/// <summary>The one word for where a meeting stands, whichever page says it.</summary>
internal static class MeetingStates
{
    /// <summary><c>planned open running over closed cancelled</c>.</summary>
    public static string Of(MeetingSummary meeting, DateTimeOffset now) => Of(meeting.State, meeting.CheckInOpens, meeting.Start, meeting.End, now);

    /// <inheritdoc cref="Of(MeetingSummary, DateTimeOffset)"/>
    public static string Of(DisplayMeeting meeting, DateTimeOffset now) => Of(meeting.State, meeting.CheckInOpens ?? meeting.Start, meeting.Start, meeting.End, now);

    /// <summary>Colour of its chip.</summary>
    public static string Chip(string state) => state switch { "open" or "running" => "ok", "cancelled" => "bad", _ => "" };

    private static string Of(MeetingState state, DateTimeOffset opens, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now) => state switch
    {
        MeetingState.Closed => "closed",
        MeetingState.Cancelled => "cancelled",
        _ when now >= end => "over",
        _ when now >= start => "running",
        _ when now >= opens => "open",
        _ => "planned",
    };
}
