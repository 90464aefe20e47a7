using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Load.Kill;
using Kiosk.Load.Net;
using Kiosk.Player.Core.Pairing;
using Kiosk.Player.Core.Storage;
using Kiosk.Testing;

namespace Kiosk.Load.Sync;

/// <summary>
/// P10: a real player fetches a gigabyte from a real hub beside curl fetching the same files, turn by turn. Then the player is killed with
/// <c>kill -9</c> in the middle again and again; what the hub had to give more than once is counted on the wire.
/// </summary>
internal static class SyncScenario
{
    private const double Goal = 0.9;
    private const double MostRepeatedMb = 4;

    /// <summary>A start costs two cores a few seconds, which is another scenario's business.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private sealed record World(string Folder, Uri Hub, string Token, Guid DisplayId, IReadOnlyList<string> Files, long Bytes, Guid Root, Guid Playlist);

    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        int Number(string name, int otherwise) => int.Parse(options.GetValueOrDefault(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var (megabytes, repeats, kills, seed) = (Number("megabytes", 1000), Number("repeats", 5), Number("kills", 10), Number("seed", 1));
        Console.WriteLine($"sync: {megabytes} MB, {repeats} turns beside curl, {kills} kills, seed {seed}");
        var folder = Directory.CreateTempSubdirectory("kiosk-sync-").FullName;
        try
        {
            var world = await PrepareAsync(folder, megabytes, seed);
            using var hub = new MortalProcess(KillWorld.Hub, [$"--Hub:DataFolder={Path.Combine(folder, "hub")}", $"--urls={world.Hub}", $"--Hub:PublicAddress={world.Hub}", .. HubProcess.Quiet]);
            hub.Start();
            await ReadyAsync(world.Hub);
            using var admin = await OperatorSession.SignInAsync(world.Hub, HubApplication.AdminUserName, HubApplication.AdminPassword);
            return await MeasureAsync(world, admin, repeats, kills, seed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(World world, OperatorSession admin, int repeats, int kills, int seed)
    {
        await CurlAsync(world, world.Hub); // warms the hub's files and code
        var (player, curl) = await BesideAsync("loopback", world, world.Hub, admin, repeats);
        using var gigabit = new FaultProxy(world.Hub.Port, seed) { BytesPerSecond = 125e6 };
        var (linePlayer, lineCurl) = await BesideAsync("1 Gbit/s", world, gigabit.Address, admin, (repeats + 1) / 2);
        var repeated = kills == 0 ? 0 : await KilledAsync(world, kills, seed);
        var ratio = player / curl;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "sync",
            ratio_to_curl = Math.Round(ratio, 3),
            repeated_mb = Math.Round(repeated, 2),
            player_mb_s = Math.Round(player),
            curl_mb_s = Math.Round(curl),
            ratio_at_gigabit = Math.Round(linePlayer / lineCurl, 3),
            megabytes = world.Bytes / 1_000_000,
            kills,
            seed,
        }));
        return ratio >= Goal && repeated <= MostRepeatedMb ? 0 : 1;
    }

    /// <summary>Median megabytes a second of both, turn by turn over the same line.</summary>
    private static async Task<(double Player, double Curl)> BesideAsync(string line, World world, Uri address, OperatorSession admin, int repeats)
    {
        List<double> player = [], curl = [];
        Console.WriteLine($"  {line,8} {"player MB/s",12} {"curl MB/s",12}");
        for (var turn = 1; turn <= repeats; turn++)
        {
            player.Add(world.Bytes / 1e6 / await PlayerAsync(world, address, admin));
            curl.Add(world.Bytes / 1e6 / await CurlAsync(world, address));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {turn,8} {player[^1],12:N0} {curl[^1],12:N0}"));
        }

        return (Median(player), Median(curl));
    }

    private static async Task<World> PrepareAsync(string folder, int megabytes, int seed)
    {
        var hubData = Directory.CreateDirectory(Path.Combine(folder, "hub")).FullName;
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{KillWorld.FreePort()}"));
        await using var hub = await HubApplication.StartAsync(dataFolder: hubData);
        using var admin = await hub.SignInAsync();
        var random = new Random(seed);
        List<(Guid, string)> media = [];

        // One big film, some middling ones, a few pictures.
        double[] shares = [0.6, 0.15, 0.1, 0.05, 0.05, 0.03, 0.01, 0.01];
        foreach (var (at, share) in shares.Index())
        {
            var path = Path.Combine(folder, $"film {at}");
            await WriteRandomAsync(path, (long)(share * megabytes * 1_000_000), random);
            media.Add(await hub.AddMediaFileAsync(hub.RootUnitId, path, MediaKind.Video, "video/mp4", durationMs: 60_000));
        }

        var playlist = await hub.ShowByDefaultAsync(admin, "同步", media.Select(m => (m.Item1, (long?)null)));
        var (room, _) = await hub.AddRoomWithDisplayAsync();
        var (id, token) = await KillWorld.PairAsync(hub, room, "屏");
        return new World(folder, address, token, id, [.. media.Select(m => m.Item2)], (long)shares.Sum(s => (long)(s * megabytes * 1_000_000)), hub.RootUnitId, playlist);
    }

    private static async Task WriteRandomAsync(string path, long bytes, Random random)
    {
        var buffer = new byte[1 << 20];
        await using var file = File.Create(path);
        for (var left = bytes; left > 0; left -= buffer.Length)
        {
            random.NextBytes(buffer);
            await file.WriteAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)));
        }
    }

    /// <summary>Seconds from the first byte asked for to the last file in place, flushed and checked. The player has been up for a while.</summary>
    private static async Task<double> PlayerAsync(World world, Uri address, OperatorSession admin)
    {
        var data = NewData(world);
        using var player = Player(address, data);
        await ShowAsync(world, admin, null);
        player.Start();
        var media = new PlayerFolder(data).Media;
        await Eventually.TrueAsync(async () => (await admin.GetAsync<DisplaySummary>($"/api/displays/{world.DisplayId}")).Online, CancellationToken.None, Patience);
        await Task.Delay(Settling);
        await ShowAsync(world, admin, world.Playlist);
        await Until(player, () => Directory.EnumerateFiles(media).Any());
        var began = Stopwatch.GetTimestamp();
        await Until(player, () => world.Files.All(file => File.Exists(Path.Combine(media, file))));
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await player.KillAsync();
        Directory.Delete(data, recursive: true);
        return took;
    }

    private static async Task<double> CurlAsync(World world, Uri address)
    {
        var target = Directory.CreateDirectory(Path.Combine(world.Folder, "curl")).FullName;
        var config = Path.Combine(target, "config");
        await File.WriteAllLinesAsync(config, world.Files.SelectMany(file => new[] { $"url = \"{address}media/{file}\"", $"output = \"{target}/{file}\"" }).Prepend($"header = \"Authorization: Bearer {world.Token}\""));
        var began = Stopwatch.GetTimestamp();
        using var curl = Process.Start("curl", ["-sS", "--fail", "-K", config]);
        await curl.WaitForExitAsync();
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (curl.ExitCode != 0 || world.Files.Sum(file => new FileInfo(Path.Combine(target, file)).Length) != world.Bytes)
        {
            throw new InvalidOperationException($"curl did not fetch everything (exit {curl.ExitCode}).");
        }

        Directory.Delete(target, recursive: true);
        return took;
    }

    /// <summary>Megabytes a kill made the hub give again, on average.</summary>
    private static async Task<double> KilledAsync(World world, int kills, int seed)
    {
        var data = NewData(world);
        var random = new Random(seed);
        using var proxy = new FaultProxy(world.Hub.Port, seed);
        using var player = Player(proxy.Address, data);
        var media = new PlayerFolder(data).Media;
        for (var kill = 0; kill < kills; kill++)
        {
            var until = proxy.Given + world.Bytes / (kills + 1) * random.Next(50, 100) / 100;
            player.Start();
            await Until(player, () => proxy.Given >= until);
            await player.KillAsync();
        }

        player.Start();
        await Until(player, () => world.Files.All(file => File.Exists(Path.Combine(media, file))));
        await player.KillAsync();
        Directory.Delete(data, recursive: true);
        var repeated = (proxy.Given - world.Bytes) / 1e6 / kills;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kills} kills: the hub gave {proxy.Given / 1e6:N1} MB for {world.Bytes / 1e6:N1} MB, {repeated:N2} MB a kill"));
        return repeated;
    }

    private static Task<object> ShowAsync(World world, OperatorSession admin, Guid? playlist) =>
        admin.PutAsync<object>("/api/schedule/defaults", new DefaultContentInput(Scopes.Org(world.Root), playlist));

    private static string NewData(World world)
    {
        var data = Path.Combine(world.Folder, "player");
        new IdentityStore(new PlayerFolder(data)).Save(new Identity(world.Token, null, world.DisplayId));
        return data;
    }

    private static MortalProcess Player(Uri hub, string data) =>
        new(KillWorld.Player, ["--hub", hub.ToString(), "--data", data, "--window", "none", "--no-camera", "--port", "0"]);

    private static Task ReadyAsync(Uri hub)
    {
        var http = new HttpClient { BaseAddress = hub, Timeout = TimeSpan.FromSeconds(5) };
        return Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return (await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode;
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            CancellationToken.None,
            Patience);
    }

    private static async Task Until(MortalProcess player, Func<bool> condition)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (player.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException("The player did not get there:\n" + string.Join('\n', player.Lines.TakeLast(30)));
            }

            await Task.Delay(5);
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
