using System.Diagnostics;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Browser;
using Kiosk.Player.Screen;
using Kiosk.Player.Tests.Support;
using Kiosk.Player.Core.View;
using SkiaSharp;

namespace Kiosk.Player.Tests.Screen;

/// <summary>Pictures of a real X screen and of a real browser without one.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ScreenPictureTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Picture_of_an_X_screen_is_what_is_on_it_and_small_enough()
    {
        using var server = Process.Start(new ProcessStartInfo("Xvfb", "-displayfd 1 -noreset -screen 0 1920x1080x24 -nolisten tcp") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var before = Environment.GetEnvironmentVariable("DISPLAY");
        try
        {
            var display = ":" + await server.StandardOutput.ReadLineAsync(Stop);
            Environment.SetEnvironmentVariable("DISPLAY", display);
            // A real window fills the screen: a red upper half and a green lower one.
            using var window = Process.Start(new ProcessStartInfo("ffplay", "-v error -noborder -left 0 -top 0 -x 1920 -y 1080 -an -f lavfi color=c=0xC8161D:s=1920x540,pad=1920:1080:0:0:color=0x1E7B4F") { RedirectStandardError = true })!;
            try
            {
                SKBitmap? seen = null;
                await Until.TrueAsync(
                    () =>
                    {
                        seen = SKBitmap.Decode((new ScreenPicture(null).TakeAsync(Stop).GetAwaiter().GetResult() ?? throw new InvalidOperationException("no picture")).Body);
                        return seen.GetPixel(640, 100) is { Red: > 150, Green: < 80 } && seen.GetPixel(640, 600) is { Red: < 80, Green: > 90 };
                    },
                    "both colours", 30);
                Assert.Equal((CommandReport.PictureWidth, 720), (seen!.Width, seen.Height));
            }
            finally
            {
                window.Kill();
            }
        }
        finally
        {
            Environment.SetEnvironmentVariable("DISPLAY", before);
            server.Kill();
        }
    }

    [Fact]
    public async Task Virtual_screen_that_cannot_be_switched_says_so_and_nobody_dies_of_it()
    {
        using var server = Process.Start(new ProcessStartInfo("Xvfb", "-displayfd 1 -noreset -screen 0 640x480x24 -nolisten tcp") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var before = Environment.GetEnvironmentVariable("DISPLAY");
        try
        {
            Environment.SetEnvironmentVariable("DISPLAY", ":" + await server.StandardOutput.ReadLineAsync(Stop));
            TestContext.Current.TestOutputHelper?.WriteLine($"can switch: {XScreen.CanSwitch()}");
            Assert.Equal(XScreen.CanSwitch(), XScreen.Switch(false));
            Assert.Equal(XScreen.CanSwitch(), XScreen.Switch(true));
        }
        finally
        {
            Environment.SetEnvironmentVariable("DISPLAY", before);
            server.Kill();
        }
    }

    [Fact]
    public async Task Without_a_screen_the_browser_itself_shows_what_it_paints_and_comes_back_when_asked()
    {
        await using var kiosk = await HeadlessKiosk.StartAsync(1920, 1080);
        var picture = new ScreenPicture(kiosk.Part<BrowserEye>());

        // Dark while it rests, paper otherwise: the picture follows the screen.
        kiosk.Player.Show(view => view with { Resting = true });
        await Until.TrueAsync(() => Middle(picture) is { } dark && Near(dark, 0, 0, 0), "a dark picture", 20);
        kiosk.Player.Show(view => view with { Resting = false });
        await Until.TrueAsync(() => Middle(picture) is { } light && light.Red > 200, "a light picture", 20);

        var first = File.ReadAllText(Path.Combine(kiosk.Folder, "browser.pid"));
        var began = Stopwatch.GetTimestamp();
        Assert.True(await kiosk.Part<RendererRestart>().RestartAsync(Stop));
        var back = Stopwatch.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper?.WriteLine($"back after {back.TotalSeconds:F1} s");
        Assert.True(back < TimeSpan.FromSeconds(10), $"back only after {back}");
        Assert.NotEqual(first, File.ReadAllText(Path.Combine(kiosk.Folder, "browser.pid")));
        await Until.TrueAsync(() => Middle(picture) is { } again && again.Red > 200, "a picture of the new browser", 20);
        Assert.Contains("Chromium", kiosk.Part<RendererRestart>().Version, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(kiosk.Folder, "browser.in")));
    }

    private static SKColor? Middle(ScreenPicture picture)
    {
        if (picture.TakeAsync(Stop).GetAwaiter().GetResult() is not { } image)
        {
            return null;
        }

        using var seen = SKBitmap.Decode(image.Body);
        Assert.Equal((1280, 720), (seen.Width, seen.Height));
        return seen.GetPixel(20, 700);
    }

    private static bool Near(SKColor color, int red, int green, int blue) =>
        Math.Abs(color.Red - red) < 12 && Math.Abs(color.Green - green) < 12 && Math.Abs(color.Blue - blue) < 12;
}
