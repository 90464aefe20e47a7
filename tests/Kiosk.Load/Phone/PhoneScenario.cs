using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kiosk.Contracts.CheckIns;
using Kiosk.Load.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Load.Phone;

/// <summary>
/// P13: phones open the code of the moment and load the check-in page with its style sheet, so many a second by the clock, whether earlier
/// ones are done or not. Every request's time is told apart; the style sheet, a file without any work, is what the machine gives at that moment.
/// </summary>
internal static class PhoneScenario
{
    private const int Members = 400;

    private sealed class Times
    {
        public ConcurrentBag<double> Scan { get; } = [];

        public ConcurrentBag<double> Page { get; } = [];

        public ConcurrentBag<double> Style { get; } = [];

        public ConcurrentBag<double> Load { get; } = [];

        public ConcurrentBag<int> Bytes { get; } = [];

        public ConcurrentQueue<string> Broken { get; } = new();
    }

    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        int Number(string name, int otherwise) => int.Parse(options.GetValueOrDefault(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var (rate, seconds, seed) = (Number("rate", 500), Number("seconds", 20), Number("seed", 1));
        Console.WriteLine($"phone: {rate} page loads a second for {seconds} s, open loop, seed {seed}");
        var folder = Directory.CreateTempSubdirectory("kiosk-phone-").FullName;
        try
        {
            var (codes, sessions) = await PrepareAsync(folder);
            await using var hub = await HubProcess.StartAsync(folder, CancellationToken.None, ["--Phone:RequestsPerMinute=10000000", .. HubProcess.Quiet]);
            using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2) };
            using var http = new HttpMessageInvoker(handler);
            var random = new Random(seed);
            // The first seconds of a hub that has just started are told apart: its code is compiled while everybody opens the page.
            var cold = new Times();
            await LoadAsync(http, hub.Address, codes, sessions, random, rate, Math.Max(3, seconds / 3), cold);
            var times = new Times();
            var took = await LoadAsync(http, hub.Address, codes, sessions, random, rate, seconds, times);
            return Report(times, cold, rate, took, seed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Report(Times times, Times cold, int rate, double took, int seed)
    {
        var kilobytes = times.Bytes.DefaultIfEmpty().Max() / 1024.0;
        Console.WriteLine("                       p50 ms   p99 ms");
        foreach (var (name, values) in (ReadOnlySpan<(string, ConcurrentBag<double>)>)[("code", times.Scan), ("page", times.Page), ("style sheet", times.Style), ("whole load", times.Load)])
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-18} {Figures.At(values, 0.5),8:N2} {Figures.At(values, 0.99),8:N2}"));
        }

        foreach (var line in cold.Broken.Concat(times.Broken).Take(10))
        {
            Console.WriteLine($"  BROKEN: {line}");
        }

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "phone",
            page_kb = Math.Round(kilobytes, 1),
            p99_ms = Round(Figures.At(times.Page, 0.99)),
            p50_ms = Round(Figures.At(times.Page, 0.5)),
            cold_p99_ms = Round(Figures.At(cold.Page, 0.99)),
            code_p99_ms = Round(Figures.At(times.Scan, 0.99)),
            style_p99_ms = Round(Figures.At(times.Style, 0.99)),
            load_p99_ms = Round(Figures.At(times.Load, 0.99)),
            per_s = Round(times.Load.Count / took),
            wanted_per_s = rate,
            violations = times.Broken.Count + cold.Broken.Count + (kilobytes > 30 ? 1 : 0),
            seed,
        }));
        return times.Broken.IsEmpty && cold.Broken.IsEmpty && kilobytes <= 30 ? 0 : 1;
    }

    private static async Task<(IReadOnlyDictionary<uint, string> Codes, IReadOnlyList<string> Sessions)> PrepareAsync(string folder)
    {
        await using var hub = await HubApplication.StartAsync(dataFolder: folder);
        using var host = await hub.SignInAsync();
        var members = await hub.AddMembersAsync(Members);
        var (room, door) = await hub.AddRoomWithDisplayAsync();
        var meeting = (await hub.AddMeetingAsync(host, room)).Summary;
        return (await CheckInsScenario.CodesAsync(hub, door, meeting), await hub.AddMemberSessionsAsync(members));
    }

    private static async Task<double> LoadAsync(
        HttpMessageInvoker http, Uri hub, IReadOnlyDictionary<uint, string> codes, IReadOnlyList<string> sessions, Random random, int rate, int seconds, Times times)
    {
        var started = Stopwatch.GetTimestamp();
        var visits = new List<Task>(rate * seconds);
        for (var at = 0; at < rate * seconds; at++)
        {
            var due = TimeSpan.FromSeconds((double)at / rate);
            if (due - Stopwatch.GetElapsedTime(started) is { TotalMilliseconds: > 1 } early)
            {
                await Task.Delay(early);
            }

            // Half of the phones are known, half are not signed in.
            var session = random.Next(2) == 0 ? sessions[random.Next(sessions.Count)] : null;
            visits.Add(Task.Run(() => VisitAsync(http, hub, codes[DisplayCode.StepAt(TimeProvider.System.GetUtcNow())], session, started, due, times)));
        }

        await Task.WhenAll(visits);
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task VisitAsync(HttpMessageInvoker http, Uri hub, string code, string? session, long started, TimeSpan due, Times times)
    {
        try
        {
            var cookie = session is null ? "" : $"kiosk-member={session}; ";
            var (scan, _, presence) = await GetAsync(http, new Uri(hub, "/c/" + code), cookie, times.Scan);
            var (page, text, _) = await GetAsync(http, new Uri(hub, "/c"), cookie + presence, times.Page);
            var (style, _, _) = await GetAsync(http, new Uri(hub, "/phone.css"), "", times.Style);
            times.Load.Add((Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds);
            times.Bytes.Add(scan + page + style);
            if (!text.Contains("data-code=\"check_in\"", StringComparison.Ordinal) || text.Contains("<script", StringComparison.OrdinalIgnoreCase))
            {
                times.Broken.Enqueue(text.Length > 300 ? text[..300] : text);
            }
        }
        catch (HttpRequestException failure)
        {
            times.Broken.Enqueue(failure.Message);
        }
    }

    // Bytes as they travel without compression, headers left out.
    private static async Task<(int Bytes, string Text, string Cookies)> GetAsync(HttpMessageInvoker http, Uri address, string cookie, ConcurrentBag<double> times)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (cookie.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        }

        var sent = Stopwatch.GetTimestamp();
        using var response = await http.SendAsync(request, CancellationToken.None);
        var body = await response.Content.ReadAsByteArrayAsync();
        times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        var cookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(one => one.Split(';')[0])) : "";
        return (body.Length, System.Text.Encoding.UTF8.GetString(body), cookies);
    }

    private static double Round(double value) => double.IsNaN(value) ? 0 : Math.Round(value, 2);
}
