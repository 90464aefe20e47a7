namespace Kiosk.Player.Core.Clocks;

/// <summary>The operating system's run: its id, and a clock that only goes forward while it lasts.</summary>
internal interface IBoot
{
    string Id { get; }

    long MonotonicMs { get; }
}
