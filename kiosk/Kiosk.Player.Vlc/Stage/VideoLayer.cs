using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.X11;
using LibVLCSharp.Shared;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>A clip: loaded and stopped at its first picture beneath what is shown, then brought to the front and let run.</summary>
internal class VideoLayer(StageItem item, StagePlace place) : Layer(item, place)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(120);

    private readonly TaskCompletionSource failed = new();
    private MediaPlayer? player;
    private Media? media;
    private bool running;
    private bool atEnd;
    private bool halted;
    private bool rolls;
    private bool around;
    private XWindow? picture;
    private int volume;
    private (long Time, long At) told;

    public override bool Moves => true;

    public override int Pictures => media?.Statistics.DisplayedPictures ?? 0;

    public override TimeSpan? Left => player is { Length: > 0 and var length } && running
        ? TimeSpan.FromMilliseconds(length - told.Time) - Place.Loop.Clock.GetElapsedTime(told.At)
        : null;

    protected MediaPlayer? Player => player;

    /// <summary>How libvlc is to open it.</summary>
    protected virtual async Task<Media> OpenAsync()
    {
        var path = await Place.FileAsync(Item.MediaSha256);
        List<string> options = [":file-caching=150"];
        if (Item.DurationMs is not null)
        {
            // A clip shorter than its time on screen starts over.
            options.Add(":input-repeat=65535");
        }

        return new Media(Place.Vlc, path, FromType.FromPath, [.. options]);
    }

    protected virtual bool StartsPaused => true;

    /// <summary>What it is called when libvlc gives up on it.</summary>
    protected virtual string ErrorCode => "decode_error";

    protected override async Task LoadAsync()
    {
        media = await OpenAsync();
        if (Removed)
        {
            media.Dispose();
            return;
        }

        // libvlc paints all of the window it is given, black where the picture does not reach: so it is given no more than the picture.
        picture = Place.Screen.CreateWindow(Window, 0, 0, Place.Screen.Width, Place.Screen.Height);
        picture.Show();
        Place.Screen.Sync();
        player = new MediaPlayer(Place.Vlc) { Media = media, XWindow = (uint)picture.Id, EnableKeyInput = false, EnableMouseInput = false, Mute = true, Volume = 0 };
        var loop = Place.Loop;
        player.EncounteredError += (_, _) => loop.Post(() => OnFailure(new MediaProblem(ErrorCode)));
        player.EndReached += (_, _) => loop.Post(OnEndReached);
        player.TimeChanged += (_, changed) => loop.Post(() => OnTime(changed.Time));
        player.Vout += (_, made) => loop.Post(() => OnVout(made.Count));
        if (!player.Play())
        {
            throw new MediaProblem("decode_error");
        }

        while (!Removed && !HasPicture())
        {
            if (failed.Task.IsFaulted)
            {
                await failed.Task;
            }

            await loop.Wait(Step);
        }

        // libvlc may make its window twice, the second time for another format: what it made last must be known before it is shown.
        for (int before = -1, now = 0; !Removed && before != now;)
        {
            before = now;
            await loop.Wait(Settle);
            now = Removed ? now : Window.InnerWindows();
        }

        if (!Removed)
        {
            if (!StartsPaused)
            {
                PlacePicture();
            }

            ClearBackground();
            await FillAroundAsync();
        }
    }

    public override void Begin()
    {
        ClearBackground();
        base.Begin();
        running = true;
        told = (player!.Time, Place.Loop.Now);
        Roll();
    }

    public override void Roll()
    {
        if (!rolls && player is not null)
        {
            rolls = true;
            player.SetPause(false);
        }
    }

    public override void SetVolume(int percent)
    {
        if (player is null || percent == volume)
        {
            return;
        }

        volume = percent;
        player.Mute = percent <= 0;
        player.Volume = Math.Clamp(percent, 0, 100);
    }

    /// <summary>It ended by itself.</summary>
    protected virtual void AtEnd() => OnReachedEnd();

    protected void OnFailure(MediaProblem problem)
    {
        if (Removed)
        {
            return;
        }

        if (!Ready)
        {
            failed.TrySetException(problem);
        }
        else
        {
            OnBroke(problem);
        }
    }

    protected override void Release()
    {
        failed.TrySetException(new MediaProblem("removed"));
        _ = failed.Task.Exception;
        var (ending, source) = (player, media);
        (player, media) = (null, null);
        // Stopping waits for the threads of libvlc; a stalled stream must not hold the screen up. The window goes last:
        // it may only disappear when nobody draws into it any more.
        var loop = Place.Loop;
        Window.Hide();
        _ = Task.Run(() =>
        {
            ending?.Stop();
            ending?.Dispose();
            source?.Dispose();
            Stopped();
            loop.Post(base.Release);
        });
    }

    /// <summary>libvlc has let go of it; on any thread.</summary>
    protected virtual void Stopped()
    {
    }

    private void OnEndReached()
    {
        atEnd = true;
        if (!Ready)
        {
            OnFailure(new MediaProblem("empty_media"));
        }
        else if (!Removed)
        {
            AtEnd();
        }
    }

    /// <summary>
    /// libvlc has its first picture, and its time is about to run: stopped here, it shows that picture and goes on from it. Opened with
    /// <c>start-paused</c> it decodes nothing until it is asked for the next picture, and after that it seeks when it is let run: five pictures lost.
    /// </summary>
    private void OnVout(int count)
    {
        // Where libvlc makes a window of its own inside, that is black; it must not be seen so.
        ClearBackground();
        if (player is null || halted || !StartsPaused || count == 0)
        {
            return;
        }

        halted = true;
        player.SetPause(true);
        if (!PlacePicture())
        {
            OnFailure(new MediaProblem("empty_media"));
        }
    }

    private void OnTime(long time)
    {
        told = (time, Place.Loop.Now);
        if (!Ready && StartsPaused && player is not null && media?.Video is null)
        {
            // It has nothing but sound.
            OnFailure(new MediaProblem("empty_media"));
        }
    }

    /// <summary>Makes the window as large as the picture is to be. False when there is no picture.</summary>
    private bool PlacePicture()
    {
        if (media?.Video is not { Width: > 0, Height: > 0 } video)
        {
            return false;
        }

        var (width, height) = (video.Width * (video.SarNum > 0 && video.SarDen > 0 ? (float)video.SarNum / video.SarDen : 1), (float)video.Height);
        if (video.Orientation >= VideoOrientation.LeftTop != Place.Shape.Turned)
        {
            (width, height) = (height, width);
        }

        var (across, down) = (Place.Screen.Width / width, Place.Screen.Height / height);
        var scale = Item.Fit is ItemFit.Cover ? Math.Max(across, down) : Math.Min(across, down);
        var (w, h) = ((int)MathF.Round(width * scale), (int)MathF.Round(height * scale));
        around = w < Place.Screen.Width - 2 || h < Place.Screen.Height - 2;
        picture!.Place((Place.Screen.Width - w) / 2, (Place.Screen.Height - h) / 2, w, h);
        Place.Screen.Sync();
        return true;
    }

    private bool HasPicture() => player is { VoutCount: > 0 } && (StartsPaused || Pictures > 0) && !atEnd;

    private void ClearBackground()
    {
        if (!Removed)
        {
            Window.ClearInnerBackgrounds();
            Window.Screen.Flush();
        }
    }

    /// <summary>Where a clip does not fill the stage, its own first picture does, blurred.</summary>
    private async Task FillAroundAsync()
    {
        if (Item.Fit is not ItemFit.BlurFill || player is null || !around)
        {
            return;
        }

        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".png");
        try
        {
            var (taking, shape) = (player, Place.Shape);
            using var sheet = await Task.Run(() =>
            {
                if (!taking.TakeSnapshot(0, file, 480, 0) || Picture.Decode(file, 480) is not { } still)
                {
                    return null;
                }

                using (still)
                {
                    // As it lies on the screen: a turned clip is turned in the snapshot already.
                    var area = shape.OnScreen(new SKRectI(0, 0, shape.Width, shape.Height));
                    var drawn = new Sheet(new StageShape(area.Width, area.Height, false, false), area, SKColors.Black);
                    Picture.Blurred(drawn.Canvas, still, area);
                    return drawn;
                }
            });
            if (sheet is not null && !Removed)
            {
                using var background = sheet.Upload(Place.Screen);
                Window.SetPicture(background);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }
}
