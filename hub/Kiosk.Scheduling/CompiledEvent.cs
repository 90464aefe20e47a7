using Kiosk.Contracts.Feeds;
using NodaTime;

namespace Kiosk.Scheduling;

/// <summary>An event with its zone found and its rule read, ready to be expanded over any window.</summary>
internal sealed class CompiledEvent
{
    private readonly DateTimeZone zone;
    private readonly Recurrence recurrence;
    private readonly TimeSpan length;

    private CompiledEvent(ScheduleEvent source, DateTimeZone zone, Recurrence recurrence)
    {
        Source = source;
        this.zone = zone;
        this.recurrence = recurrence;
        length = source.EndLocal - source.StartLocal;
    }

    public ScheduleEvent Source { get; }

    /// <summary>Null when the event cannot be understood: it then never fires (the hub refuses such events, an older player may meet them).</summary>
    public static CompiledEvent? TryCreate(ScheduleEvent source, DateTimeZone displayZone)
    {
        if (source.EndLocal <= source.StartLocal || source.StartLocal < RecurrenceLimits.Earliest || source.EndLocal > RecurrenceLimits.Latest)
        {
            return null;
        }

        var zone = Zones.Find(source.TimeZone, displayZone);
        var recurrence = Recurrence.Create(source.StartLocal, source.RecurrenceRule, source.ExceptionDates, zone, out _);
        return recurrence is null ? null : new CompiledEvent(source, zone, recurrence);
    }

    /// <summary>Occurrences that overlap [from, until), in UTC ticks, by wall-clock start.</summary>
    public IEnumerable<Span> Expand(long from, long until)
    {
        // Wall clocks are at most 14 h from UTC and gaps at most a day; the exact test below is in instants.
        var earliest = Shift(from, -TimeSpan.FromDays(2) - length);
        var latest = Shift(until, TimeSpan.FromDays(2));
        foreach (var start in recurrence.Starts(earliest, latest))
        {
            var (startTicks, endTicks) = Zones.ToUtcTicks(start, start + length, zone);
            if (startTicks < until && endTicks > from)
            {
                yield return new Span(start, startTicks, endTicks);
            }
        }
    }

    public EventOccurrence ToOccurrence(Span span) => new(
        Source, span.StartLocal, span.StartLocal + length, new DateTimeOffset(span.Start, TimeSpan.Zero), new DateTimeOffset(span.End, TimeSpan.Zero));

    private static DateTime Shift(long ticks, TimeSpan by)
    {
        var moved = ticks + by.Ticks;
        return new DateTime(Math.Clamp(moved, RecurrenceLimits.Earliest.Ticks, RecurrenceLimits.Latest.Ticks));
    }

    internal readonly record struct Span(DateTime StartLocal, long Start, long End);
}
