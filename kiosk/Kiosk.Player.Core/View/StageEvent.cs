namespace Kiosk.Player.Core.View;

/// <summary>What a renderer tells the player.</summary>
/// <param name="Id">Play id, notice id or veil the event is about.</param>
/// <param name="Version">Notice version, else 0.</param>
/// <param name="Code">Reason of a failure, e.g. <c>decode_error</c>, <c>stalled</c>.</param>
public sealed record StageEvent(StageEventKind Kind, Guid? Id = null, int Version = 0, string? Code = null, string? Detail = null);

public enum StageEventKind
{
    /// <summary>The renderer is up and holds a view.</summary>
    Ready,

    /// <summary>A play's first frame is on screen.</summary>
    Started,

    /// <summary>A play ended by itself or its time was over.</summary>
    Ended,

    /// <summary>A play could not be shown; the stage has gone on to the next.</summary>
    Failed,

    /// <summary>A notice was painted (after an animation frame with it in the layout).</summary>
    NoticePainted,

    /// <summary>What people look like to the camera is covered, as <see cref="StageView.Veil"/> asked.</summary>
    Veiled,

    /// <summary>Sent every 2 s while frames are being made; its absence for 6 s restarts the renderer.</summary>
    Heartbeat,
}
