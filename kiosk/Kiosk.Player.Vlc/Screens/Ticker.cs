using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Stage;
using Kiosk.Player.Vlc.X11;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>
/// The band at the bottom: all ticker texts one after another, endlessly. Drawn once as a strip and moved by a thread of its own,
/// so that nothing else the stage does makes it stutter.
/// </summary>
/// <param name="painted">Called on the loop when a text has come into view.</param>
internal sealed class Ticker(StageLoop loop, XScreen screen, XWindow parent, Action<NoticeView> painted) : IDisposable
{
    private readonly XWindow window = screen.CreateWindow(parent, 0, 0, 1, 1);
    private string? key;
    private CancellationTokenSource? running;
    private Thread? mover;

    public void Show(IReadOnlyList<NoticeView> notices, StageShape shape, StageWords words)
    {
        var now = notices.Count == 0 ? null : string.Join(',', notices.Select(n => $"{n.Id}:{n.Version}")) + shape + words.Language;
        if (now == key)
        {
            return;
        }

        key = now;
        Stop();
        if (now is null)
        {
            window.Hide();
            return;
        }

        var band = (int)shape.TickerBand;
        var place = shape.OnScreen(new SKRectI(0, shape.Height - band, shape.Width, shape.Height));
        window.Place(place.Left, place.Top, place.Width, place.Height);
        var strip = TickerStrip.Draw(notices, shape, words.Chinese);
        var stopped = running = new CancellationTokenSource();
        // The first picture is there before the band is.
        screen.Sync();
        mover = new Thread(() => Move(strip, shape, notices, stopped.Token)) { IsBackground = true, Name = "ticker", Priority = ThreadPriority.AboveNormal };
        mover.Start();
    }

    public void Dispose()
    {
        Stop();
        window.Dispose();
    }

    private void Stop()
    {
        running?.Cancel();
        mover?.Join();
        running?.Dispose();
        (running, mover) = (null, null);
    }

    private void Move(TickerStrip strip, StageShape shape, IReadOnlyList<NoticeView> notices, CancellationToken cancellationToken)
    {
        using (strip)
        {
            // A connection of its own: Xlib's calls wait for one another.
            using var own = new XScreen();
            var pictures = strip.Tiles.Select(tile => tile.Upload(own)).ToList();
            var clock = loop.Clock;
            var start = clock.GetTimestamp();
            var waiting = new Queue<int>(Enumerable.Range(0, notices.Count));
            var first = true;
            // 120 px/s at 1080 lines, 70 for slow readers; the first words stand in view at once.
            var speed = (shape.Elder ? 70 : 120) * shape.Unit / 27;
            double from = shape.Width * 0.65;
            while (!cancellationToken.IsCancellationRequested)
            {
                var offset = from + (clock.GetElapsedTime(start).TotalSeconds * speed);
                if (offset >= strip.Length - shape.Width)
                {
                    // All has gone out at the left; it comes in again from the right.
                    (start, from) = (clock.GetTimestamp(), 0);
                    continue;
                }

                Copy(own, pictures, (int)offset, shape);
                if (first)
                {
                    first = false;
                    loop.Post(ShowWindow);
                }

                // Painted means seen to begin: a text further back counts when it has come in from the right.
                while (waiting.TryPeek(out var next) && offset + shape.Width - (4 * shape.Unit) >= shape.Width + strip.Starts[next])
                {
                    waiting.Dequeue();
                    loop.Post(() => painted(notices[next]));
                }

                cancellationToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(15));
            }

            pictures.ForEach(picture => picture.Dispose());
        }
    }

    private void ShowWindow()
    {
        if (key is not null && !window.Mapped)
        {
            window.Show();
            screen.Flush();
        }
    }

    private void Copy(XScreen own, List<XPicture> pictures, int offset, StageShape shape)
    {
        var end = offset + shape.Width;
        for (var at = offset; at < end;)
        {
            var index = at / TickerStrip.TileWidth;
            if (index >= pictures.Count)
            {
                break;
            }

            var inTile = at - (index * TickerStrip.TileWidth);
            var (width, height) = shape.Turned ? (pictures[index].Height, pictures[index].Width) : (pictures[index].Width, pictures[index].Height);
            var part = Math.Min(width - inTile, end - at);
            _ = shape.Turned
                ? Xlib.XCopyArea(own.Display, pictures[index].Id, window.Id, own.Gc, 0, inTile, (uint)height, (uint)part, 0, at - offset)
                : Xlib.XCopyArea(own.Display, pictures[index].Id, window.Id, own.Gc, inTile, 0, (uint)part, (uint)height, at - offset, 0);
            at += part;
        }

        own.Sync();
    }
}
