namespace Kiosk.Hub.Shared;

/// <summary>What the loops of background services ask: one that lets anything out stops the whole hub.</summary>
internal static class Faults
{
    /// <summary>Anything but the end of the service itself; also a cancellation nobody asked the service for, such as a driver's own time limit.</summary>
    public static bool IsFault(this Exception exception, CancellationToken stopping) => exception is not OperationCanceledException || !stopping.IsCancellationRequested;
}
