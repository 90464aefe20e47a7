using System.Globalization;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Kiosk.Admin.Features.Schedules;

public sealed partial class SchedulePage
{
    private IReadOnlyList<Slot> slots = [];
    private IReadOnlyList<DisplaySummary> displays = [];
    private EventDraft? draft;
    private DateTime shown;
    private DateOnly from;
    private DateOnly to;
    private Guid chosen;
    private string displaySearch = "";
    private int displaysTotal;
    private int version;
    private int view;
    private bool scroll = true;
    private ElementReference calendar;

    private IReadOnlyList<Slot> InGrid => view == 2 ? slots : [.. slots.Where(slot => !slot.Whole)];

    private DateOnly Monday => DateOnly.FromDateTime(shown).AddDays(-(((int)shown.DayOfWeek + 6) % 7));

    private protected override IReadOnlyList<string> Topics { get; } = [Contracts.Operator.Topics.Schedule];

    /// <summary>An occurrence as the calendar reads it by name.</summary>
    public sealed record Slot(ScheduleOccurrence Of)
    {
        public DateTime Start => Of.StartLocal;

        public DateTime End => Of.EndLocal;

        public string Text => Of.Title;

        /// <summary>A whole day or more has no place in a grid of hours.</summary>
        public bool Whole => End - Start >= TimeSpan.FromHours(23);
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        shown = Times.LocalNow().Date;
        from = DateOnly.FromDateTime(shown).AddDays(-7);
        to = from.AddDays(21);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (scroll && slots.Count > 0 && view != 2)
        {
            scroll = false;
            await Browser.ScrollToFirstAsync(calendar);
        }
    }

    /// <summary>The week as a list, for a narrow screen.</summary>
    private Task WeekAsync(DateTime day)
    {
        shown = day;
        (from, to) = (Monday, Monday.AddDays(7));
        return ReadAsync(Closed);
    }

    private protected override async Task LoadAsync(CancellationToken cancel)
    {
        await ReadDisplaysAsync(cancel);
        await ReadAsync(cancel);
        version++;
    }

    private Task FindDisplayAsync(string text)
    {
        displaySearch = text;
        return ReadDisplaysAsync(Closed);
    }

    private async Task ReadDisplaysAsync(CancellationToken cancel)
    {
        var page = (await Displays.ListAsync(Workspace.OrgUnitId, displaySearch, 0, 200, cancel)).Value;
        (displays, displaysTotal) = (page?.Items ?? displays, Math.Max(displaysTotal, page?.Total ?? 0));
        chosen = displays.Any(display => display.Id == chosen) ? chosen : displays.Count > 0 ? displays[0].Id : default;
    }

    private async Task ReadAsync(CancellationToken cancel) =>
        slots = Take(await Client.OccurrencesAsync(Workspace.OrgUnitId, from, to, cancel)) is { } found ? [.. found.Select(each => new Slot(each))] : slots;

    private Task RangeAsync(SchedulerLoadDataEventArgs range)
    {
        var (first, last) = (DateOnly.FromDateTime(range.Start), DateOnly.FromDateTime(range.End));
        if (first == from && last == to)
        {
            return Task.CompletedTask;
        }

        (from, to, scroll) = (first, last, true);
        return Workspace.OrgUnit is null ? Task.CompletedTask : ReadAsync(Closed);
    }

    /// <summary>The calendar writes its week with this, and has no words for it of its own.</summary>
    private CultureInfo DatesWritten
    {
        get
        {
            var culture = (CultureInfo)T.Culture.Clone();
            culture.DateTimeFormat.ShortDatePattern = T["format.calendar_whole"];
            return culture;
        }
    }

    private void New()
    {
        var now = Times.LocalNow();
        var start = now.Date.AddHours(now.Hour + 1);
        draft = EventDraft.At(start, start.AddHours(1), Workspace.OrgUnitId);
    }

    private void SlotSelected(SchedulerSlotSelectEventArgs slot)
    {
        if (IsEditor)
        {
            // A whole day in the month view means the daytime.
            var whole = slot.End - slot.Start >= TimeSpan.FromDays(1);
            draft = EventDraft.At(whole ? slot.Start.Date.AddHours(9) : slot.Start, whole ? slot.Start.Date.AddHours(18) : slot.Start.AddHours(1), Workspace.OrgUnitId);
        }
    }

    private Task SelectedAsync(SchedulerAppointmentSelectEventArgs<Slot> selected) => selected.Data?.Of is { } occurrence ? OpenAsync(occurrence) : Task.CompletedTask;

    private async Task OpenAsync(ScheduleOccurrence occurrence)
    {
        var answer = await Client.GetAsync(occurrence.EventId, Closed);
        if (Accept(answer))
        {
            draft = EventDraft.From(answer.Value!);
        }
    }

    private Task MovedAsync(SchedulerAppointmentMoveEventArgs moved) => moved.Appointment?.Data is Slot slot ? ShiftAsync(slot, moved.TimeSpan, moved.TimeSpan) : Task.CompletedTask;

    private Task ResizedAsync(SchedulerAppointmentResizeEventArgs resized) =>
        resized.Appointment?.Data is Slot slot ? ShiftAsync(slot, resized.Start - slot.Start, resized.End - slot.End) : Task.CompletedTask;

    /// <summary>Dragged or stretched: one event changes, a repeating one with all its occurrences; undo puts it back.</summary>
    private async Task ShiftAsync(Slot slot, TimeSpan byStart, TimeSpan byEnd)
    {
        if (!IsEditor || (byStart == TimeSpan.Zero && byEnd == TimeSpan.Zero))
        {
            return;
        }

        var before = await Client.GetAsync(slot.Of.EventId, Closed);
        if (!Accept(before))
        {
            return;
        }

        var draft = EventDraft.From(before.Value!);
        var (start, end) = (draft.StartLocal!.Value + byStart, draft.EndLocal!.Value + byEnd);
        draft.Recurrence = draft.Recurrence.Moved(draft.StartDay!.Value, DateOnly.FromDateTime(start));
        (draft.StartDay, draft.Start) = (DateOnly.FromDateTime(start), TimeOnly.FromDateTime(start));
        (draft.EndDay, draft.End) = (DateOnly.FromDateTime(end), TimeOnly.FromDateTime(end));

        var answer = await Client.UpdateAsync(slot.Of.EventId, draft.ToInput());
        if (Accept(answer))
        {
            Toasts.Done(T["schedule.moved", draft.Title], async () =>
            {
                var back = EventDraft.From(before.Value!);
                back.Revision = answer.Value!.Revision;
                Accept(await Client.UpdateAsync(slot.Of.EventId, back.ToInput()));
                await ReloadAsync();
            });
        }

        await ReloadAsync();
    }

    private static void Colour(SchedulerAppointmentRenderEventArgs<Slot> render)
    {
        if (render.Data?.Of is not { } occurrence)
        {
            return;
        }

        render.Attributes["class"] = $"event p{occurrence.Priority switch { >= 70 => "high", >= 40 => "normal", _ => "low" }}";
        render.Attributes["title"] = $"{occurrence.Title} · {occurrence.PlaylistName} · {occurrence.ScopeName}";
        render.Attributes["data-testid"] = "event";
    }

    private Task SavedAsync()
    {
        draft = null;
        Toasts.Done(T["common.saved"]);
        return ReloadAsync();
    }

    private async Task DeleteAsync(EventDraft gone)
    {
        if (Accept(await Client.DeleteAsync(gone.Id!.Value)))
        {
            draft = null;
            Toasts.Done(T["schedule.deleted", gone.Title], async () =>
            {
                gone.Revision = null;
                Accept(await Client.CreateAsync(gone.ToInput()));
                await ReloadAsync();
            });
            await ReloadAsync();
        }
    }
}
