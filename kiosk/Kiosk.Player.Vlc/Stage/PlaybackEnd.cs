using System.Globalization;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>Knows when the shown play is over: by its time, by its last picture, or because its picture stands still.</summary>
/// <param name="follower">Gives the play that is prepared to follow, or null.</param>
/// <param name="onEnd">Called once or more often when a play is over.</param>
/// <param name="onStall">Called when a clip or stream stands still although it should move, with where it stands.</param>
internal sealed class PlaybackEnd(StageLoop loop, Func<Layer?> follower, Action<Layer> onEnd, Action<string> onStall) : IDisposable
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan DefaultTime = TimeSpan.FromSeconds(10);

    /// <summary>From bringing a clip to the front to the end of what it lies over.</summary>
    private static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(15);

    /// <summary>From letting a clip run to its second picture: libvlc counts from when it would have shown the first.</summary>
    private static readonly TimeSpan Roll = TimeSpan.FromMilliseconds(90);

    private IDisposable? due;
    private IDisposable? watch;
    private Layer? layer;
    private int pictures;
    private long movedAt;

    /// <summary>False when pictures should move and have not for longer than is called a stall.</summary>
    public bool Alive => layer is not { Moves: true, Ended: false } || loop.Clock.GetElapsedTime(movedAt) < StallLimit + TimeSpan.FromSeconds(2);

    /// <summary>Time the shown play still has; null when nothing says.</summary>
    public TimeSpan? Left => layer is null ? null : TimeFor(layer) is { } time ? time - loop.Clock.GetElapsedTime(layer.StartedAt) : layer.Left;

    public void Cancel()
    {
        layer = null;
        due?.Dispose();
        due = null;
    }

    /// <summary>Watches this play until another is watched or nothing is.</summary>
    public void Watch(Layer shown)
    {
        Cancel();
        layer = shown;
        (pictures, movedAt) = (shown.Pictures, loop.Now);
        if (TimeFor(shown) is { } time)
        {
            After(time - Roll, () =>
            {
                LetRoll();
                After(time - loop.Clock.GetElapsedTime(shown.StartedAt), () => onEnd(shown));
            });
        }
        else
        {
            ByPictures(shown);
        }

        watch ??= loop.After(TimeSpan.FromSeconds(1), CheckMoving);
    }

    public void Dispose()
    {
        Cancel();
        watch?.Dispose();
    }

    private static TimeSpan? TimeFor(Layer shown) => shown.Item.DurationMs is { } ms and > 0
        ? TimeSpan.FromMilliseconds(ms)
        : shown.Moves ? null : DefaultTime;

    /// <summary>Near its end a clip hands over a moment early, so that the next one's pictures follow its last without a pause.</summary>
    private void ByPictures(Layer shown)
    {
        if (layer != shown || shown.Removed || shown.Ended)
        {
            return;
        }

        var left = shown.Left ?? TimeSpan.FromSeconds(1);
        if (left > TimeSpan.FromSeconds(1))
        {
            After(left - TimeSpan.FromMilliseconds(700), () => ByPictures(shown));
        }
        else if (left > Lead + Roll)
        {
            After(TimeSpan.FromMilliseconds(Math.Min((left - Lead - Roll).TotalMilliseconds, 100)), () => ByPictures(shown));
        }
        else if (left > Lead)
        {
            LetRoll();
            After(TimeSpan.FromMilliseconds(Math.Min((left - Lead).TotalMilliseconds, 100)), () => ByPictures(shown));
        }
        else if (follower() is { Ready: true } && shown.Left is not null)
        {
            onEnd(shown);
        }
    }

    private void LetRoll()
    {
        if (follower() is { Ready: true } next)
        {
            next.Roll();
        }
    }

    private void CheckMoving()
    {
        watch = loop.After(TimeSpan.FromSeconds(1), CheckMoving);
        if (layer is not { Moves: true, Ended: false } shown)
        {
            return;
        }

        var now = shown.Pictures;
        if (now != pictures)
        {
            (pictures, movedAt) = (now, loop.Now);
        }
        else if (loop.Clock.GetElapsedTime(movedAt) > StallLimit)
        {
            onStall(string.Create(CultureInfo.InvariantCulture, $"after {now} pictures"));
        }
    }

    private void After(TimeSpan delay, Action action)
    {
        due?.Dispose();
        due = loop.After(delay < TimeSpan.Zero ? TimeSpan.Zero : delay, action);
    }
}
