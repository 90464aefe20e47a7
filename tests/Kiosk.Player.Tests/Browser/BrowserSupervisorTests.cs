using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Kiosk.Player.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Browser;

/// <summary>The built player with the browser it starts itself, without a display.</summary>
[Collection(Alone.Name)]
public sealed class BrowserSupervisorTests
{
    [Fact]
    public async Task Killed_renderer_is_back_within_ten_seconds_and_the_browser_ends_with_the_player()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-browser-").FullName;
        var debug = FreePort();
        await using (var player = Start(folder, debug))
        {
            using var playwright = await Playwright.CreateAsync();
            Assert.Contains("联系不上服务器", await StageTextAsync(playwright, debug), StringComparison.Ordinal);
            var first = BrowserId(folder);

            foreach (var renderer in Processes("--type=renderer", folder))
            {
                using var process = Process.GetProcessById(renderer);
                process.Kill();
            }

            var began = Stopwatch.GetTimestamp();
            await Until.TrueAsync(() => BrowserId(folder) is { } now && now != first, "a new browser is started", 10);
            Assert.Contains("联系不上服务器", await StageTextAsync(playwright, debug), StringComparison.Ordinal);
            var back = Stopwatch.GetElapsedTime(began);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"back after {back.TotalSeconds:F1} s"));
            Assert.True(back < TimeSpan.FromSeconds(10), $"back only after {back}");
            Assert.True(await player.StopAsync());
        }

        Assert.Empty(Processes("--user-data-dir=", folder));
        Directory.Delete(folder, recursive: true);
    }

    [SupportedOSPlatform("linux")]
    [Fact]
    public async Task Browser_whose_own_process_hangs_is_replaced_although_its_page_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-browser-").FullName;
        var debug = FreePort();
        await using (var player = Start(folder, debug))
        {
            using var playwright = await Playwright.CreateAsync();
            Assert.Contains("联系不上服务器", await StageTextAsync(playwright, debug), StringComparison.Ordinal);
            var first = BrowserId(folder)!.Value;

            using (var stopping = Process.Start("kill", ["-STOP", first.ToString(CultureInfo.InvariantCulture)]))
            {
                await stopping.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            var began = Stopwatch.GetTimestamp();
            await Until.TrueAsync(() => BrowserId(folder) is { } now && now != first, "a new browser is started", 30);
            Assert.Contains("联系不上服务器", await StageTextAsync(playwright, debug), StringComparison.Ordinal);
            TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"back after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s"));
            Assert.DoesNotContain(first, Processes("--user-data-dir=", folder));
            Assert.True(await player.StopAsync());
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Browser_that_outlived_a_killed_player_is_ended_by_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-browser-").FullName;
        var debug = FreePort();
        using var playwright = await Playwright.CreateAsync();
        var old = 0;
        await using (var player = Start(folder, debug))
        {
            await StageTextAsync(playwright, debug);
            old = BrowserId(folder)!.Value;
            player.Process.Kill(entireProcessTree: false);
            await player.ExitAsync();
        }

        Assert.Contains(old, Processes("--user-data-dir=", folder));
        await using (var player = Start(folder, debug))
        {
            await Until.TrueAsync(() => BrowserId(folder) is { } now && now != old, "a new browser is started", 20);
            Assert.Contains("联系不上服务器", await StageTextAsync(playwright, debug), StringComparison.Ordinal);
            Assert.DoesNotContain(old, Processes("--user-data-dir=", folder));
        }

        Assert.Empty(Processes("--user-data-dir=", folder));
        Directory.Delete(folder, recursive: true);
    }

    private static PlayerProcess Start(string folder, int debug) => PlayerProcess.Start(
        "--hub", "http://127.0.0.1:9", "--data", folder, "--window", "headless", "--screen", "1280x720", "--no-camera", $"--browser-arg=--remote-debugging-port={debug}");

    /// <summary>Attaches to the kiosk's own browser and reads what its screen says.</summary>
    private static async Task<string> StageTextAsync(IPlaywright playwright, int debug)
    {
        var text = "";
        for (var attempt = 0; attempt < 80 && text.Length == 0; attempt++)
        {
            try
            {
                await using var browser = await playwright.Chromium.ConnectOverCDPAsync($"http://127.0.0.1:{debug}", new() { Timeout = 5000 });
                var page = browser.Contexts.SelectMany(c => c.Pages).FirstOrDefault(p => p.Url.StartsWith("http://kiosk-", StringComparison.Ordinal));
                if (page is not null)
                {
                    Assert.Equal("1280x720", await page.EvaluateAsync<string>("() => innerWidth + 'x' + innerHeight"));
                }

                text = page is null ? "" : await page.InnerTextAsync("#refusal", new PageInnerTextOptions { Timeout = 2000 });
            }
            catch (Exception e) when (e is PlaywrightException or TimeoutException)
            {
                // Not there yet.
            }

            if (text.Length == 0)
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
        }

        return text;
    }

    private static int? BrowserId(string folder)
    {
        try
        {
            return int.Parse(File.ReadAllText(Path.Combine(folder, "browser.pid")).Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return null;
        }
    }

    private static List<int> Processes(string flag, string folder)
    {
        var found = new List<int>();
        foreach (var path in Directory.EnumerateDirectories("/proc").Where(p => int.TryParse(Path.GetFileName(p), out _)))
        {
            try
            {
                var line = File.ReadAllText(Path.Combine(path, "cmdline"));
                if (line.Contains(flag, StringComparison.Ordinal) && line.Contains(folder, StringComparison.Ordinal))
                {
                    found.Add(int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile.
            }
        }

        return found;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
