using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Commands;

/// <summary>What may be asked by whom and how a command goes on. Pure.</summary>
internal static class CommandRules
{
    public const int CodeLength = 60;

    /// <summary>How long pictures and lines of logs are kept.</summary>
    public static readonly TimeSpan ContentKept = TimeSpan.FromDays(7);

    /// <summary>How long it is known who asked a display for what.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(500);

    /// <summary>A display that took a command and says nothing for so long after its expiry is not at it any more.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(15);

    /// <summary>No answer came; the display may still say what it did.</summary>
    public const string NoAnswer = "no_answer";

    /// <summary>Who sees a screen or finds it changes nothing there.</summary>
    public static OperatorRole RoleFor(string kind) =>
        kind is DeviceCommandKinds.Identify or DeviceCommandKinds.Screenshot ? OperatorRole.Secretary : OperatorRole.Admin;

    /// <summary>How long a command may wait: what only helps whoever is standing there now is soon pointless, what mends a display is not.</summary>
    public static TimeSpan WaitsFor(string kind) => kind switch
    {
        DeviceCommandKinds.Identify => TimeSpan.FromMinutes(5),
        DeviceCommandKinds.Screenshot => TimeSpan.FromMinutes(15),
        DeviceCommandKinds.ClearCache or DeviceCommandKinds.LogExcerpt => TimeSpan.FromHours(24),
        _ => TimeSpan.FromHours(1),
    };

    /// <summary>Whether the display itself has said how it ended. What the hub only supposed gives way to the display's word: it may have begun before it could say so.</summary>
    public static bool IsFinal(DisplayCommandState state, string? code) =>
        state is DisplayCommandState.Done || (state is DisplayCommandState.Failed && code != NoAnswer);

    /// <summary>Takes the display's word; false when it changes nothing.</summary>
    public static bool Take(DisplayCommand command, CommandReport report, string? code, string? detail, string? log, DateTimeOffset now)
    {
        if (IsFinal(command.State, command.Code) || (report.State is CommandReportState.Running && command.State is DisplayCommandState.Delivered))
        {
            return false;
        }

        if (report.State is CommandReportState.Expired && command.State is (DisplayCommandState.Expired or DisplayCommandState.Cancelled or DisplayCommandState.Superseded))
        {
            return false;
        }

        command.DeliveredAt ??= now;
        command.State = report.State switch
        {
            CommandReportState.Running => DisplayCommandState.Delivered,
            CommandReportState.Done => DisplayCommandState.Done,
            CommandReportState.Expired => DisplayCommandState.Expired,
            _ => DisplayCommandState.Failed,
        };
        (command.Code, command.Detail, command.Log) = (report.State is CommandReportState.Refused ? code ?? "refused" : code, detail, log);
        command.FinishedAt = command.State is DisplayCommandState.Delivered ? null : now;
        return true;
    }

    /// <summary>What the passing of time alone makes of a command; false when nothing.</summary>
    public static bool Pass(DisplayCommand command, DateTimeOffset now)
    {
        if (command.State is DisplayCommandState.Queued && command.Expiry <= now)
        {
            (command.State, command.FinishedAt) = (DisplayCommandState.Expired, now);
            return true;
        }

        if (command.State is DisplayCommandState.Delivered && command.Expiry + Silence <= now)
        {
            (command.State, command.Code, command.FinishedAt) = (DisplayCommandState.Failed, NoAnswer, now);
            return true;
        }

        return false;
    }
}
