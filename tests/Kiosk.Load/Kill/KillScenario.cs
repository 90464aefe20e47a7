using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Kiosk.Load.Kill;

/// <summary>
/// R1: real hub and kiosk processes killed with <c>kill -9</c> at random moments while members check in by card and phone.
/// Whatever a screen or page told a member is logged outside; at the end each of those counts exactly once, and every record of every
/// kiosk's journal is on the hub. The seed fixes who comes when and how long each process lives; the machine decides where that strikes.
/// </summary>
internal static class KillScenario
{
    private sealed class Sums
    {
        public int HubKills { get; set; }

        public int KioskKills { get; set; }

        public int Acked { get; set; }

        public int Times { get; set; }

        public int Lost { get; set; }

        public int Double { get; set; }

        public int Violations { get; set; }

        public int Kills => HubKills + KioskKills;
    }

    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        var kills = int.Parse(options.GetValueOrDefault("kills", "1000"), CultureInfo.InvariantCulture);
        var perWorld = int.Parse(options.GetValueOrDefault("per-world", "100"), CultureInfo.InvariantCulture);
        var seed = int.Parse(options.GetValueOrDefault("seed", "1"), CultureInfo.InvariantCulture);
        if (!File.Exists(KillWorld.Player))
        {
            Console.Error.WriteLine($"kill: no player at {KillWorld.Player}; build Kiosk.Player in the same configuration.");
            return 1;
        }

        Console.WriteLine($"kill: {kills} kills, a new hub with four kiosks every {perWorld}, seed {seed}");
        var sums = new Sums();
        var started = Stopwatch.GetTimestamp();
        for (var world = 0; sums.Kills < kills; world++)
        {
            await RunWorldAsync(Math.Min(perWorld, kills - sums.Kills), seed + world, sums);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  world {world + 1}: {sums.Kills} kills so far ({sums.HubKills} hub, {sums.KioskKills} kiosk), {sums.Acked} acknowledged, {sums.Lost} lost, {sums.Double} double, {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s"));
        }

        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "kill",
            kills = sums.Kills,
            acked = sums.Acked,
            lost = sums.Lost,
            @double = sums.Double,
            hub_kills = sums.HubKills,
            kiosk_kills = sums.KioskKills,
            told = sums.Times,
            violations = sums.Violations,
            seconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds),
            seed,
        }));
        return sums is { Lost: 0, Double: 0, Violations: 0 } ? 0 : 1;
    }

    private static async Task RunWorldAsync(int kills, int seed, Sums sums)
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-kill-").FullName;
        var before = sums.Lost + sums.Double + sums.Violations;
        using (var world = new KillWorld(folder, seed))
        {
            await world.PrepareAsync();
            try
            {
                await world.RunAsync(kills, CancellationToken.None);
            }
            catch (Exception e) when (e is TimeoutException or InvalidOperationException)
            {
                Fault(sums, "not healed: " + e.Message);
            }

            await AuditAsync(world, sums);
        }

        if (sums.Lost + sums.Double + sums.Violations == before)
        {
            Directory.Delete(folder, recursive: true);
        }
        else
        {
            Console.WriteLine($"  BROKEN with seed {seed}; everything is in {folder}");
        }
    }

    private static async Task AuditAsync(KillWorld world, Sums sums)
    {
        sums.HubKills += world.HubKills;
        sums.KioskKills += world.KioskKills;
        sums.Acked += world.Log.Told.Count;
        sums.Times += world.Log.Times;
        await using var audit = await KillAudit.OpenAsync(world.HubData);
        if (await audit.IntegrityAsync() is var integrity && integrity != "ok")
        {
            Fault(sums, integrity);
        }

        if (await audit.ForeignKeyFaultsAsync() + await audit.WrongBalancesAsync() is var wrong && wrong > 0)
        {
            Fault(sums, $"{wrong} rows that do not add up");
        }

        var pairs = await audit.PairsAsync();
        foreach (var (pair, told) in world.Log.Told)
        {
            if (world.Healed && (!pairs.TryGetValue(pair, out var row) || !row.Counts || row.Accepted == 0 || row.Paid == 0))
            {
                sums.Lost++;
                Console.WriteLine($"  LOST: meeting {pair.Meeting} member {pair.Member}, told by {told}");
            }
        }

        foreach (var (pair, row) in pairs.Where(pair => pair.Value.Accepted > 1 || pair.Value.Paid > 1))
        {
            sums.Double++;
            Console.WriteLine($"  DOUBLE: meeting {pair.Meeting} member {pair.Member}: accepted {row.Accepted}, paid {row.Paid}");
        }

        var records = await audit.RecordIdsAsync();
        var feeds = await audit.FeedVersionsAsync();
        foreach (var kiosk in world.Kiosks)
        {
            var pending = kiosk.Inspect();
            var missing = kiosk.Journalled().Count(id => !records.Contains(id));
            if (missing > 0 || pending > 0)
            {
                Fault(sums, $"{missing} journalled records are not on the hub, {pending} are not acknowledged");
            }

            foreach (var (key, version) in kiosk.Versions.Where(held => feeds.TryGetValue(held.Key, out var newest) && held.Value.Version != newest))
            {
                Fault(sums, $"a kiosk holds {key} at {version.Version}, the hub is at {feeds[key]}");
            }

            kiosk.Violations.ToList().ForEach(violation => Fault(sums, violation));
        }
    }

    private static void Fault(Sums sums, string what)
    {
        sums.Violations++;
        Console.WriteLine($"  BROKEN: {what}");
    }
}
