using System.Globalization;

namespace Kiosk.Player.Start;

/// <summary>What the service manager that started the player wants to hear.</summary>
/// <param name="Address">Its socket; null when nobody listens.</param>
/// <param name="SignEvery">Half of what it allows between two signs of life; null when it does not watch.</param>
internal sealed record ServiceWatch(string? Address, TimeSpan? SignEvery)
{
    public static ServiceWatch FromEnvironment() => new(
        Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is { Length: > 0 } address ? address : null, Half(Environment.GetEnvironmentVariable("WATCHDOG_USEC")));

    public static TimeSpan? Half(string? watchdogMicroseconds) =>
        long.TryParse(watchdogMicroseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds / 2)
            : null;
}
