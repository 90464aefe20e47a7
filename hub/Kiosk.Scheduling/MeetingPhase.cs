namespace Kiosk.Scheduling;

/// <summary>How far a meeting is.</summary>
public enum MeetingPhase
{
    /// <summary>From check-in opens until the start: countdown and code.</summary>
    Before,

    /// <summary>From the start until the end, or until the host closes it.</summary>
    During,

    /// <summary>Ten minutes of thanks.</summary>
    After,

    /// <summary>It does not take place: whoever comes all the same reads so, until half an hour after the start.</summary>
    Cancelled,
}
