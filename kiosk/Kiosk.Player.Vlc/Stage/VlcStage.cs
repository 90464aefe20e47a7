using Kiosk.Contracts;
using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Link;
using Kiosk.Player.Vlc.Screens;
using Kiosk.Player.Vlc.X11;
using LibVLCSharp.Shared;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>The whole screen, level-triggered: whatever came before, the newest view is what is true now. Lives on its loop.</summary>
internal sealed class VlcStage : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private readonly StageLoop loop;
    private readonly StageLink link;
    private readonly XScreen screen;
    private readonly XWindow all;
    private readonly XWindow playbackWindow;
    private readonly StageOverlays overlays;
    private IReadOnlyDictionary<string, string> texts = new Dictionary<string, string>();
    private StageShape? shape;
    private LibVLC? vlc;
    private Playback? playback;
    private StageFrame? frame;
    private bool ready;
    private Guid? veiled;

    public VlcStage(StageLoop loop, StageLink link)
    {
        (this.loop, this.link) = (loop, link);
        screen = new XScreen();
        all = screen.CreateWindow(null, 0, 0, screen.Width, screen.Height);
        screen.HideCursor(all);
        playbackWindow = screen.CreateWindow(all, 0, 0, screen.Width, screen.Height);
        overlays = new StageOverlays(loop, screen, all, link.Report, link.FindMediaAsync, ApplyVolume);
    }

    public void Dispose()
    {
        playback?.Dispose();
        overlays.Dispose();
        vlc?.Dispose();
        screen.Dispose();
    }

    /// <summary>Takes the newest view.</summary>
    public void Apply(StageFrame newest)
    {
        frame = newest;
        texts = newest.Texts ?? texts;
        var view = newest.View;
        Lay(StageShape.Of(screen.Width, screen.Height, view.Orientation is Orientation.Portrait, view.ElderMode));
        ApplyVolume();
        var words = new StageWords(texts, view, StageTime.Of(view, newest.AgeMs, loop.Clock));
        var alone = view.Pairing is not null || view.Refusal is not null;
        overlays.Show(newest, words, shape!, playback!.Shown is not null && view.Meeting is null);
        // A meeting or a set-up screen covers playback; what nobody sees is not played and not counted as played.
        if (alone || view.Meeting is not null || view.Touch is not null)
        {
            playback.Show(null, null, alone ? null : view.Playback.Coming);
        }
        else
        {
            playback.Show(view.Playback.Current, view.Playback.Next, view.Playback.Coming);
        }

        screen.Flush();
        if (!ready)
        {
            ready = true;
            all.Show();
            all.Raise();
            screen.Sync();
            link.Report(new StageEvent(StageEventKind.Ready));
            SendBeat();
        }

        if (view.Veil is { } veil && veil != veiled)
        {
            // No camera shows here.
            veiled = veil;
            link.Report(new StageEvent(StageEventKind.Veiled, veil));
        }
    }

    /// <summary>Makes everything anew when the stage is turned; that is done once, when a display is mounted.</summary>
    private void Lay(StageShape now)
    {
        var turned = shape?.Turned != now.Turned || vlc is null;
        if (now == shape)
        {
            return;
        }

        shape = now;
        if (turned)
        {
            playback?.Dispose();
            vlc?.Dispose();
            vlc = new LibVLC(VlcOptions.For(now.Turned));
        }
        else if (playback is not null)
        {
            return;
        }

        playback = new Playback(new StagePlace(loop, screen, playbackWindow, now, vlc!, link), link.Report, PlaybackChanged);
    }

    private void PlaybackChanged()
    {
        var shows = playback?.Shown is not null;
        if (shows != playbackWindow.Mapped)
        {
            if (shows)
            {
                playbackWindow.Show();
            }
            else
            {
                playbackWindow.Hide();
            }

            screen.Flush();
        }

        overlays.PlaybackChanged(shows);
    }

    private void ApplyVolume()
    {
        if (frame is { View: var view })
        {
            var percent = view.Takeover is not null ? 0 : overlays.Ducked ? view.VolumePercent / 5 : view.VolumePercent;
            playback?.SetVolume(percent);
        }
    }

    /// <summary>Only a stage whose loop runs, whose X server answers and whose pictures move beats.</summary>
    private void SendBeat()
    {
        screen.Sync();
        if (playback is { Alive: true })
        {
            link.Report(new StageEvent(StageEventKind.Heartbeat));
        }

        loop.After(Beat, SendBeat);
    }
}
