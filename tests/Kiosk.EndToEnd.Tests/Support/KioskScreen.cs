using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests.Support;

/// <summary>The published player with the real browser it starts itself; a test looks on through the browser's debugging port.</summary>
internal sealed class KioskScreen : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly string[] _arguments;
    private readonly int _debugPort = ServerProcess.FreePort();
    private ServerProcess _process;
    private IBrowser? _browser;
    private ICDPSession? _keyboard;

    private KioskScreen(IPlaywright playwright, string[] arguments)
    {
        (_playwright, _arguments) = (playwright, arguments);
        _process = Launch();
    }

    public string Output => _process.Output;

    public IPage Page { get; private set; } = null!;

    /// <param name="camera">MJPEG file the browser takes for its camera, or null for none.</param>
    public static async Task<KioskScreen> StartAsync(
        IPlaywright playwright, Uri hub, string data, string? camera = null, string language = "zh-CN", int width = 1920, int height = 1080)
    {
        List<string> arguments =
        [
            Published.Player, "--hub", hub.ToString(), "--data", data, "--window", "headless", "--lang", language, "--screen", $"{width}x{height}",
            camera is null ? "--no-camera" : "--camera",
        ];
        if (camera is not null)
        {
            arguments.AddRange(["--browser-arg=--use-fake-device-for-media-stream", $"--browser-arg=--use-file-for-fake-video-capture={camera}"]);
        }

        var screen = new KioskScreen(playwright, [.. arguments]);
        await screen.AttachAsync();
        return screen;
    }

    /// <summary>kill -9 of the player; its browser outlives it until the next start deals with it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await DetachAsync();
    }

    /// <summary>The power goes: player and browser end at once.</summary>
    public async Task CutPowerAsync()
    {
        await KillAsync();
        using var kill = System.Diagnostics.Process.Start("pkill", ["-9", "-f", $"remote-debugging-port={_debugPort}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Launch();
        await AttachAsync();
    }

    /// <summary>The code on the screen, as a person would read it out.</summary>
    public async Task<string> PairingCodeAsync()
    {
        await Page.Locator("#pairing:not([hidden])").WaitForAsync();
        return await Until.GotAsync(
            async () => Regex.Match(await Page.Locator("#pairing").InnerTextAsync(), "[A-Z0-9]{4}-[A-Z0-9]{4}") is { Success: true } match ? match.Value : null,
            "a pairing code");
    }

    public async Task PairAsync(AdminPage admin, string displayName, string? room = null)
    {
        await admin.ClaimAsync(await PairingCodeAsync(), displayName, room);
        await Page.Locator("#pairing").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
    }

    /// <summary>Waits until a video plays: frames advance and the picture is neither black nor white.</summary>
    public async Task PlaysAsync()
    {
        var seen = "";
        await Until.GotAsync(
            async () =>
            {
                seen = await Page.EvaluateAsync<string>(
                    """
                    () => [...document.querySelectorAll('#playback .layer > *')].map(part => part.tagName === 'VIDEO'
                      ? `video ${part.paused ? 'paused' : 'playing'} at ${part.currentTime} s, ready ${part.readyState}`
                      : part.tagName).join('; ')
                    """);
                return await Page.EvaluateAsync<bool>(
                    "() => [...document.querySelectorAll('#playback video')].some(video => !video.paused && video.currentTime > 0.2 && video.readyState >= 2)") ? "" : null;
            },
            () => $"the video plays; seen: “{seen}”\n{Output}",
            90);
        var frames = await FramesAsync();
        await Until.TrueAsync(async () => await FramesAsync() is var now && (now > frames + 10 || now < frames), "frames advance");
        Assert.InRange(await Samples.BrightnessAsync(await ScreenshotAsync()), 30, 225);
    }

    /// <summary>Holds a card before the scanner and waits for what the screen says.</summary>
    public async Task SwipeAsync(string cardText, string answer)
    {
        await ScanAsync(cardText);
        var said = "";
        await Until.GotAsync(
            async () =>
            {
                said = await Page.Locator("#checkin").InnerTextAsync() is { Length: > 0 } text ? text : said;
                return said.Contains(answer, StringComparison.Ordinal) ? said : null;
            },
            () => $"“{answer}”; the screen said “{said}”",
            60);
    }

    /// <summary>A keyboard-wedge scanner reads a card: a burst of real keys and Enter, none of which waits for the one before.</summary>
    public async Task ScanAsync(string cardText)
    {
        _keyboard ??= await Page.Context.NewCDPSessionAsync(Page);
        List<Task> keys = [];
        foreach (var letter in cardText)
        {
            Press(letter.ToString(), (char.IsAsciiDigit(letter) ? "Digit" : "Key") + letter, letter, letter.ToString());
        }

        Press("Enter", "Enter", 13, "\r");
        await Task.WhenAll(keys);

        void Press(string key, string code, int number, string text)
        {
            Dictionary<string, object> Event(string type) => new() { ["type"] = type, ["key"] = key, ["code"] = code, ["windowsVirtualKeyCode"] = number };
            keys.Add(_keyboard.SendAsync("Input.dispatchKeyEvent", new Dictionary<string, object>(Event("keyDown")) { ["text"] = text }));
            keys.Add(_keyboard.SendAsync("Input.dispatchKeyEvent", Event("keyUp")));
        }
    }

    /// <summary>The address in the check-in code on the screen, as a phone's camera reads it.</summary>
    public Task<string> CheckInAddressAsync() => Until.GotAsync(
        async () => (await QrReader.ReadAsync(await ScreenshotAsync())).FirstOrDefault(text => text.Contains("/c/", StringComparison.Ordinal)),
        "a check-in code on the screen",
        90);

    /// <summary>Waits until the screen knows that the hub is out of reach.</summary>
    public Task OfflineAsync() => Page.Locator("#offline:not([hidden])").WaitForAsync(
        new LocatorWaitForOptions { Timeout = 90_000, State = WaitForSelectorState.Attached });

    /// <summary>Waits until the panel of a host is offered to somebody who touches the screen.</summary>
    public Task KnowsHostsAsync() => Until.TrueAsync(
        async () =>
        {
            await Page.Mouse.ClickAsync(5, 500);
            return await Page.Locator("#host-open").IsVisibleAsync();
        },
        "a host may sign in",
        60);

    /// <summary>Card, then PIN on the pad of the screen.</summary>
    public async Task SignInHostAsync(string card, string pin)
    {
        await KnowsHostsAsync();
        await Page.ClickAsync("#host-open");
        await Page.Locator("#host.card").WaitForAsync();
        await ScanAsync(card);
        await Page.Locator("#host.pin").WaitForAsync();
        foreach (var digit in pin)
        {
            await Page.ClickAsync($"#host .pad button.digit:has-text('{digit}')");
        }

        await Page.Locator("#host.menu").WaitForAsync();
    }

    /// <summary>Presses a button of the host's panel.</summary>
    public Task HostAsync(string words) => Page.Locator($"#host .body button:has-text('{words}')").First.ClickAsync();

    public async Task LeaveHostAsync()
    {
        await Page.ClickAsync("#host button.leave");
        await Page.Locator("#host").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
    }

    public async Task<byte[]> ScreenshotAsync(string? path = null) => await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path });

    public async ValueTask DisposeAsync()
    {
        await DetachAsync();
        _process.Dispose();
    }

    private Task<int> FramesAsync() => Page.EvaluateAsync<int>(
        "() => [...document.querySelectorAll('#playback video')].reduce((sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames, 0)");

    private ServerProcess Launch() => ServerProcess.Start("dotnet", [.. _arguments, $"--browser-arg=--remote-debugging-port={_debugPort}"]);

    private async Task AttachAsync()
    {
        string? last = null;
        Page = await Until.GotAsync<IPage>(
            async () =>
            {
                Assert.False(_process.HasExited, _process.Output);
                try
                {
                    _browser = await _playwright.Chromium.ConnectOverCDPAsync($"http://127.0.0.1:{_debugPort}", new() { Timeout = 20_000 });
                    var pages = _browser.Contexts.SelectMany(context => context.Pages).ToList();
                    if (pages.FirstOrDefault(page => page.Url.StartsWith("http://kiosk-", StringComparison.Ordinal)) is { } found)
                    {
                        return found;
                    }

                    last = string.Join(", ", pages.Select(page => page.Url));
                }
                catch (Exception failure) when (failure is PlaywrightException or TimeoutException)
                {
                    last = failure.Message;
                }

                await DetachAsync();
                return null;
            },
            () => $"the kiosk's page is open; last seen: {last}\n{_process.Output}",
            60);
    }

    private async Task DetachAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
            (_browser, _keyboard) = (null, null);
        }
    }
}
