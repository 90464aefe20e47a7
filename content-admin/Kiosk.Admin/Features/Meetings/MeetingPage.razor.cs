using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;

namespace Kiosk.Admin.Features.Meetings;

public sealed partial class MeetingPage
{
    // As early as a meeting may begin.
    private static readonly TimeSpan RunFrom = TimeSpan.FromHours(3);

    private MeetingDetail? meeting;
    private MeetingRunView? run;
    private int version;
    private string part = "wall";
    private (Guid, string?) asked;
    private bool helping;
    private bool editing;
    private AttendanceRow? preset;
    private AttendanceRow? undoing;
    private string undoReason = "";
    private string? undoError;
    private string cancelReason = "";
    private string? asking;
    private Problem? actionProblem;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>"leave" opens the requests, "makeup" what was handed in.</summary>
    [SupplyParameterFromQuery]
    public string? Part { get; set; }

    // The hub counts from the close itself; check-in may have closed long before.
    private bool MayReopen => meeting?.Summary.State is MeetingState.Closed && run?.MeetingId == Id && run.ReopenUntil > Clock.GetUtcNow();

    private CheckInOffer Offer => meeting is { Summary: var summary } ? CheckInOffers.Of(summary, Clock.GetUtcNow()) : CheckInOffer.None;

    private string? HostText => (meeting?.HostName, meeting?.Hosts) switch
    {
        ({ } function, { Count: > 0 } hosts) => $"{function} {string.Join(T["people.separator"], hosts.Select(host => host.Name))}",
        ({ } function, _) => function,
        (_, { Count: > 0 } hosts) => string.Join(T["people.separator"], hosts.Select(host => host.Name)),
        _ => null,
    };

    private string? Note => (Offer, meeting!.Summary) switch
    {
        (_, { State: MeetingState.Cancelled }) => null,
        (CheckInOffer.None, { State: MeetingState.Scheduled } coming) => T["checkin.opens_at", Times.Near(coming.CheckInOpens, coming.TimeZone)],
        (CheckInOffer.Afterwards, var over) => T["checkin.closed_note", Times.Near(over.CheckInCloses, over.TimeZone)],
        _ => null,
    };

    private protected override object? Subject => Id;

    private protected override IReadOnlyList<string> Topics { get; } = [Contracts.Operator.Topics.Meetings];

    private protected override TimeSpan? Refresh => TimeSpan.FromSeconds(15);

    private protected override async Task LoadAsync(CancellationToken cancel)
    {
        meeting = Take(await Client.GetAsync(Id, cancel)) ?? meeting;
        version++;
    }

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        // A link may lead to another part of the meeting that is open already.
        if (asked != (Id, Part))
        {
            asked = (Id, Part);
            part = Part is "leave" or "makeup" or "minutes" or "materials" or "roster" ? Part : "wall";
        }
    }

    private void TakeBack(FlagSubject subject) =>
        undoing = new AttendanceRow(subject.MemberId, subject.Name, null, false, AttendanceState.Present, subject.At, subject.Method, null, null, 0, null);

    private void CheckIn(AttendanceRow row) => (preset, helping) = (row, true);

    private async Task ExitAsync(AttendanceRow row)
    {
        if (Accept(await Client.CheckInAsync(Id, new HelperCheckIn(row.MemberId, T["exit.reason"], Exit: true))))
        {
            Toasts.Done(T["exit.done", row.Name]);
        }

        await ReloadAsync();
    }

    private void CloseHelper() => (preset, helping) = (null, false);

    private void CloseQuestions() => (undoing, asking, actionProblem, undoError, undoReason) = (null, null, null, null, "");

    private async Task UndoAsync()
    {
        undoError = undoReason.Trim().Length == 0 ? T["checkin.reason_missing"] : null;
        if (undoError is not null)
        {
            return;
        }

        var answer = await Client.UndoAsync(Id, new UndoCheckIn(undoing!.MemberId, undoReason.Trim()));
        actionProblem = answer.Problem;
        if (answer.Ok)
        {
            Toasts.Done(T["checkin.undone", undoing.Name]);
            CloseQuestions();
            await ReloadAsync();
        }
    }

    private async Task EndAsync()
    {
        var closing = asking == "close";
        var answer = closing ? await Client.CloseAsync(Id) : await Client.CancelAsync(Id, cancelReason.Trim().Length > 0 ? cancelReason.Trim() : null);
        actionProblem = answer.Problem;
        if (answer.Ok)
        {
            Toasts.Done(T[$"meeting.{asking}_done"], closing ? ReopenAsync : null);
            CloseQuestions();
            await ReloadAsync();
        }
    }

    private async Task ReopenAsync()
    {
        if (Accept(await Client.ReopenAsync(Id)))
        {
            Toasts.Done(T["meeting.reopened"]);
        }

        await ReloadAsync();
    }

    private Task SavedAsync(MeetingDetail saved)
    {
        (editing, meeting) = (false, saved);
        Toasts.Done(T["common.saved"]);
        return ReloadAsync();
    }
}
