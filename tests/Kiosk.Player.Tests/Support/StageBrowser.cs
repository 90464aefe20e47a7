using Kiosk.Player.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(StageBrowser))]

namespace Kiosk.Player.Tests.Support;

/// <summary>One Chromium for all stages that need no flags of their own: starting it takes longer than most of them. Each stage has a context of its own.</summary>
public sealed class StageBrowser : IAsyncLifetime
{
    private static readonly SemaphoreSlim _turn = new(1, 1);
    private static IPlaywright _playwright = null!;
    private static IBrowser? _browser;

    /// <summary>The shared one, or another in its place should it have died.</summary>
    internal static async Task<IBrowser> SharedAsync()
    {
        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _browser is { IsConnected: true } running ? running : _browser = await LaunchAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <param name="flags">What only this one is given; whoever asks closes it.</param>
    internal static Task<IBrowser> LaunchAsync(params string[] flags) =>
        _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--autoplay-policy=no-user-gesture-required", "--auto-accept-camera-and-microphone-capture", "--hide-scrollbars", .. flags,
            ],
        });

    public async ValueTask InitializeAsync() => _playwright = await Playwright.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _playwright.Dispose();
    }
}
