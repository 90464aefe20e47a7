using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kiosk.Load.Kill;

namespace Kiosk.Load.Faults;

/// <summary>
/// R3, R4, R10 for the player's cache and proof of play: real player processes killed with <c>kill -9</c> while they download, play and journal;
/// files spoiled under them and between lives, disks filled, the wire to the hub delayed, cut, half-open, deaf. Everything is checked from
/// outside. Then a simulated day with a jumping clock in this process.
/// </summary>
internal static class PlayerFaultsScenario
{
    /// <summary>The newest state is reached so soon after the fault is gone; a start on two starved cores included.</summary>
    private static readonly TimeSpan Heals = TimeSpan.FromSeconds(75);

    private static readonly TimeSpan PlaysArrive = TimeSpan.FromMinutes(3);

    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        int Number(string name, int otherwise) => int.Parse(options.GetValueOrDefault(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var (kills, players, seed, hours) = (Number("kills", 40), Number("players", 3), Number("seed", 1), Number("hours", 4));
        if (!File.Exists(KillWorld.Player))
        {
            Console.Error.WriteLine($"player-faults: no player at {KillWorld.Player}; build Kiosk.Player in the same configuration.");
            return 1;
        }

        Console.WriteLine($"player-faults: {kills} kills of {players} players, {hours} simulated hours, seed {seed}");
        var started = Stopwatch.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("kiosk-faults-").FullName;
        var sums = await HarassAsync(folder, kills, players, seed);
        var day = hours == 0 ? DayResult.None : await SimulatedDay.RunAsync(Path.Combine(folder, "day"), hours, seed);
        day.Violations.ToList().ForEach(what => Console.WriteLine("  BROKEN simulated day: " + what));
        var violations = sums.Violations + day.Violations.Count;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "player-faults",
            kills = sums.Kills,
            violations,
            spoiled = sums.Spoiled,
            served_mb = sums.ServedMb,
            plays = sums.Plays,
            healed_s_max = Math.Round(sums.SlowestHeal.TotalSeconds, 1),
            simulated_hours = hours,
            clock_jumps = day.Jumps,
            memory_mb_early = day.EarlyMb,
            memory_mb_late = day.LateMb,
            seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds),
            seed,
        }));
        if (violations == 0)
        {
            Directory.Delete(folder, recursive: true);
            return 0;
        }

        Console.WriteLine($"  everything is in {folder}");
        return 1;
    }

    private sealed record Sums(int Kills, int Violations, int Spoiled, long ServedMb, int Plays, TimeSpan SlowestHeal);

    private static async Task<Sums> HarassAsync(string folder, int kills, int count, int seed)
    {
        using var world = new FaultsWorld(folder, seed);
        await world.StartAsync(count);
        var heals = (await Task.WhenAll(world.Players.Select(player => player.LivePeacefullyAsync(world.IsCurrent, TimeSpan.FromMinutes(3))))).Take(0).ToList();
        var random = new Random(seed);
        int Kills() => world.Players.Sum(player => player.Kills);
        for (var show = 1; Kills() < kills; show++)
        {
            // Now and then something new is published while they suffer; then a while of peace.
            var round = Math.Min(10, (kills - Kills() + count - 1) / count);
            var lives = Task.WhenAll(world.Players.Select(async player =>
            {
                for (var life = 0; life < round; life++)
                {
                    await player.LiveAndDieAsync();
                }
            }));
            while (!lives.IsCompleted)
            {
                await Task.WhenAny(lives, Task.Delay(random.Next(2_000, 8_000)));
                await world.PublishAsync(show += random.Next(0, 2));
            }

            await lives;
            heals.AddRange(await Task.WhenAll(world.Players.Select(player => player.LivePeacefullyAsync(world.IsCurrent, Heals))));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {Kills()} kills, {world.Players.Sum(p => p.Spoiled)} files spoiled, {world.Players.Sum(p => p.Log.Violations.Count)} violations, healed within {heals.Max().TotalSeconds:N0} s"));
        }

        await Task.WhenAll(world.Players.Select(player => player.LivePeacefullyAsync(p => p.PlaysWaiting() == 0, PlaysArrive)));
        // The very last showing was cut by the last kill; the next start closes it and sends it.
        await Task.WhenAll(world.Players.Select(player => player.LivePeacefullyAsync(p => p.PlaysWaiting() == 0 && p.PlaysOnDisk().Count > 0, PlaysArrive)));
        foreach (var player in world.Players)
        {
            world.AuditPlays(player);
        }

        return new Sums(
            Kills(), world.Players.Sum(p => p.Log.Violations.Count), world.Players.Sum(p => p.Spoiled), world.Players.Sum(p => p.Log.ServedBytes) / 1_000_000, world.PlaysAtTheHub(), heals.Max());
    }
}
