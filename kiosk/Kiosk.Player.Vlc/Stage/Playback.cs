using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>
/// What is shown, and what comes next, prepared beneath it. Goes on by itself when the shown one ends, so that no round trip
/// stands between two items. What the view says is coming is prepared as well; a play named by the view that is nowhere
/// prepared is prepared and cut to. Lives on the stage's loop.
/// </summary>
/// <param name="report">Takes what was seen.</param>
/// <param name="changed">Called when something is shown that was not, or nothing any more.</param>
internal sealed class Playback(StagePlace place, Action<StageEvent> report, Action changed) : IDisposable
{
    /// <summary>A little longer than the player waits for a file before it names something surer.</summary>
    private static readonly TimeSpan HoldLast = TimeSpan.FromSeconds(9);

    /// <summary>A clip that has just begun fills its memory with pictures; what follows is prepared after that, not beside it.</summary>
    private static readonly TimeSpan SettlesIn = TimeSpan.FromSeconds(1.5);

    /// <summary>What was there stays beneath until the new picture has surely been drawn over it and runs.</summary>
    private static readonly TimeSpan LeavesIn = TimeSpan.FromSeconds(1);

    /// <summary>A stream runs from when it is made: not for the whole length of what stands before it.</summary>
    private static readonly TimeSpan StreamAhead = TimeSpan.FromSeconds(12);

    private readonly PlaybackReports reports = new(place, report);
    private PlaybackEnd? end;
    private Layer? prepared;
    private Layer? incoming;
    private Layer? coming;
    private (StageItem? Current, StageItem? Next, StageItem? Coming) wanted;
    private int volume;
    private IDisposable? holding;
    private IDisposable? later;

    public Layer? Shown { get; private set; }

    /// <summary>Pictures are being displayed, or none are due.</summary>
    public bool Alive => end is null || end.Alive;

    private PlaybackEnd End => end ??= new PlaybackEnd(place.Loop, () => prepared, Reach, at => Fail(Shown!, new MediaProblem("stalled", at)));

    public void SetVolume(int percent)
    {
        volume = percent;
        Shown?.SetVolume(percent);
    }

    /// <summary>Takes the newest wish.</summary>
    public void Show(StageItem? current, StageItem? next, StageItem? soon)
    {
        wanted = (current, next, soon);
        Settle();
    }

    public void Dispose()
    {
        end?.Dispose();
        later?.Dispose();
        holding?.Dispose();
        foreach (var layer in (Layer?[])[Shown, prepared, incoming, coming])
        {
            layer?.Remove();
        }
    }

    private void Settle()
    {
        var (current, next, soon) = wanted;
        if (current is null)
        {
            Drop(incoming);
            Drop(prepared);
            Clear();
            PrepareComing(soon);
            return;
        }

        if (current.PlayId != Shown?.Item.PlayId && !reports.IsOver(current))
        {
            if (current.PlayId != incoming?.Item.PlayId)
            {
                var waiting = new[] { prepared, coming }.FirstOrDefault(layer => layer?.Item.PlayId == current.PlayId) ?? Make(current);
                Drop(incoming);
                Release(waiting);
                incoming = waiting;
            }

            if (incoming!.Ready)
            {
                GoTo(incoming);
                return;
            }
        }
        else
        {
            Drop(incoming);
        }

        if (Settling() is { Ticks: > 0 } settling)
        {
            later?.Dispose();
            later = place.Loop.After(settling, Settle);
            return;
        }

        PrepareNext(next);
        PrepareComing(soon);
    }

    /// <summary>For how long the shown clip is still to have the machine for itself; a short one has no time to give.</summary>
    private TimeSpan Settling()
    {
        if (Shown is not { Moves: true, Ended: false } || End.Left is not { } left)
        {
            return TimeSpan.Zero;
        }

        var shown = place.Loop.Clock.GetElapsedTime(Shown.StartedAt);
        return shown + left > 3 * SettlesIn ? SettlesIn - shown : TimeSpan.Zero;
    }

    private void PrepareNext(StageItem? next)
    {
        // A view that still names as next what is already shown is one step behind; what is prepared stays.
        if (next?.PlayId == prepared?.Item.PlayId || (next is not null && IsKnown(next)))
        {
            return;
        }

        Drop(prepared);
        later?.Dispose();
        if (next is { Kind: PlaylistItemKind.Stream } && End.Left is { } left && left > StreamAhead)
        {
            later = place.Loop.After(left - StreamAhead, Settle);
            return;
        }

        prepared = next is null ? null : Make(next);
    }

    private void PrepareComing(StageItem? soon)
    {
        if (soon?.PlayId == coming?.Item.PlayId)
        {
            return;
        }

        Drop(coming);
        if (soon is not null && !IsKnown(soon) && soon.PlayId != prepared?.Item.PlayId)
        {
            coming = Make(soon);
        }
    }

    private bool IsKnown(StageItem item) => item.PlayId == Shown?.Item.PlayId || item.PlayId == incoming?.Item.PlayId || reports.IsOver(item);

    private Layer Make(StageItem item)
    {
        var layer = LayerFactory.Make(item, place);
        layer.ReachedEnd += () => Reach(layer);
        layer.Broke += problem => Fail(layer, problem);
        _ = PrepareAsync(layer);
        return layer;
    }

    private async Task PrepareAsync(Layer layer)
    {
        try
        {
            await layer.PrepareAsync();
        }
#pragma warning disable CA1031 // Whatever is wrong with one item, the screen goes on with the next.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!layer.Removed)
            {
                Fail(layer, e as MediaProblem ?? new MediaProblem("decode_error", e.Message));
            }

            return;
        }

        if (!layer.Removed && IsDue(layer))
        {
            GoTo(layer);
        }
    }

    /// <summary>Whether a play that has just become ready is to be shown at once.</summary>
    private bool IsDue(Layer layer) =>
        layer == incoming || (layer == prepared && incoming is null && Shown is null or { Ended: true });

    private void Fail(Layer layer, MediaProblem problem)
    {
        if (layer.Removed || reports.IsOver(layer.Item))
        {
            return;
        }

        reports.Failed(layer, problem);
        if (layer == Shown)
        {
            layer.Ended = true;
            Next();
            return;
        }

        var wasIncoming = layer == incoming;
        Drop(layer);
        if (wasIncoming)
        {
            if (Shown is not null)
            {
                // It was to be replaced anyway: whatever is ready first takes its place.
                Shown.Ended = true;
            }

            Next();
        }
    }

    /// <summary>The shown play is over: hand over to the prepared one, now or as soon as it is ready.</summary>
    private void Next()
    {
        if (new[] { incoming, prepared }.FirstOrDefault(layer => layer is { Ready: true }) is { } ready)
        {
            GoTo(ready);
        }
        else if (Shown is { } left)
        {
            holding?.Dispose();
            holding = place.Loop.After(HoldLast, () =>
            {
                // Nothing has come: rather the calm splash than a picture that stands for ever.
                if (Shown == left && left.Ended)
                {
                    Clear();
                }
            });
        }
    }

    private void GoTo(Layer layer)
    {
        holding?.Dispose();
        var old = Shown;
        old?.SetVolume(0);
        layer.Begin();
        place.Screen.Flush();
        Release(layer);
        Shown = layer;
        layer.StartedAt = place.Loop.Now;
        layer.SetVolume(volume);
        if (old is not null)
        {
            reports.Ended(old, old.Reached ? null : "cut");
            place.Loop.After(LeavesIn, old.Remove);
        }

        _ = reports.StartedAsync(layer);
        End.Watch(layer);
        changed();
        Settle();
    }

    private void Reach(Layer layer)
    {
        if (Shown != layer || layer.Ended)
        {
            return;
        }

        layer.Ended = true;
        layer.Reached = true;
        if (prepared is not { Ready: true } && incoming is not { Ready: true })
        {
            reports.Ended(layer, null);
        }

        Next();
    }

    private void Clear()
    {
        if (Shown is not { } layer)
        {
            return;
        }

        End.Cancel();
        Shown = null;
        reports.Ended(layer, "cut");
        layer.SetVolume(0);
        layer.Remove();
        changed();
    }

    private void Drop(Layer? layer)
    {
        layer?.Remove();
        Release(layer);
    }

    /// <summary>Takes a play out of its waiting place.</summary>
    private void Release(Layer? layer)
    {
        incoming = incoming == layer ? null : incoming;
        prepared = prepared == layer ? null : prepared;
        coming = coming == layer ? null : coming;
    }
}
