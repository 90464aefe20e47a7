using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace Kiosk.Admin.Features.Playlists;

public sealed partial class PlaylistEditor
{
    private readonly Form form = new();
    private PlaylistDraft? draft;
    private Guid orgUnit;
    private bool picking;
    private bool nesting;
    private bool deleting;
    private string? leavingTo;
    private Problem? deleteProblem;
    private ElementReference list;
    private DotNetObjectReference<PlaylistEditor>? self;
    private IJSObjectReference? sorting;

    [Parameter]
    public Guid? Id { get; set; }

    private protected override object? Subject => Id;

    private protected override async Task LoadAsync(CancellationToken cancel)
    {
        // What is being edited is never overwritten by news from the hub; saving tells of a conflict.
        if (draft is { Dirty: true })
        {
            return;
        }

        if (Id is not { } id)
        {
            (draft, orgUnit) = (draft ?? new PlaylistDraft(), Workspace.OrgUnitId);
        }
        else if (Take(await Client.GetAsync(id, cancel)) is { } detail)
        {
            (draft, orgUnit) = (PlaylistDraft.From(detail), detail.OrgUnitId);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (draft is not null && self is null && IsEditor)
        {
            self = DotNetObjectReference.Create(this);
            sorting = await Browser.SortableAsync(list, self);
        }
    }

    [JSInvokable]
    public void Moved(int from, int to) => Move(from, to);

    private void Move(int from, int to)
    {
        draft?.Move(from, to);
        StateHasChanged();
    }

    private void Touch() => draft!.Dirty = true;

    private void Renamed(ChangeEventArgs typed)
    {
        draft!.Name = typed.Value?.ToString() ?? "";
        Touch();
    }

    private void Remove(DraftEntry entry)
    {
        var index = draft!.Remove(entry);
        Toasts.Done(T["playlist.removed", entry.Title], () =>
        {
            draft?.Insert(index, entry);
            StateHasChanged();
            return Task.CompletedTask;
        });
    }

    private void Pick(MediaSummary media)
    {
        draft!.Add(media);
        Toasts.Done(T["playlist.added", media.Name]);
    }

    private void Nest(PlaylistSummary playlist)
    {
        draft!.Add(playlist);
        nesting = false;
    }

    private Task SaveAsync() => SaveAsync(draft!.Revision);

    private async Task SaveAsync(int? revision)
    {
        form.Begin();
        form.Require(draft!.Name.Trim().Length > 0, "Name", T["field.name_missing"]);
        var input = draft.ToInput(orgUnit, revision);
        var saved = await form.SendAsync(() => Id is { } id ? Client.UpdateAsync(id, input) : Client.CreateAsync(input));
        if (saved is null)
        {
            return;
        }

        var isNew = Id is null;
        draft = PlaylistDraft.From(saved);
        Toasts.Done(T["common.saved"]);
        if (isNew)
        {
            Nav.NavigateTo($"playlists/{saved.Id}", replace: true);
        }
    }

    private async Task TakeTheirsAsync()
    {
        draft!.Dirty = false;
        form.Begin();
        await ReloadAsync();
    }

    private async Task KeepMineAsync()
    {
        if ((await Client.GetAsync(Id!.Value, Closed)).Value is { } theirs)
        {
            await SaveAsync(theirs.Revision);
        }
    }

    private async Task DeleteAsync()
    {
        var answer = await Client.DeleteAsync(Id!.Value);
        deleteProblem = answer.Problem;
        if (answer.Ok)
        {
            draft!.Dirty = false;
            Toasts.Done(T["playlist.deleted", draft.Name]);
            Nav.NavigateTo("playlists");
        }
    }

    private void GuardAsync(LocationChangingContext leaving)
    {
        if (draft is { Dirty: true })
        {
            leaving.PreventNavigation();
            leavingTo = leaving.TargetLocation;
        }
    }

    private void Leave()
    {
        draft!.Dirty = false;
        Nav.NavigateTo(leavingTo!);
    }

    protected override void Dispose(bool disposing)
    {
        _ = sorting?.InvokeVoidAsync("release").AsTask();
        self?.Dispose();
        base.Dispose(disposing);
    }
}
