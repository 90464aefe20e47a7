using Kiosk.Player.Browser;

namespace Kiosk.Player.Start;

/// <summary>
/// Whether this version of the player works: its page has made frames and everything behind the page has run without breaking for a while.
/// A page alone would not do: it paints although the player behind it breaks over and over.
/// </summary>
internal sealed class CameUp(RendererPulse pulse, AppOptions options, TimeProvider time)
{
    public static readonly TimeSpan Steady = TimeSpan.FromSeconds(5);

    private readonly Lock guard = new();
    private long? runsSince;

    public bool IsUp
    {
        get
        {
            lock (guard)
            {
                return (options.Window is WindowMode.None || pulse.IsUp) && runsSince is { } since && time.GetElapsedTime(since) >= Steady;
            }
        }
    }

    public void Began()
    {
        lock (guard)
        {
            runsSince = time.GetTimestamp();
        }
    }

    public void Broke()
    {
        lock (guard)
        {
            runsSince = null;
        }
    }
}
