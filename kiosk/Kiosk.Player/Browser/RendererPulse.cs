namespace Kiosk.Player.Browser;

/// <summary>What the supervisor knows of the page: since when it was started, last beat, and since when nobody is connected.</summary>
internal sealed class RendererPulse(TimeProvider time)
{
    private readonly Lock guard = new();
    private RendererSigns signs = new(0, null, null);
    private int connections;

    /// <summary>The page that was started has made frames, or is back.</summary>
    public event Action? CameUp;

    /// <summary>Nobody is connected any more: most likely the page has died, and the browser shows its own sad face.</summary>
    public event Action? Left;

    /// <summary>True once the page that was started has made frames.</summary>
    public bool IsUp
    {
        get
        {
            lock (guard)
            {
                return signs.LastBeat is not null;
            }
        }
    }

    public void Started()
    {
        lock (guard)
        {
            signs = new RendererSigns(time.GetTimestamp(), null, null, signs is { StartedAt: not 0, LastBeat: null } ? signs.InVain + 1 : 0);
        }
    }

    public void Beat()
    {
        bool first;
        lock (guard)
        {
            first = signs.LastBeat is null;
            signs = signs with { LastBeat = time.GetTimestamp() };
        }

        if (first)
        {
            CameUp?.Invoke();
        }
    }

    public void Connected()
    {
        bool back;
        lock (guard)
        {
            connections++;
            back = signs.GoneSince is not null;
            signs = signs with { GoneSince = null };
        }

        if (back)
        {
            CameUp?.Invoke();
        }
    }

    public void Disconnected()
    {
        bool left;
        lock (guard)
        {
            connections--;
            left = connections == 0 && signs.LastBeat is not null;
            signs = left ? signs with { GoneSince = time.GetTimestamp() } : signs;
        }

        if (left)
        {
            Left?.Invoke();
        }
    }

    public RendererVerdict Judge()
    {
        lock (guard)
        {
            return signs.Judge(time.GetTimestamp(), time.TimestampFrequency);
        }
    }
}

internal enum RendererVerdict
{
    Fine,

    /// <summary>Never came up.</summary>
    Silent,

    /// <summary>Its connection dropped and did not come back: the renderer crashed.</summary>
    Gone,

    /// <summary>Connected, but no frames are made.</summary>
    Hung,
}

/// <param name="StartedAt">Ticks of the time provider, as all instants here.</param>
/// <param name="GoneSince">Since when no page is connected after one was up; else null.</param>
/// <param name="InVain">Starts just before this one of which nothing came.</param>
internal sealed record RendererSigns(long StartedAt, long? LastBeat, long? GoneSince, int InVain = 0)
{
    /// <summary>A machine that is slower than that is given twice as long the next time, and twice that: ended just before its picture came it would never show one.</summary>
    public static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    /// <summary>Three beats: with what a start takes it is back within ten seconds.</summary>
    public static readonly TimeSpan BeatLimit = TimeSpan.FromSeconds(6);

    /// <summary>A page that only lost its socket reconnects within a second.</summary>
    public static readonly TimeSpan GoneLimit = TimeSpan.FromSeconds(2);

    public RendererVerdict Judge(long now, long frequency)
    {
        TimeSpan Since(long instant) => TimeSpan.FromSeconds((double)(now - instant) / frequency);
        return this switch
        {
            { LastBeat: null } => Since(StartedAt) >= StartLimit * (1 << Math.Min(InVain, 2)) ? RendererVerdict.Silent : RendererVerdict.Fine,
            { GoneSince: { } gone } when Since(gone) >= GoneLimit => RendererVerdict.Gone,
            { LastBeat: { } beat } when Since(beat) >= BeatLimit => RendererVerdict.Hung,
            _ => RendererVerdict.Fine,
        };
    }
}
