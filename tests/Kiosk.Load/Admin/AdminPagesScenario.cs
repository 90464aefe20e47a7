using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.Load.Admin;

/// <summary>
/// P14: the hub of a large organisation. Each page of the admin is opened in a real Chromium; what it asks the hub for is then asked again, alone and
/// one after the other, and the time to the first byte of each answer is taken. Breaks when an answer comes late at p50 or holds more rows than a page has.
/// </summary>
internal static class AdminPagesScenario
{
    private const double GoalMs = 300;

    /// <summary>No list on a page is longer; choices of a form (units, types, rooms) may be as many as there are.</summary>
    private const int MostRows = 200;

    private static readonly string[] _pages =
    [
        "", "displays", "media", "playlists", "schedule", "notices", "plays", "meetings", "meetings/series", "meetings/unmatched", "meetings/host-events", "meetings/{meeting}", "members", "members/{member}",
        "points", "settings/account", "settings/alerts", "settings/backup", "settings/check-in-keys", "settings/groups", "settings/meeting-types", "settings/operators", "settings/org-units", "settings/rooms",
    ];

    /// <summary>A page that has asked for nothing for so long has what it shows.</summary>
    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(2);

    private sealed record Answer(string Page, string Path, double[] Times, int Bytes, int Rows);

    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        int Number(string name, int otherwise) => int.Parse(options.GetValueOrDefault(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var (displays, members, plays, repeats, seed) = (Number("displays", 500), Number("members", 20_000), Number("plays", 100_000), Number("repeats", 20), Number("seed", 1));
        Console.WriteLine($"admin: {displays} displays, {members} members, {plays} plays; each answer {repeats} times, seed {seed}");
        var folder = Directory.CreateTempSubdirectory("kiosk-admin-").FullName;
        try
        {
            var (meeting, member) = await PrepareAsync(folder, displays, members, plays, seed);
            await using var hub = await HubProcess.StartAsync(folder, CancellationToken.None, [.. HubProcess.Quiet]);
            var asked = await OpenAsync(hub.Address, [.. _pages.Select(page => page.Replace("{meeting}", $"{meeting}", StringComparison.Ordinal).Replace("{member}", $"{member}", StringComparison.Ordinal))]);
            using var session = await OperatorSession.SignInAsync(hub.Address, HubApplication.AdminUserName, HubApplication.AdminPassword);
            var answers = new List<Answer>();
            foreach (var (page, path) in asked)
            {
                answers.Add(await AskAsync(session.Http, page, path, repeats));
            }

            return Report(answers, displays, members, plays, hub.MemoryMb, seed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Report(List<Answer> answers, int displays, int members, int plays, double memoryMb, int seed)
    {
        Console.WriteLine("   p50 ms   p99 ms       KB   rows   answer");
        foreach (var answer in answers.OrderByDescending(answer => Figures.At(answer.Times, 0.5)))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {Figures.At(answer.Times, 0.5),7:N1} {Figures.At(answer.Times, 0.99),8:N1} {answer.Bytes / 1024.0,8:N1} {answer.Rows,6}   {answer.Path}   ({(answer.Page.Length == 0 ? "home" : answer.Page)})"));
        }

        var late = answers.Count(answer => Figures.At(answer.Times, 0.5) > GoalMs);
        var unpaged = answers.Where(answer => answer.Rows > MostRows).Select(answer => answer.Path).ToList();
        unpaged.ForEach(path => Console.WriteLine($"  BROKEN: more than {MostRows} rows at once: {path}"));
        var all = answers.SelectMany(answer => answer.Times).ToArray();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "admin",
            answers = answers.Count,
            p50_ms = Math.Round(Figures.At(all, 0.5), 1),
            p99_ms = Math.Round(Figures.At(all, 0.99), 1),
            slowest_p50_ms = Math.Round(answers.Max(answer => Figures.At(answer.Times, 0.5)), 1),
            late,
            unpaged = unpaged.Count,
            hub_mb = Math.Round(memoryMb),
            displays,
            members,
            plays,
            seed,
        }));
        return late + unpaged.Count == 0 ? 0 : 1;
    }

    private static async Task<(Guid Meeting, Guid Member)> PrepareAsync(string folder, int displays, int members, int plays, int seed)
    {
        await using var hub = await HubApplication.StartAsync(dataFolder: folder);
        using var host = await hub.SignInAsync();
        var screens = await hub.AddDisplaysAsync(displays);
        var people = await hub.AddMembersAsync(members);
        await hub.AddPlaysAsync([.. screens.Select(screen => screen.Id)], plays, new Random(seed));
        var meeting = Guid.Empty;
        for (var at = 0; at < 20; at++)
        {
            var (room, _) = await hub.AddRoomWithDisplayAsync($"活动室 {at}");
            meeting = (await hub.AddMeetingAsync(host, room, [.. people.Skip(at * 50).Take(50)])).Summary.Id;
        }

        return (meeting, people[0]);
    }

    /// <summary>What each page asks the hub for, in the order of the pages; once each.</summary>
    private static async Task<IReadOnlyList<(string Page, string Path)>> OpenAsync(Uri hub, IReadOnlyList<string> pages)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"] });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1366, Height = 768 } });
        var asked = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var order = new ConcurrentQueue<(string, string)>();
        var (current, latest) = ("", Stopwatch.GetTimestamp());
        page.Request += (_, request) =>
        {
            latest = Stopwatch.GetTimestamp();
            var path = new Uri(request.Url).PathAndQuery;
            if (request.Method == "GET" && path.StartsWith("/api/", StringComparison.Ordinal) && !path.Contains("/thumbnail", StringComparison.Ordinal) && asked.TryAdd(path, current))
            {
                order.Enqueue((current, path));
            }
        };
        await page.GotoAsync(new Uri(hub, "/admin/").ToString());
        await page.Locator("input").First.FillAsync(HubApplication.AdminUserName);
        await page.Locator("input[type=password]").FillAsync(HubApplication.AdminPassword);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("nav a").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
        foreach (var each in pages)
        {
            current = each;
            await page.GotoAsync(new Uri(hub, "/admin/" + each).ToString());
            await page.Locator("nav a").First.WaitForAsync(new LocatorWaitForOptions { Timeout = 60_000 });
            await Eventually.TrueAsync(() => Task.FromResult(Stopwatch.GetElapsedTime(latest) > _quiet), CancellationToken.None, TimeSpan.FromMinutes(1));
        }

        return [.. order];
    }

    private static async Task<Answer> AskAsync(HttpClient http, string page, string path, int repeats)
    {
        var times = new double[repeats];
        byte[] body = [];
        // The first answer of a hub that has just started compiles its code; it is not counted.
        for (var at = -1; at < repeats; at++)
        {
            var started = Stopwatch.GetTimestamp();
            using var response = (await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
            if (at >= 0)
            {
                times[at] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }

            body = await response.Content.ReadAsByteArrayAsync();
        }

        return new Answer(page, path, times, body.Length, Rows(body));
    }

    /// <summary>Entries of the longest list anywhere in an answer.</summary>
    private static int Rows(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Longest(json.RootElement);
        }
        catch (JsonException)
        {
            return 0;
        }

        static int Longest(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().Select(Longest).Append(element.GetArrayLength()).Max(),
            JsonValueKind.Object => element.EnumerateObject().Select(property => Longest(property.Value)).DefaultIfEmpty().Max(),
            _ => 0,
        };
    }
}
