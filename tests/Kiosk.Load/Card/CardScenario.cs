using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kiosk.Load.Kill;
using Kiosk.Player.Core.Pairing;
using Kiosk.Player.Core.Storage;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.Load.Card;

/// <summary>
/// From the last character a scanner types to the painted answer and to its sound: a real hub, a real player, a real Chromium. Half of the
/// members come while the hub answers, half after it has gone. Breaks when an answer is not the right one or takes two seconds.
/// </summary>
internal static partial class CardScenario
{
    private const double Limit = 2000;

    private sealed record Times
    {
        public string Kind { get; set; } = "";

        public double Painted { get; set; }

        public double? Tone { get; set; }

        public double? Voice { get; set; }
    }

    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        var cards = int.Parse(options.GetValueOrDefault("cards", "40"), CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("kiosk-card-").FullName;
        var hub = await HubApplication.StartAsync(dataFolder: Path.Combine(folder, "hub"));
        using var host = await hub.SignInAsync();
        var texts = hub.SignCards(await hub.AddMembersAsync(cards));
        var (room, _) = await hub.AddRoomWithDisplayAsync("活动室");
        await hub.AddMeetingAsync(host, room);
        await using var paired = await hub.PairDisplayAsync(hub.DisplayInput("活动室屏", roomId: room));
        var data = Path.Combine(folder, "kiosk");
        new IdentityStore(new PlayerFolder(data)).Save(new Identity(paired.Token, null, paired.DisplayId));
        using var player = new MortalProcess(KillWorld.Player, ["--hub", hub.Address.ToString(), "--data", data, "--window", "none", "--no-camera", "--port", "0"]);
        player.Start();
        await Eventually.TrueAsync(() => Task.FromResult(player.Lines.Any(line => Entry().IsMatch(line))), CancellationToken.None, TimeSpan.FromSeconds(60));

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--autoplay-policy=no-user-gesture-required"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1920, Height = 1080 } });
        await page.AddInitScriptAsync(Ear);
        await page.GotoAsync(Entry().Match(player.Lines.First(line => Entry().IsMatch(line))).Value);
        await page.WaitForSelectorAsync("#meeting:not([hidden]) .qr");
        // The clips have been fetched, as they have long before anybody comes.
        await page.WaitForTimeoutAsync(3000);

        var online = await SwipeAsync(page, texts.Take(cards / 2));
        await hub.DisposeAsync();
        await page.WaitForSelectorAsync("#offline:not([hidden])", new PageWaitForSelectorOptions { Timeout = 60_000 });
        var offline = await SwipeAsync(page, texts.Skip(cards / 2));
        Directory.Delete(folder, recursive: true);

        Console.WriteLine($"{"",-10}{"cards",6}{"painted p50",13}{"p99",7}{"tone p50",10}{"p99",7}{"voice p50",11}{"p99",7}   ms after the last character");
        Print("hub", online);
        Print("no hub", offline);
        var broken = online.Any(t => t.Kind != "done") || offline.Any(t => t.Kind != "done") || online.Concat(offline).Any(t => t.Painted > Limit || t.Tone is null or > Limit || t.Voice is null or > Limit);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "card", cards,
            painted_p50_ms = At(online, 50, t => t.Painted), painted_p99_ms = At(online, 99, t => t.Painted), tone_p99_ms = At(online, 99, t => t.Tone), voice_p99_ms = At(online, 99, t => t.Voice),
            offline_painted_p99_ms = At(offline, 99, t => t.Painted), offline_voice_p99_ms = At(offline, 99, t => t.Voice), ok = !broken,
        }));
        return broken ? 1 : 0;
    }

    private static async Task<IReadOnlyList<Times>> SwipeAsync(IPage page, IEnumerable<string> texts)
    {
        var times = new List<Times>();
        foreach (var text in texts)
        {
            times.Add(await page.EvaluateAsync<Times>(Swipe, text));
            await page.WaitForTimeoutAsync(400);
        }

        return times;
    }

    private static void Print(string name, IReadOnlyList<Times> times) => Console.WriteLine(
        $"{name,-10}{times.Count,6}{At(times, 50, t => t.Painted),13}{At(times, 99, t => t.Painted),7}{At(times, 50, t => t.Tone),10}{At(times, 99, t => t.Tone),7}{At(times, 50, t => t.Voice),11}{At(times, 99, t => t.Voice),7}");

    private static double At(IReadOnlyList<Times> times, int percent, Func<Times, double?> value)
    {
        var at = Figures.At(times.Select(value).OfType<double>(), percent / 100.0);
        return double.IsNaN(at) ? -1 : Math.Round(at);
    }

    /// <summary>Notes when a tone or a clip is to be heard, on the page's own clock.</summary>
    private const string Ear =
        """
        window.heard = [];
        for (const [kind, type] of [['tone', OscillatorNode], ['voice', AudioBufferSourceNode]]) {
          const start = type.prototype.start;
          type.prototype.start = function (at = 0) {
            window.heard.push({ kind, at: performance.now() + Math.max(0, at - this.context.currentTime) * 1000 + this.context.baseLatency * 1000 });
            return start.call(this, at);
          };
        }
        """;

    /// <summary>Types a card as a scanner does and waits until its answer is painted and has been given its sound.</summary>
    private const string Swipe =
        """
        async (text) => {
          window.heard.length = 0;
          const checkin = document.getElementById('checkin');
          const changed = new Promise((resolve) => {
            const observer = new MutationObserver(() => { if (!checkin.hidden && checkin.textContent) { observer.disconnect(); resolve(); } });
            observer.observe(checkin, { childList: true, attributes: true });
          });
          const press = (key, code) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }));
          for (const c of text) press(c, /\d/.test(c) ? 'Digit' + c : 'Key' + c);
          const begun = performance.now();
          press('Enter', 'Enter');
          await Promise.race([changed, new Promise((resolve) => setTimeout(resolve, 10000))]);
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          const painted = performance.now() - begun;
          const of = (kind) => window.heard.find((sound) => sound.kind === kind)?.at - begun;
          for (let i = 0; i < 50 && !(of('voice') >= 0); i++) await new Promise((resolve) => setTimeout(resolve, 20));
          return { kind: checkin.className, painted, tone: of('tone') || null, voice: of('voice') || null };
        }
        """;

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/\S*key=\S+")]
    private static partial Regex Entry();
}
