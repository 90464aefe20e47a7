using System.Collections.Concurrent;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>
/// One schedule document, its rules read once. Expansions are kept for the windows last asked for, so that a change of
/// another document costs nothing here. Thread-safe; answers depend on the document and zone alone.
/// </summary>
public sealed class CompiledSchedule
{
    private const int KeptWindows = 4;

    private readonly CompiledEvent[] events;
    private readonly ConcurrentDictionary<long, (int Event, CompiledEvent.Span Span)[]> windows = new();

    private CompiledSchedule(ScheduleDocument document, CompiledEvent[] events)
    {
        Document = document;
        this.events = events;
    }

    public ScheduleDocument Document { get; }

    /// <param name="document">The document as received.</param>
    /// <param name="displayTimeZone">IANA zone for events that follow their display; unknown counts as UTC.</param>
    public static CompiledSchedule Compile(ScheduleDocument document, string displayTimeZone)
    {
        ArgumentNullException.ThrowIfNull(document);
        var zone = Zones.Find(displayTimeZone);
        return new CompiledSchedule(document, [.. document.Events.Select(e => CompiledEvent.TryCreate(e, zone)).OfType<CompiledEvent>()]);
    }

    internal IReadOnlyList<CompiledEvent> Events => events;

    internal IReadOnlyList<(int Event, CompiledEvent.Span Span)> Window(long number)
    {
        if (windows.TryGetValue(number, out var known))
        {
            return known;
        }

        if (windows.Count >= KeptWindows)
        {
            windows.Clear();
        }

        var (from, until) = TimeWindow.Bounds(number);
        return windows[number] = [.. events.SelectMany((e, at) => e.Expand(from, until).Select(span => (at, span)))];
    }
}
