using System.Globalization;
using System.Text;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Load.Push;

/// <summary>
/// P1, P2: a notice published through the real API of a hub in a process of its own until the last display holds it, every display
/// acknowledging; the same with one display that stops reading; and, in the same run, a bare Node <c>ws</c> broadcast to as many listeners.
/// </summary>
internal static class PushScenario
{
    // Longer than the run, so that the stalled display stays for all of it.
    private const string Patience = "--Hub:Devices:DrainLimit=00:30:00";

    // Rounds that are not counted: the first ones measure the compiler.
    private const int WarmUp = 5;

    private const int Edits = 800;

    private sealed record Prepared(IReadOnlyList<(Guid Id, string Token)> Displays, Guid RootUnitId);

    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        var count = int.Parse(options.GetValueOrDefault("displays", "1000"), CultureInfo.InvariantCulture);
        var rounds = int.Parse(options.GetValueOrDefault("rounds", "30"), CultureInfo.InvariantCulture);
        var seed = int.Parse(options.GetValueOrDefault("seed", "1"), CultureInfo.InvariantCulture);
        Console.WriteLine($"push: {count} displays, {rounds} rounds, seed {seed}");
        var folder = Directory.CreateTempSubdirectory("kiosk-load-").FullName;
        try
        {
            var prepared = await PrepareAsync(folder, count + 1);
            await using var hub = await HubProcess.StartAsync(folder, CancellationToken.None, [Patience, .. HubProcess.Quiet]);
            await using var peer = await WsPeer.TryStartAsync();
            return await RunAsync(hub, peer, prepared, rounds, new Random(seed), seed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunAsync(HubProcess hub, WsPeer? peer, Prepared prepared, int rounds, Random random, int seed)
    {
        using var admin = await OperatorSession.SignInAsync(hub.Address, HubApplication.AdminUserName, HubApplication.AdminPassword);
        await using var displays = await Crowd.OfDisplaysAsync(hub.Address, [.. prepared.Displays.Skip(1).Select(display => display.Token)]);
        await using var listeners = peer is null ? null : await Listeners.StartAsync(peer.Address, displays.Count);
        var (calm, stalled, bare) = (new List<double>(), new List<double>(), new List<double>());
        var violations = 0;
        for (var round = -WarmUp; round < rounds; round++)
        {
            violations += await RoundAsync(admin, displays, prepared.RootUnitId, $"round{round}x{random.Next():x8}", round < 0 ? [] : calm);
            if (listeners is not null)
            {
                var marker = $"round{round}x{random.Next():x8}";
                // As long as the hub's message.
                (round < 0 ? [] : bare).Add(await listeners.MeasureAsync(marker, () => peer!.BroadcastAsync(marker + new string('.', 700))));
            }
        }

        var before = hub.MemoryMb;
        await using var stuck = await RawDisplay.ConnectAsync(hub.Address, prepared.Displays[0].Token, CancellationToken.None, Crowd.BoundTo(0, receiveBuffer: 4_096));
        await stuck.HelloAsync(CancellationToken.None);
        await FillAsync(admin, prepared);
        for (var round = 0; round < rounds; round++)
        {
            violations += await RoundAsync(admin, displays, prepared.RootUnitId, $"stall{round}x{random.Next():x8}", stalled);
        }

        var skipped = await CatchUpAsync(stuck);
        violations += skipped > 0 ? 0 : 1;

        violations += displays.Lost;
        var result = new Dictionary<string, object>
        {
            ["scenario"] = "push",
            ["displays"] = displays.Count,
            ["p50_ms"] = At(calm, 0.5),
            ["p99_ms"] = At(calm, 0.99),
            ["stalled_p50_ms"] = At(stalled, 0.5),
            ["stalled_p99_ms"] = At(stalled, 0.99),
        };
        if (listeners is not null)
        {
            result["peer_ws_p50_ms"] = At(bare, 0.5);
            result["peer_ws_p99_ms"] = At(bare, 0.99);
        }

        result["hub_mb"] = Math.Round(before);
        result["hub_stalled_mb"] = Math.Round(hub.MemoryMb);
        result["stalled_skipped"] = skipped;
        result["violations"] = violations;
        result["seed"] = seed;
        Console.WriteLine("  published → last display has it    p50 ms   p99 ms");
        Row("  hub, acknowledged and stored", calm);
        Row("  hub, one display stopped reading", stalled);
        Row(listeners is null ? "  bare ws broadcast (not installable)" : "  bare ws broadcast", bare);
        Console.WriteLine($"  hub memory {before:N0} MB, with the stalled display {hub.MemoryMb:N0} MB; it was spared {skipped} of {Edits} edits; violations {violations}");
        Console.WriteLine(JsonSerializer.Serialize(result));
        return violations == 0 ? 0 : 1;
    }

    // Publishes, waits for the last display, checks that every acknowledgement is stored, and takes the notice back.
    private static async Task<int> RoundAsync(OperatorSession admin, Crowd displays, Guid root, string marker, List<double> times)
    {
        NoticeSummary? notice = null;
        times.Add(await displays.MeasureAsync(marker, gone: false, async () =>
            notice = await admin.PostAsync<NoticeSummary>("/api/notices", Input(root, marker, Scopes.Org(root)))));
        var stored = 0;
        await Eventually.TrueAsync(
            async () => (stored = (await admin.GetAsync<NoticeSummary>($"/api/notices/{notice!.Id}")).Receipts.Painted) >= displays.Count, CancellationToken.None);
        await displays.MeasureAsync(marker, gone: true, () => admin.PostAsync<NoticeSummary>($"/api/notices/{notice!.Id}/withdraw"));
        return stored == displays.Count ? 0 : 1;
    }

    // More than the sockets and pipes of the stalled display hold, in its own feed, each version just short enough to travel whole.
    private static async Task FillAsync(OperatorSession admin, Prepared prepared)
    {
        var scope = Scopes.Display(prepared.Displays[0].Id);
        var text = new string('满', 1_200);
        var first = await admin.PostAsync<NoticeSummary>("/api/notices", Input(prepared.RootUnitId, text, scope));
        await admin.PostAsync<NoticeSummary>("/api/notices", Input(prepared.RootUnitId, text, scope));
        await admin.PostAsync<NoticeSummary>("/api/notices", Input(prepared.RootUnitId, text, scope));
        for (var edit = 1; edit <= Edits; edit++)
        {
            await admin.PutAsync<NoticeSummary>($"/api/notices/{first.Id}", Input(prepared.RootUnitId, $"edit{edit}. {text}", scope));
        }
    }

    // It reads again: what had piled up was replaced by what came later, and the newest is there. Says how many edits it never saw.
    private static async Task<int> CatchUpAsync(RawDisplay stuck)
    {
        var seen = 0;
        var newest = Encoding.ASCII.GetBytes($"edit{Edits}.");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await stuck.ReadAsync(patience.Token) is { } frame)
        {
            seen += frame.AsSpan().IndexOf("edit"u8) >= 0 ? 1 : 0;
            if (frame.AsSpan().IndexOf(newest) >= 0)
            {
                return Edits - seen;
            }
        }

        return 0;
    }

    private static NoticeInput Input(Guid root, string text, string scope) => new(
        root, NoticeKind.Banner, NoticeUrgency.Normal, "通知", text, [scope], null, TimeProvider.System.GetUtcNow().AddHours(1), Disclosure.Public, null);

    private static async Task<Prepared> PrepareAsync(string folder, int count)
    {
        await using var hub = await HubApplication.StartAsync(dataFolder: folder);
        return new Prepared(await hub.AddDisplaysAsync(count), hub.RootUnitId);
    }

    private static double At(List<double> values, double share) => Math.Round(Figures.At(values, share), 1);

    private static void Row(string name, List<double> values) => Console.WriteLine($"{name,-36} {At(values, 0.5),8:N1} {At(values, 0.99),8:N1}");
}
