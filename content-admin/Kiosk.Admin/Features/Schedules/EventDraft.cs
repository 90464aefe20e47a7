using Kiosk.Contracts;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Schedules;

/// <summary>A schedule event being filled in.</summary>
public sealed class EventDraft
{
    public const int Normal = 50;

    public Guid? Id { get; set; }

    public Guid OrgUnitId { get; set; }

    public string Title { get; set; } = "";

    public IReadOnlyList<string> Scopes { get; set; } = [];

    public Guid? PlaylistId { get; set; }

    public string? PlaylistName { get; set; }

    public DateOnly? StartDay { get; set; }

    public TimeOnly? Start { get; set; }

    public DateOnly? EndDay { get; set; }

    public TimeOnly? End { get; set; }

    /// <summary>Null: each display's own.</summary>
    public string? TimeZone { get; set; }

    public Recurrence Recurrence { get; set; } = Recurrence.For(default);

    public IReadOnlyList<DateTime> ExceptionDates { get; set; } = [];

    public int Priority { get; set; } = Normal;

    public Disclosure Disclosure { get; set; }

    public int? Revision { get; set; }

    public DateTime? StartLocal => StartDay?.ToDateTime(Start ?? default);

    public DateTime? EndLocal => EndDay?.ToDateTime(End ?? default);

    public static EventDraft At(DateTime start, DateTime end, Guid orgUnit) => new()
    {
        OrgUnitId = orgUnit,
        StartDay = DateOnly.FromDateTime(start),
        Start = TimeOnly.FromDateTime(start),
        EndDay = DateOnly.FromDateTime(end),
        End = TimeOnly.FromDateTime(end),
        Recurrence = Recurrence.For(DateOnly.FromDateTime(start)),
    };

    public static EventDraft From(ScheduleEventDetail detail)
    {
        ArgumentNullException.ThrowIfNull(detail);
        var draft = At(detail.StartLocal, detail.EndLocal, detail.OrgUnitId);
        draft.Id = detail.Id;
        draft.Title = detail.Title;
        draft.Scopes = [detail.Scope];
        (draft.PlaylistId, draft.PlaylistName) = (detail.PlaylistId, detail.PlaylistName);
        draft.TimeZone = detail.TimeZone;
        draft.Recurrence = Recurrence.Parse(detail.RecurrenceRule, DateOnly.FromDateTime(detail.StartLocal));
        draft.ExceptionDates = detail.ExceptionDates;
        (draft.Priority, draft.Disclosure, draft.Revision) = (detail.Priority, detail.Disclosure, detail.Revision);
        return draft;
    }

    /// <summary>The start moved: the end keeps its distance, and the repeat its day.</summary>
    public void MoveStart(DateOnly? day, TimeOnly? time)
    {
        var length = EndLocal - StartLocal;
        var dayChanged = day != StartDay;
        (StartDay, Start) = (day, time);
        if (length > TimeSpan.Zero && StartLocal + length is { } end)
        {
            (EndDay, End) = (DateOnly.FromDateTime(end), TimeOnly.FromDateTime(end));
        }

        if (dayChanged && day is { } first && Recurrence.Repeat is Repeat.Once)
        {
            Recurrence = Recurrence.For(first);
        }
    }

    public ScheduleEventInput ToInput() => new(
        OrgUnitId, Title.Trim(), Scopes[0], PlaylistId ?? default, StartLocal ?? default, EndLocal ?? default, TimeZone,
        Recurrence.ToRule(), ExceptionDates, Priority, Disclosure, Revision);
}
