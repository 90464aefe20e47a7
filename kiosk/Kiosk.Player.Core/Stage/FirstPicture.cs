using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Stage;

/// <summary>
/// A start shows first what is here, and looks for the hub then: both at once want the same two cores, and somebody stands before the screen. A renderer that
/// does not come up holds nothing up for long.
/// </summary>
internal sealed class FirstPicture(TimeProvider time)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource stands = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A renderer's heart beats from its second frame on.</summary>
    public void Look(StageEvent seen)
    {
        if (seen.Kind is StageEventKind.Heartbeat)
        {
            stands.TrySetResult();
        }
    }

    public async Task AwaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await stands.Task.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The hub may know why.
        }
    }
}
