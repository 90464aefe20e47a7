namespace Kiosk.Admin.Shared;

internal enum ToastKind
{
    Done,
    Attention,
}

internal sealed record Toast(int Id, ToastKind Kind, string Text, Func<Task>? Undo);

/// <summary>Short words about what just happened, with a way back where there is one.</summary>
internal sealed class Toasts(TimeProvider clock)
{
    private const int Most = 2;
    private readonly List<Toast> toasts = [];
    private int lastId;

    public event Action? Changed;

    public IReadOnlyList<Toast> Current => toasts;

    public void Done(string text, Func<Task>? undo = null) => Show(ToastKind.Done, text, undo);

    public void Attention(string text) => Show(ToastKind.Attention, text, null);

    public void Dismiss(Toast toast)
    {
        if (toasts.Remove(toast))
        {
            Changed?.Invoke();
        }
    }

    private void Show(ToastKind kind, string text, Func<Task>? undo)
    {
        var toast = new Toast(++lastId, kind, text, undo);
        // Old news makes room, except while it offers a way back.
        while (toasts.Count >= Most && toasts.Find(old => old.Undo is null) is { } old)
        {
            toasts.Remove(old);
        }

        toasts.Add(toast);
        Changed?.Invoke();
        _ = DismissLaterAsync(toast);
    }

    private async Task DismissLaterAsync(Toast toast)
    {
        await Task.Delay(TimeSpan.FromSeconds(toast.Undo is null ? 5 : 10), clock);
        Dismiss(toast);
    }
}
