using Kiosk.Contracts.Devices;

namespace Kiosk.Player.Core.Commands;

/// <summary>How a command ended. The rest is as in <see cref="CommandReport"/>.</summary>
internal sealed record CommandOutcome(CommandReportState State, string? Code = null, string? Detail = null, string? Log = null)
{
    public static CommandOutcome Done { get; } = new(CommandReportState.Done);

    /// <summary>This player cannot.</summary>
    public static CommandOutcome Unsupported { get; } = new(CommandReportState.Refused, "unsupported");

    public static CommandOutcome Failed(string code, string? detail = null) => new(CommandReportState.Failed, code, detail);

    public CommandReport ReportOf(Guid id) => new(id, State, Code, Detail is { Length: > CommandReport.DetailLimit } ? Detail[..CommandReport.DetailLimit] : Detail, Log);
}
