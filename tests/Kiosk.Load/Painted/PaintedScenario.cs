using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Load.Playback;
using Kiosk.Load.Screen;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.Load.Painted;

/// <summary>
/// P3: from the call that publishes a notice until it is painted in a real Chromium on the kiosk's page while a clip plays; in turn with a bare
/// SignalR echo painted on the same page. Breaks when a notice is not painted within five seconds.
/// </summary>
internal static partial class PaintedScenario
{
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        var count = int.Parse(options.GetValueOrDefault("notices", "100"), CultureInfo.InvariantCulture);
        var seed = int.Parse(options.GetValueOrDefault("seed", "1"), CultureInfo.InvariantCulture);
        Console.WriteLine($"painted: {count} notices and {count} echoes in turn, seed {seed}");
        await using var world = await ScreenWorld.StartAsync();
        var (clips, _) = await MarkedClips.MakeAsync(world.Folder);
        await world.PlayAsync([.. clips.Select(path => (path, (long?)null))]);
        await world.PairAsync();
        world.StartPlayer(null);
        await Eventually.TrueAsync(() => Task.FromResult(world.Player.Lines.Any(line => Entry().IsMatch(line))), CancellationToken.None, TimeSpan.FromSeconds(60));
        await using var echo = await EchoPeer.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--autoplay-policy=no-user-gesture-required"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1920, Height = 1080 }, BypassCSP = true });
        await page.GotoAsync(Entry().Match(world.Player.Lines.First(line => Entry().IsMatch(line))).Value);
        await page.WaitForSelectorAsync("#playback video", new PageWaitForSelectorOptions { Timeout = 60_000, State = WaitForSelectorState.Attached });
        await page.EvaluateAsync(Listen, $"ws://{echo.Address.Authority}/echo");
        using var http = new HttpClient { BaseAddress = echo.Address };
        List<double> painted = [], echoed = [];
        var warm = Math.Min(10, count);
        for (var i = 0; i < warm + count; i++)
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"通知{seed}-{i}");
            var asked = TimeProvider.System.GetUtcNow();
            var input = new NoticeInput(
                world.Hub.RootUnitId, NoticeKind.Banner, NoticeUrgency.Normal, title, "全体党员大会改到七点半开始。", [Scopes.Org(world.Hub.RootUnitId)], null, asked.AddHours(1), Disclosure.Public, null);
            var publishing = world.Admin.PostAsync<NoticeSummary>("/api/notices", input);
            var notice = await TimeAsync("banner", title, asked, painted, i < warm);
            var published = await publishing;
            asked = TimeProvider.System.GetUtcNow();
            using var said = await http.PostAsync(new Uri("/say", UriKind.Relative), new StringContent(title, Encoding.UTF8));
            await TimeAsync("echo", title, asked, echoed, i < warm);
            await world.Admin.PostAsync<NoticeSummary>($"/api/notices/{published.Id}/withdraw", new { });
            if (!notice)
            {
                Console.WriteLine($"{title} was not painted within five seconds.");
            }
        }

        Console.WriteLine($"{"",-10}{"painted",9}{"p50",8}{"p90",8}{"p99",8}{"max",8}   ms");
        Print("kiosk", painted);
        Print("echo", echoed);
        var broken = painted.Count < count;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "painted", seed, notices = count, p50_ms = At(painted, 50), p99_ms = At(painted, 99), echo_p50_ms = At(echoed, 50), echo_p99_ms = At(echoed, 99), missing = count - painted.Count,
        }));
        return broken ? 1 : 0;

        async Task<bool> TimeAsync(string what, string text, DateTimeOffset asked, List<double> times, bool isWarmUp)
        {
            var at = await page.EvaluateAsync<double>("([what, text]) => window.paintedAt(what, text)", new[] { what, text });
            if (at > 0 && !isWarmUp)
            {
                times.Add(at - ((asked - DateTimeOffset.UnixEpoch).TotalMilliseconds));
            }

            return at > 0;
        }
    }

    private static void Print(string name, List<double> times) =>
        Console.WriteLine($"{name,-10}{times.Count,9}{At(times, 50),8}{At(times, 90),8}{At(times, 99),8}{At(times, 100),8}");

    private static double At(List<double> times, int percent) =>
        times.Count == 0 ? -1 : Math.Round(Figures.At(times, percent / 100.0), 1);

    /// <summary>
    /// Notes the wall-clock time of the frame after the one in which a text stood in the layout, for the banner and for a line the echo
    /// writes; speaks the JSON protocol of SignalR over a plain socket.
    /// </summary>
    private const string Listen =
        """
        (address) => {
          const echo = document.createElement('p');
          echo.id = 'echo';
          echo.style.cssText = 'position:fixed;left:0;top:0;z-index:99;background:#fff;font-size:40px';
          document.body.append(echo);
          const times = new Map();
          const waiting = new Map();
          const note = (what, element) => {
            const text = (what === 'banner' ? element.querySelector('h2')?.textContent : element.textContent) ?? '';
            const key = what + text;
            if (text && !times.has(key)) {
              times.set(key, 0);
              requestAnimationFrame(() => requestAnimationFrame(() => {
                times.set(key, performance.timeOrigin + performance.now());
                waiting.get(key)?.(times.get(key));
              }));
            }
          };
          for (const [what, element] of [['banner', document.getElementById('banner')], ['echo', echo]]) {
            new MutationObserver(() => note(what, element)).observe(element, { childList: true, subtree: true, characterData: true });
          }
          window.paintedAt = (what, text) => {
            const key = what + text;
            return times.get(key) > 0 ? times.get(key) : Promise.race([
              new Promise((resolve) => waiting.set(key, resolve)), new Promise((resolve) => setTimeout(() => resolve(-1), 5000))]);
          };
          return new Promise((resolve) => {
            const socket = new WebSocket(address);
            socket.onopen = () => socket.send('{"protocol":"json","version":1}\x1e');
            socket.onmessage = ({ data }) => {
              for (const part of data.split('\x1e').filter(Boolean)) {
                const message = JSON.parse(part);
                if (message.target === 'said') echo.textContent = message.arguments[0];
                else resolve();
              }
            };
          });
        }
        """;

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/\S*key=\S+")]
    private static partial Regex Entry();
}
