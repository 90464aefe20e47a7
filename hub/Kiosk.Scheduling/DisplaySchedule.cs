using System.Collections.Concurrent;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>
/// Everything that decides what one display shows: its own document, the compiled schedules, the notices and the room it is in.
/// Immutable; make a new one when a document arrives (compiled schedules are reused). Thread-safe.
/// </summary>
public sealed class DisplaySchedule
{
    private const int KeptWindows = 6;

    private readonly ConcurrentDictionary<long, Lazy<OccurrenceIndex>> windows = new();
    private readonly (CompiledSchedule Schedule, int Specificity)[] schedules;

    private DisplaySchedule(DisplayDocument display, (CompiledSchedule, int)[] schedules, NoticeItem[] notices, RoomDocument? room)
    {
        Display = display;
        Notices = notices;
        Room = room;
        this.schedules = schedules;
    }

    public DisplayDocument Display { get; }

    public RoomDocument? Room { get; }

    internal NoticeItem[] Notices { get; }

    /// <param name="display">The display's own document.</param>
    /// <param name="schedules">Compiled documents of the scopes that cover it; of two audiences of one scope the wider counts.</param>
    /// <param name="notices">Notice documents of the same scopes.</param>
    /// <param name="room">The room's document; ignored when it is not this display's room.</param>
    public static DisplaySchedule Create(
        DisplayDocument display, IEnumerable<CompiledSchedule> schedules, IEnumerable<NoticesDocument> notices, RoomDocument? room)
    {
        ArgumentNullException.ThrowIfNull(display);
        var widest = schedules.GroupBy(s => s.Document.Scope, StringComparer.Ordinal)
            .Select(g => g.MaxBy(s => s.Document.Audience)!)
            .Select(s => (Schedule: s, Specificity: Specificity.Of(s.Document.Scope, display)))
            .OrderByDescending(s => s.Specificity).ThenBy(s => s.Schedule.Document.Scope, StringComparer.Ordinal);
        var newest = notices.SelectMany(n => n.Notices).GroupBy(n => n.Id).Select(g => g.MaxBy(n => n.Version)!);
        return new DisplaySchedule(display, [.. widest], [.. newest], room?.RoomId == display.RoomId ? room : null);
    }

    /// <summary>Default content, the most specific scope first.</summary>
    internal IEnumerable<(PlaylistRef Content, string Scope)> Defaults =>
        schedules.Where(s => s.Schedule.Document.Default is not null)
            .Select(s => (s.Schedule.Document.Default!, s.Schedule.Document.Scope));

    /// <summary>The index of the window that holds an instant, built on first use.</summary>
    internal OccurrenceIndex IndexAt(long utcTicks)
    {
        var number = TimeWindow.Of(utcTicks);
        if (windows.TryGetValue(number, out var known))
        {
            return known.Value;
        }

        if (windows.Count >= KeptWindows)
        {
            windows.Clear();
        }

        return windows.GetOrAdd(number, n => new Lazy<OccurrenceIndex>(() => Build(n))).Value;
    }

    private OccurrenceIndex Build(long window)
    {
        var candidates = schedules.SelectMany(s => s.Schedule.Window(window)
            .Select(o => new Candidate(s.Schedule.Events[o.Event], o.Span, s.Schedule.Document.Scope, s.Specificity)));
        return new OccurrenceIndex(candidates, TimeWindow.Bounds(window).Until);
    }
}
