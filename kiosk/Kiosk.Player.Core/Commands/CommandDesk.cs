using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Commands;

/// <summary>Takes commands as they come, by push or by Hello, and sees to it that each is done at most once and never too late.</summary>
internal sealed partial class CommandDesk(CommandLog log, Func<DeviceCommand, CancellationToken, Task<CommandOutcome>> act, PlayerClock clock, TimeProvider time, ILogger logger)
{
    /// <summary>A picture of the screen waits a minute and then goes over whatever line a village has.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly List<CommandReport> unwritten = [];

    /// <summary>Raised when there is something to tell the hub.</summary>
    public event Action? Changed;

    /// <summary>Takes what came. Returns at once; each is done on its own.</summary>
    public void Take(IReadOnlyList<DeviceCommand> commands, CancellationToken cancellationToken)
    {
        var received = time.GetTimestamp();
        foreach (var command in commands.Where(command => command is { Kind.Length: > 0 and <= 40 }))
        {
            _ = Task.Run(() => DoAsync(command, received, cancellationToken), CancellationToken.None);
        }
    }

    /// <summary>What is to be told, the written first.</summary>
    public IReadOnlyList<CommandReport> Untold()
    {
        lock (gate)
        {
            return [.. log.Untold(), .. unwritten];
        }
    }

    public void Told(CommandReport report)
    {
        lock (gate)
        {
            if (!unwritten.Remove(report))
            {
                log.Told(report);
            }
        }
    }

    public void Forget()
    {
        lock (gate)
        {
            unwritten.Clear();
            log.Forget();
        }
    }

    /// <summary>Too late: by the remaining time the hub sent, counted from the moment it came here, or by a clock that is the hub's.</summary>
    internal static bool IsExpired(DeviceCommand command, TimeSpan since, ClockReading reading) =>
        since.TotalMilliseconds >= command.RemainingMs || (reading.State is ClockState.Synced && reading.Now >= command.Expiry);

    internal async Task DoAsync(DeviceCommand command, long received, CancellationToken cancellationToken)
    {
        try
        {
            if (Begin(command, received) is not { } begun)
            {
                return;
            }

            Changed?.Invoke();
            if (!begun)
            {
                return;
            }
        }
        catch (SqliteException e)
        {
            // What cannot be written down is not done: it might be done twice.
            LogNotWritten(command.Kind, e.Message);
            TellUnwritten(CommandOutcome.Failed("disk_error", e.SqliteErrorCode.ToString(System.Globalization.CultureInfo.InvariantCulture)).ReportOf(command.Id));
            return;
        }

        try
        {
            Finish((await ActAsync(command, cancellationToken)).ReportOf(command.Id));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The player stops: at its next start it says how this ended.
        }
    }

    /// <summary>It is done, whether or not that can be written down.</summary>
    private void Finish(CommandReport report)
    {
        try
        {
            log.Finish(report);
            Changed?.Invoke();
        }
        catch (SqliteException)
        {
            TellUnwritten(report);
        }
    }

    private void TellUnwritten(CommandReport report)
    {
        lock (gate)
        {
            unwritten.Add(report);
        }

        Changed?.Invoke();
    }

    /// <summary>True to be done; false when it is over already, by being known or too late; null when another task has it.</summary>
    private bool? Begin(DeviceCommand command, long received)
    {
        lock (gate)
        {
            if (log.IsKnown(command.Id))
            {
                return false;
            }

            var reading = clock.Read();
            if (!log.Begin(command.Id, command.Kind, reading.Now))
            {
                return null;
            }

            if (IsExpired(command, time.GetElapsedTime(received), reading))
            {
                LogExpired(command.Kind);
                log.Finish(new CommandReport(command.Id, CommandReportState.Expired));
                return false;
            }

            LogTaken(command.Kind);
            return true;
        }
    }

    private async Task<CommandOutcome> ActAsync(DeviceCommand command, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await act(command, ending.Token);
        }
#pragma warning disable CA1031 // Whatever went wrong, whoever asked is told.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(command.Kind, e);
            return CommandOutcome.Failed("failed", e.GetType().Name);
        }
    }

    [LoggerMessage(5101, LogLevel.Information, "Command {Kind} taken")]
    private partial void LogTaken(string kind);

    [LoggerMessage(5102, LogLevel.Information, "Command {Kind} came too late and is not done")]
    private partial void LogExpired(string kind);

    [LoggerMessage(5103, LogLevel.Error, "Command {Kind} could not be written down and is not done: {Reason}")]
    private partial void LogNotWritten(string kind, string reason);

    [LoggerMessage(5104, LogLevel.Error, "Command {Kind} failed")]
    private partial void LogFailed(string kind, Exception fault);
}
