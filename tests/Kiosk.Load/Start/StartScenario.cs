using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kiosk.Load.Playback;
using Kiosk.Load.Screen;

namespace Kiosk.Load.Start;

/// <summary>
/// P11: from the start of the player's process, its hub out of reach, until its first content stands on the screen; in turn with a Chromium that
/// opens a page from the disk with the same picture. Both keep their profile. The player is the one of the packages, or
/// <c>--player</c>. Breaks when content does not come within a minute.
/// </summary>
internal static class StartScenario
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        var repeats = int.Parse(options.GetValueOrDefault("repeats", "7"), CultureInfo.InvariantCulture);
        var seed = int.Parse(options.GetValueOrDefault("seed", "1"), CultureInfo.InvariantCulture);
        Console.WriteLine($"start: {repeats} starts each in turn, seed {seed}");
        await using var world = await ScreenWorld.StartAsync(options.GetValueOrDefault("player") ?? await ShippedPlayer.MakeAsync());
        var (_, picture) = await MarkedClips.MakeAsync(world.Folder);
        await world.PlayAsync((picture, 60_000));
        await world.PairAsync();
        var page = Path.Combine(world.Folder, "page.html");
        await File.WriteAllTextAsync(page, $"<!doctype html><body style='margin:0;background:#fff'><img src='{picture}' style='position:fixed;inset:0;width:100%;height:100%'>");

        // Once with the hub, to have the content; then the hub goes.
        await StartAsync(world, null);
        await world.StopHubAsync();
        List<double> kiosk = [], browser = [];
        for (var i = 0; i < repeats + 1; i++)
        {
            var ours = await StartAsync(world, null);
            var theirs = await StartAsync(world, page);
            if (i > 0)
            {
                kiosk.Add(ours);
                browser.Add(theirs);
            }
        }

        Console.WriteLine($"{"",-10}{"min",8}{"p50",8}{"max",8}   ms");
        Print("kiosk", kiosk);
        Print("page", browser);
        var ratio = Math.Round(Median(kiosk) / Median(browser), 2);
        Console.WriteLine(JsonSerializer.Serialize(new { scenario = "start", seed, repeats, ratio_to_page = ratio, p50_ms = Median(kiosk), page_p50_ms = Median(browser) }));
        return kiosk.Concat(browser).All(time => time > 0) ? 0 : 1;
    }

    /// <summary>Milliseconds from the start of the process to the picture; -1 when it did not come.</summary>
    private static async Task<double> StartAsync(ScreenWorld world, string? page)
    {
        using var screen = await VirtualScreen.StartAsync();
        using var stop = new CancellationTokenSource(Limit);
        var watching = MarkCamera.FirstAsync(screen, MarkedClips.Picture, stop.Token);
        await watching.Ready;
        var asked = Stopwatch.GetTimestamp();
        Process? chromium = null;
        if (page is null)
        {
            world.StartPlayer(screen);
        }
        else
        {
            chromium = screen.Start(
                "/usr/bin/chromium",
                "--no-sandbox", "--test-type", "--kiosk", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
                "--window-size=1922,1082", "--window-position=0,0", "--user-data-dir=" + Path.Combine(world.Folder, "profile"), "file://" + page);
        }

        try
        {
            return await watching.Seen is { } seen ? Math.Round(Stopwatch.GetElapsedTime(asked, seen).TotalMilliseconds) : -1;
        }
        finally
        {
            await stop.CancelAsync();
            world.StopPlayer();
            if (chromium is not null)
            {
                chromium.Kill(entireProcessTree: true);
                await chromium.WaitForExitAsync();
                chromium.Dispose();
            }
        }
    }

    private static void Print(string name, List<double> times) => Console.WriteLine($"{name,-10}{times.Min(),8}{Median(times),8}{times.Max(),8}");

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
