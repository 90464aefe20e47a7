namespace Kiosk.Admin.Shared;

/// <summary>Asks the person at the page to show once more who they are; one question at a time, however many requests wait for it.</summary>
internal sealed class StepUp
{
    private TaskCompletionSource<bool>? asked;

    /// <summary>A question was put or answered.</summary>
    public event Action? Changed;

    public bool Asking => asked is not null;

    /// <summary>True once the person has shown it, false when they would rather not.</summary>
    public Task<bool> AskAsync()
    {
        if (Changed is null)
        {
            // No page that could ask, e.g. before anybody is signed in.
            return Task.FromResult(false);
        }

        asked ??= new TaskCompletionSource<bool>();
        Changed.Invoke();
        return asked.Task;
    }

    public void Answer(bool shown)
    {
        var waiting = asked;
        asked = null;
        Changed?.Invoke();
        waiting?.TrySetResult(shown);
    }
}
