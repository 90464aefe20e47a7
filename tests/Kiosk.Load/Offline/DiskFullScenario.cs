using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kiosk.Load.Kill;
using Kiosk.Player.Core.Pairing;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.View;
using Kiosk.Testing;

namespace Kiosk.Load.Offline;

/// <summary>
/// R4's journal: a real kiosk without its hub whose disk fills while members check in (the operating system's file size limit, lowered while it
/// runs). Nobody may be told "done" whose record is not on the disk; refused is said clearly; with room again it goes on by itself, and in
/// the end the hub has exactly those who were told.
/// </summary>
internal static class DiskFullScenario
{
    private const int Rounds = 3;

    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        int Number(string name, int otherwise) => int.Parse(options.GetValueOrDefault(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        var (cards, seed) = (Number("cards", 400), Number("seed", 1));
        Console.WriteLine($"disk-full: {cards} cards, seed {seed}");
        var folder = Directory.CreateTempSubdirectory("kiosk-full-").FullName;
        try
        {
            return await RunAsync(folder, cards, seed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunAsync(string folder, int count, int seed)
    {
        var (hubData, kioskData) = (Path.Combine(folder, "hub"), Path.Combine(folder, "kiosk"));
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{KillWorld.FreePort()}"));
        Directory.CreateDirectory(hubData);
        var queue = new Queue<string>(await PrepareAsync(hubData, kioskData, count, seed));
        using var hub = new MortalProcess(KillWorld.Hub, [$"--Hub:DataFolder={hubData}", $"--urls={address}", $"--Hub:PublicAddress={address}", .. HubProcess.Quiet]);
        using var kiosk = new MortalProcess(KillWorld.Player, ["--hub", address.ToString(), "--data", kioskData, "--window", "none", "--no-camera", "--port", "0"]) { OutlivesFullDisk = true };
        hub.Start();
        kiosk.Start();
        using var page = await StagePage.OpenAsync(kiosk, CancellationToken.None);
        await Eventually.TrueAsync(async () => await TryAsync(page, queue.Peek()) is not { Outcome: "not_ready" or "wrong_meeting" }, CancellationToken.None, TimeSpan.FromMinutes(1));
        queue.Dequeue();
        await hub.KillAsync();

        List<string> told = [], refused = [];
        var other = new Dictionary<string, int>();
        var faults = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            await ReadAsync(page, queue, count / (2 * Rounds), told, refused, other);
            // Room for a few more records in the log, then none.
            Limit(kiosk.Id, new FileInfo(new PlayerFolder(kioskData).Journal + "-wal").Length + 30_000);
            var before = refused.Count;
            await ReadAsync(page, queue, count / (2 * Rounds), told, refused, other);
            Hold(faults, refused.Count > before, "nothing was refused on the full disk");
            Hold(faults, other.Count == 0, "refused without saying why: " + string.Join(", ", other.Keys));
            Limit(kiosk.Id, null);
            var after = told.Count;
            await ReadAsync(page, queue, 5, told, refused, other);
            Hold(faults, told.Count == after + 5, "with room again not every card was taken");
        }

        hub.Start();
        await ConvergeAsync(hubData, faults, told);
        Report(told, refused, faults, seed);
        return faults.Count == 0 ? 0 : 1;
    }

    private static void Report(List<string> told, List<string> refused, List<string> faults, int seed)
    {
        foreach (var fault in faults)
        {
            Console.WriteLine($"  BROKEN: {fault}");
        }

        Console.WriteLine(JsonSerializer.Serialize(new { scenario = "disk-full", told = told.Count, refused = refused.Count, violations = faults.Count, seed }));
    }

    private static async Task<IReadOnlyList<string>> PrepareAsync(string hubData, string kioskData, int count, int seed)
    {
        await using var hub = await HubApplication.StartAsync(dataFolder: hubData);
        using var host = await hub.SignInAsync();
        var cards = hub.SignCards(await hub.AddMembersAsync(count + 50)).ToArray();
        new Random(seed).Shuffle(cards);
        var (room, _) = await hub.AddRoomWithDisplayAsync();
        await hub.AddMeetingAsync(host, room);
        var (id, token) = await KillWorld.PairAsync(hub, room, "屏");
        new IdentityStore(new PlayerFolder(kioskData)).Save(new Identity(token, null, id));
        return cards;
    }

    private static async Task ReadAsync(StagePage page, Queue<string> queue, int count, List<string> told, List<string> refused, Dictionary<string, int> other)
    {
        for (var at = 0; at < count && queue.TryDequeue(out var card); at++)
        {
            switch (await page.ReadCardAsync(card, CancellationToken.None))
            {
                case { Kind: CheckInViewKind.Done or CheckInViewKind.SavedOffline }:
                    told.Add(card);
                    break;
                case { Kind: CheckInViewKind.Refused, Outcome: "journal_failed" }:
                    refused.Add(card);
                    break;
                case var answer:
                    var said = $"{answer?.Kind} {answer?.Outcome}";
                    other[said] = other.GetValueOrDefault(said) + 1;
                    break;
            }
        }
    }

    private static async Task<CheckInView?> TryAsync(StagePage page, string card)
    {
        // The same card within three seconds is one card, so one has to wait that long before asking again.
        await Task.Delay(TimeSpan.FromSeconds(3.2));
        return await page.ReadCardAsync(card, CancellationToken.None);
    }

    private static async Task ConvergeAsync(string hubData, List<string> faults, List<string> told)
    {
        var members = told.Select(KillWorld.MemberOf).ToHashSet();
        await using var audit = await KillAudit.OpenAsync(hubData);
        var counted = new HashSet<Guid>();
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    var pairs = await audit.PairsAsync();
                    counted = [.. pairs.Where(pair => pair.Value is { Counts: true, Accepted: 1, Paid: 1 }).Select(pair => pair.Key.Member)];
                    return counted.IsSupersetOf(members);
                },
                CancellationToken.None,
                TimeSpan.FromSeconds(90));
        }
        catch (TimeoutException)
        {
            faults.Add($"{members.Except(counted).Count()} were told so and are not on the hub");
        }

        // The very first card was taken while the hub was there.
        Hold(faults, counted.Count == members.Count + 1, $"{counted.Count - members.Count - 1} are on the hub whom nobody was told");
        Hold(faults, await audit.IntegrityAsync() == "ok", "the hub's database is damaged");
    }

    private static void Limit(int process, long? bytes)
    {
        var limit = bytes is { } most ? string.Create(CultureInfo.InvariantCulture, $"--fsize={most}:unlimited") : "--fsize=unlimited:unlimited";
        using var set = Process.Start("prlimit", ["--pid", process.ToString(CultureInfo.InvariantCulture), limit]);
        set.WaitForExit();
        if (set.ExitCode != 0)
        {
            throw new InvalidOperationException("The file size limit could not be set.");
        }
    }

    private static void Hold(List<string> faults, bool holds, string otherwise)
    {
        if (!holds)
        {
            faults.Add(otherwise);
        }
    }
}
