using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.Components;

namespace Kiosk.Admin.Shared;

/// <summary>A page that reads from the hub, follows the org unit chosen, and reads again when the hub says so.</summary>
public abstract class PageBase : Piece, IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private CancellationTokenSource? pending;
    private object? loadedFor;
    private ITimer? heartbeat;

    [Inject]
    internal Workspace Workspace { get; set; } = default!;

    [Inject]
    internal LiveUpdates Live { get; set; } = default!;

    [Inject]
    internal Toasts Toasts { get; set; } = default!;

    [Inject]
    internal Browser Browser { get; set; } = default!;

    [Inject]
    internal NavigationManager Nav { get; set; } = default!;

    [Inject]
    internal TimeProvider Clock { get; set; } = default!;

    private protected bool Loaded { get; private set; }

    private protected Problem? Problem { get; set; }

    private protected CancellationToken Closed => closed.Token;

    private protected bool IsAdmin => Workspace.Can(OperatorRole.Admin);

    private protected bool IsEditor => Workspace.Can(OperatorRole.Editor);

    private protected bool IsHost => Workspace.Can(OperatorRole.Host);

    /// <summary>Topics that make the page read again.</summary>
    private protected virtual IReadOnlyList<string> Topics => [];

    /// <summary>What the page is about; another value reads again.</summary>
    private protected virtual object? Subject => null;

    /// <summary>How often to read again although nobody said so; none by default.</summary>
    private protected virtual TimeSpan? Refresh => null;

    private protected abstract Task LoadAsync(CancellationToken cancel);

    private protected async Task ReloadAsync()
    {
        if (closed.IsCancellationRequested || Workspace.OrgUnit is null)
        {
            return;
        }

        pending?.Cancel();
        pending?.Dispose();
        var mine = pending = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        try
        {
            await LoadAsync(mine.Token);
            Loaded = true;
        }
        catch (OperationCanceledException)
        {
            // The page was left, or a newer read is on its way.
        }

        if (!closed.IsCancellationRequested)
        {
            StateHasChanged();
        }
    }

    /// <summary>Takes the value, or keeps the problem to be shown.</summary>
    private protected TValue? Take<TValue>(Answer<TValue> answer)
    {
        Problem = answer.Problem;
        return answer.Value;
    }

    /// <summary>Says a refusal in a toast; true when there was none.</summary>
    private protected bool Accept<TValue>(Answer<TValue> answer)
    {
        if (answer.Problem is { } problem)
        {
            Toasts.Attention(problem.Detail ?? problem.Title);
        }

        return answer.Ok;
    }

    protected override void OnInitialized()
    {
        Live.Changed += OnChanged;
        Workspace.OrgUnitChanged += OnOrgUnitChanged;
        Workspace.SessionChanged += OnOrgUnitChanged;
        if (Refresh is { } every)
        {
            heartbeat = Clock.CreateTimer(_ => _ = InvokeAsync(ReloadAsync), null, every, every);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!Loaded || !Equals(loadedFor, Subject))
        {
            loadedFor = Subject;
            await ReloadAsync();
        }
    }

    private void OnChanged(string? topic, Guid? id)
    {
        if (topic is null || Topics.Contains(topic))
        {
            _ = InvokeAsync(ReloadAsync);
        }
    }

    private void OnOrgUnitChanged() => _ = InvokeAsync(OrgUnitChangedAsync);

    /// <summary>Pages with a position in a list start again from the first row.</summary>
    private protected virtual Task OrgUnitChangedAsync() => ReloadAsync();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Live.Changed -= OnChanged;
        Workspace.OrgUnitChanged -= OnOrgUnitChanged;
        Workspace.SessionChanged -= OnOrgUnitChanged;
        heartbeat?.Dispose();
        closed.Cancel();
        pending?.Dispose();
        closed.Dispose();
    }
}
