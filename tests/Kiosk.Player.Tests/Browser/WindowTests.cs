using System.Diagnostics;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Browser;

/// <summary>The window on a real X screen without a window manager, as most kiosks are.</summary>
[Collection(Alone.Name)]
public sealed class WindowTests
{
    [Theory]
    [InlineData(1280, 720)]
    [InlineData(720, 1280)]
    public async Task Window_covers_every_pixel_of_the_screen_and_no_pointer_is_seen(int width, int height)
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-window-").FullName;
        using var server = Process.Start(new ProcessStartInfo("Xvfb", FormattableString.Invariant($"-displayfd 1 -noreset -screen 0 {width}x{height}x24 -nolisten tcp"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            var display = ":" + await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            await using (var player = PlayerProcess.StartOn(display, "--lang", "en", "--hub", "http://127.0.0.1:9", "--window", "window", "--data", folder))
            {
                // The paper of the screen reaches every edge; an empty X screen is black, and so is a missing column.
                (int X, int Y)[] edge = [(1, height - 2), (width - 1, height - 1), (width - 1, 1), (width - 1, height / 2), (0, height / 2)];
                await EventuallyAsync(async () => await GrabAsync(display, width, height, "1") is var picture && edge.All(at => IsPaper(picture, width, at)), "the whole screen");
                // With and without the pointer the picture is the same: the page has none.
                await EventuallyAsync(
                    async () => Enumerable.SequenceEqual(await GrabAsync(display, width, height, "1"), await GrabAsync(display, width, height, "0")), "no pointer");
            }
        }
        finally
        {
            server.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Nothing_of_the_browsers_own_empty_window_is_seen_before_the_page_paints()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-window-").FullName;
        using var server = Process.Start(new ProcessStartInfo("Xvfb", "-displayfd 1 -noreset -screen 0 1280x720x24 -nolisten tcp") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            var display = ":" + await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            var film = Path.Combine(folder, "film.rgb");
            using var camera = Process.Start(new ProcessStartInfo("ffmpeg", $"-v error -y -f x11grab -draw_mouse 1 -framerate 25 -video_size 1280x720 -i {display} -vf scale=32:18:flags=neighbor -f rawvideo -pix_fmt rgb24 -flush_packets 1 {film}")
            {
                RedirectStandardInput = true,
            })!;
            await using (var player = PlayerProcess.StartOn(display, "--lang", "en", "--hub", "http://127.0.0.1:9", "--window", "window", "--data", Path.Combine(folder, "data")))
            {
                // The words of the page on its paper; before there is a window, all is the X server's black.
                await EventuallyAsync(async () => await GrabAsync(display, 1280, 720, "0") is var seen && IsPaper(seen, 1280, (0, 0)) && seen.Chunk(3).Any(pixel => pixel[0] < 60), "the page");
                camera.StandardInput.Write('q');
                await camera.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            // The margin is the page's paper, too. Before the player has the screen it is the X server's black.
            var margins = (await File.ReadAllBytesAsync(film, TestContext.Current.CancellationToken)).Chunk(32 * 18 * 3).Where(frame => frame.Length == 32 * 18 * 3)
                .Select(frame => string.Join(' ', frame[..3])).SkipWhile(margin => margin is "0 0 0").ToList();
            Assert.NotEmpty(margins);
            // One frame may fall between the page's first one and the moment the X server has it.
            Assert.InRange(margins.Count(margin => margin is not "251 247 240"), 0, 1);
        }
        finally
        {
            server.Kill();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition, string awaited)
    {
        var deadline = TimeProvider.System.GetTimestamp() + (40 * TimeProvider.System.TimestampFrequency);
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetTimestamp() < deadline, "Not within 40 s: " + awaited);
            await Task.Delay(250, TestContext.Current.CancellationToken);
        }
    }

    private static bool IsPaper(byte[] rgb, int width, (int X, int Y) at)
    {
        var pixel = rgb.AsSpan(((at.Y * width) + at.X) * 3, 3);
        return pixel[0] > 245 && pixel[1] > 240 && pixel[2] > 230;
    }

    private static async Task<byte[]> GrabAsync(string display, int width, int height, string pointer)
    {
        var start = new ProcessStartInfo(
            "ffmpeg", FormattableString.Invariant($"-v error -f x11grab -draw_mouse {pointer} -video_size {width}x{height} -i {display} -frames:v 1 -f rawvideo -pix_fmt rgb24 -"))
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        using var raw = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(raw, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return raw.ToArray();
    }
}
