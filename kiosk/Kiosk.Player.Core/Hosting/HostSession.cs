using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Hosting;

/// <summary>One opening of the host panel. Immutable; nothing of it outlives the process.</summary>
/// <param name="Touched">Timestamp of the last sign of somebody.</param>
/// <param name="At">The same as an instant, for the screen.</param>
internal sealed record HostSession(HostStep Step, long Touched, DateTimeOffset At)
{
    /// <summary>How long each step waits for somebody, and how long before its end it asks.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromSeconds(45);

    public static readonly TimeSpan Works = TimeSpan.FromSeconds(120);

    public static readonly TimeSpan Asks = TimeSpan.FromSeconds(20);

    public string? Card { get; init; }

    public CheckInCard? Read { get; init; }

    public RoomHost? Host { get; init; }

    public string? Code { get; init; }

    public bool Busy { get; init; }

    public HostActionKind? Done { get; init; }

    public TimeSpan Limit => Step == HostStep.Menu ? Works : Waits;
}
