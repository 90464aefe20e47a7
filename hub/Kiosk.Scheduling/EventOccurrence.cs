using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>One occurrence of an event, from <paramref name="Start"/> (included) to <paramref name="End"/> (excluded).</summary>
/// <param name="StartLocal">Wall-clock start in the event's zone, as written, even when the clock skips it.</param>
/// <param name="EndLocal">Wall-clock end in the event's zone.</param>
public sealed record EventOccurrence(ScheduleEvent Event, DateTime StartLocal, DateTime EndLocal, DateTimeOffset Start, DateTimeOffset End);
