using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Touch;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;

namespace Kiosk.Player.Core.Stage;

/// <summary>Everything a view is made of, read once.</summary>
/// <param name="Journalled">Members of a meeting that are only in this kiosk's journal.</param>
internal sealed record StageInputs(
    PlayerOptions Options,
    ClockReading Clock,
    PlayerDocuments? Documents,
    Resolution? Resolution,
    PlaybackView Playback,
    bool HubReachable,
    PairingView? Pairing,
    RefusalView? LinkProblem,
    CheckInView? CheckIn,
    Func<Guid, IReadOnlyCollection<Guid>> Journalled,
    Func<string, bool> IsMediaReady,
    TouchVisit? Visit = null,
    TouchRoom? Room = null,
    HostPanelView? Host = null,
    IdentifyView? Identify = null,
    bool Waking = false);
