using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>A meeting and how far it is.</summary>
public sealed record MeetingMoment(RoomMeeting Meeting, MeetingPhase Phase);
