namespace Kiosk.Contracts.Devices;

/// <summary>What became of a command. Sent again until it is confirmed; the last word counts.</summary>
/// <param name="Code">Why not, as a stable code, e.g. <c>unsupported personal_session interrupted no_answer</c>.</param>
/// <param name="Detail">A few words for a person, at most <see cref="DetailLimit"/> characters; never personal data.</param>
/// <param name="Log">With <see cref="DeviceCommandKinds.LogExcerpt"/>: at most <see cref="LogLimit"/> characters.</param>
public sealed record CommandReport(Guid Id, CommandReportState State, string? Code = null, string? Detail = null, string? Log = null)
{
    public const int DetailLimit = 300;
    public const int LogLimit = 64 * 1024;

    /// <summary>Most bytes of a picture.</summary>
    public const int PictureLimit = 1024 * 1024;

    /// <summary>Most pixels a picture is wide; and twice as many high.</summary>
    public const int PictureWidth = 1280;
}

public enum CommandReportState
{
    /// <summary>Taken and written down; it is being done.</summary>
    Running,
    Done,
    Failed,

    /// <summary>It came too late and was not begun.</summary>
    Expired,

    /// <summary>This player does not know it or will not do it.</summary>
    Refused,
}
