using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
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
    private int version;

    private protected override IReadOnlyList<string> Topics { get; } = [Contracts.Operator.Topics.Schedule];

    /// <summary>An occurrence as the calendar reads it by name.</summary>
    public sealed record Slot(ScheduleOccurrence Of)
    {
        public DateTime Start => Of.StartLocal;

        public DateTime End => Of.EndLocal;

        public string Text => Of.Title;
    }

    protected override void OnInitialized()
    {
        base.OnInitialized();
        shown = Times.LocalNow().Date;
        from = DateOnly.FromDateTime(shown).AddDays(-7);
        to = from.AddDays(21);
    }

    private protected override async Task LoadAsync(CancellationToken cancel)
    {
        displays = (await Displays.ListAsync(Workspace.OrgUnitId, null, 0, 200, cancel)).Value?.Items ?? displays;
        chosen = displays.Any(display => display.Id == chosen) ? chosen : displays.Count > 0 ? displays[0].Id : default;
        await ReadAsync(cancel);
        version++;
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

        (from, to) = (first, last);
        return Workspace.OrgUnit is null ? Task.CompletedTask : ReadAsync(Closed);
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

    private async Task SelectedAsync(SchedulerAppointmentSelectEventArgs<Slot> selected)
    {
        if (selected.Data?.Of is not { } occurrence)
        {
            return;
        }

        var answer = await Client.GetAsync(occurrence.EventId, Closed);
        if (Accept(answer))
        {
            draft = EventDraft.From(answer.Value!);
        }
    }

    /// <summary>Dragged: one event moves, a repeating one with all its occurrences; undo puts it back.</summary>
    private async Task MovedAsync(SchedulerAppointmentMoveEventArgs moved)
    {
        if (!IsEditor || moved.Appointment?.Data is not Slot slot || moved.TimeSpan == TimeSpan.Zero)
        {
            return;
        }

        var before = await Client.GetAsync(slot.Of.EventId, Closed);
        if (!Accept(before))
        {
            return;
        }

        var draft = EventDraft.From(before.Value!);
        var start = draft.StartLocal!.Value + moved.TimeSpan;
        draft.MoveStart(DateOnly.FromDateTime(start), TimeOnly.FromDateTime(start));
        if (draft.Recurrence is { Repeat: Repeat.Weekly, Days.Count: 1 })
        {
            draft.Recurrence = draft.Recurrence with { Days = [start.DayOfWeek] };
        }

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
