using Kiosk.Contracts.Devices;

namespace Kiosk.Player.Core.Clocks;

/// <param name="Now">Corrected time; with <see cref="ClockState.Unknown"/> the latest time known to have passed.</param>
internal readonly record struct ClockReading(DateTimeOffset Now, ClockState State);
