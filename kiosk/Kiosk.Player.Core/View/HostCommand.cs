namespace Kiosk.Player.Core.View;

/// <summary>What somebody does on the host panel.</summary>
/// <param name="Text">The PIN; the title of a meeting to start.</param>
/// <param name="Number">Minutes to extend; index of a point of the agenda shown; index of a session.</param>
/// <param name="UnitId">Unit of a meeting to start.</param>
/// <param name="Type">Type of a meeting to start.</param>
public sealed record HostCommand(HostCommandKind Kind, string? Text = null, int? Number = null, Guid? UnitId = null, string? Type = null);

public enum HostCommandKind
{
    /// <summary>Asks for the host's card.</summary>
    Open,

    /// <summary>Ends the session.</summary>
    Leave,

    /// <summary>Somebody is still there.</summary>
    Touch,
    Pin,
    Start,
    Begin,
    Extend,
    Agenda,
    Count,
    CountEnd,
    TakeOver,
    Close,
    Reopen,

    /// <summary>Another session of the evening.</summary>
    Session,
}
