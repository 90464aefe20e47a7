using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Support;

/// <summary>What the compositor really made, not what an element claims.</summary>
internal sealed class Screencast
{
    private readonly List<byte[]> pictures = [];
    private readonly ICDPSession cdp;

    private Screencast(ICDPSession cdp)
    {
        this.cdp = cdp;
        cdp.Event("Page.screencastFrame").OnEvent += (_, frame) =>
        {
            lock (pictures)
            {
                pictures.Add(Convert.FromBase64String(frame!.Value.GetProperty("data").GetString()!));
            }

            _ = cdp.SendAsync("Page.screencastFrameAck", new Dictionary<string, object> { ["sessionId"] = frame.Value.GetProperty("sessionId").GetInt32() });
        };
    }

    public static async Task<Screencast> StartAsync(IPage page)
    {
        // What was asked for before this is on the screen.
        await page.EvaluateAsync("() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)))");
        var screencast = new Screencast(await page.Context.NewCDPSessionAsync(page));
        await screencast.cdp.SendAsync("Page.startScreencast", new Dictionary<string, object> { ["format"] = "jpeg", ["quality"] = 60, ["maxWidth"] = 320, ["maxHeight"] = 180 });
        return screencast;
    }

    /// <param name="least">Fewer frames than this prove nothing.</param>
    public async Task AssertNeverBlackOrWhiteAsync(int least)
    {
        await cdp.SendAsync("Page.stopScreencast");
        IReadOnlyList<byte[]> taken;
        lock (pictures)
        {
            taken = [.. pictures];
        }

        var brightness = await TestMedia.BrightnessAsync(taken);
        Assert.True(brightness.Count >= least, $"only {brightness.Count} frames");
        Assert.All(brightness, b => Assert.InRange(b, 45, 215));
    }
}
