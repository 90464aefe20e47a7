using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Points;
using Kiosk.Testing;

namespace Kiosk.Load.CheckIns;

/// <summary>
/// P4: check-ins by card over DeviceHub, 64 in flight, against the hub in a process of its own; the same by phone over HTTP (the button of the page);
/// and beside them the same statements in a bare loop on a copy of the same database: batches of 64, synchronous=FULL.
/// The first check-ins of a hub that has just started, while its code is compiled, are told apart.
/// </summary>
internal static class CheckInsScenario
{
    private const int InFlight = 64;
    private const int Meetings = 20;
    private const int WarmMeetings = 20;
    private const int PhoneMeetings = 3;
    private const string NoPhoneLimit = "--Phone:RequestsPerMinute=10000000";
    private const int BatchOfBareLoop = 64;

    /// <param name="Warm">Check-ins before anything counts.</param>
    private sealed record Prepared(string Token, IReadOnlyList<CheckInEntry> Warm, IReadOnlyList<CheckInEntry> Scans, Guid DisplayId, IReadOnlyList<Room> Rooms, IReadOnlyList<string> Sessions);

    /// <param name="Codes">What its display shows, by step.</param>
    private sealed record Room(Guid MeetingId, IReadOnlyDictionary<uint, string> Codes);

    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string> options)
    {
        var members = int.Parse(options.GetValueOrDefault("members", "1000"), CultureInfo.InvariantCulture);
        var repeats = int.Parse(options.GetValueOrDefault("repeats", "3"), CultureInfo.InvariantCulture);
        var seed = int.Parse(options.GetValueOrDefault("seed", "1"), CultureInfo.InvariantCulture);
        Console.WriteLine($"checkins: {members} members × {Meetings} meetings, {InFlight} in flight, {repeats} repeats, seed {seed}");
        List<double> perSecond = [], bare = [], phonesPerSecond = [];
        List<double> latencies = [], buttons = [], cold = [];
        var broken = 0;
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            var folder = Directory.CreateTempSubdirectory("kiosk-load-").FullName;
            try
            {
                var prepared = await PrepareAsync(folder, members, new Random(seed + repeat));
                var copy = Path.Combine(folder, "bare.db");
                File.Copy(Path.Combine(folder, "hub.db"), copy);
                bare.Add(await BareAsync(copy, prepared));
                await using (var hub = await HubProcess.StartAsync(folder, CancellationToken.None, [NoPhoneLimit, .. HubProcess.Quiet]))
                {
                    var (_, first, warmed) = await CardsAsync(hub.Address, prepared, prepared.Warm);
                    cold.AddRange(first);
                    var (rate, times, accepted) = await CardsAsync(hub.Address, prepared, prepared.Scans);
                    perSecond.Add(rate);
                    latencies.AddRange(times);
                    var (phones, presses, checkedIn) = await PhonesAsync(hub.Address, prepared);
                    phonesPerSecond.Add(phones);
                    buttons.AddRange(presses);
                    broken += await CheckAsync(folder, prepared, warmed + accepted + checkedIn);
                }

                Console.WriteLine($"  repeat {repeat + 1}: cards {perSecond[^1]:N0}/s, phones {phonesPerSecond[^1]:N0}/s, bare loop {bare[^1]:N0}/s, ratio {perSecond[^1] / bare[^1]:N2}");
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        latencies.Sort();
        buttons.Sort();
        cold.Sort();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "checkins",
            per_s = Math.Round(Median(perSecond)),
            bare_per_s = Math.Round(Median(bare)),
            ratio = Math.Round(Median(perSecond) / Median(bare), 2),
            p50_ms = Math.Round(latencies[latencies.Count / 2], 2),
            p99_ms = Math.Round(latencies[(int)(latencies.Count * 0.99)], 2),
            cold_p99_ms = Math.Round(cold[(int)(cold.Count * 0.99)], 2),
            phone_per_s = Math.Round(Median(phonesPerSecond)),
            phone_p50_ms = Math.Round(buttons[buttons.Count / 2], 2),
            phone_p99_ms = Math.Round(buttons[(int)(buttons.Count * 0.99)], 2),
            in_flight = InFlight,
            violations = broken,
            seed,
        }));
        return broken == 0 ? 0 : 1;
    }

    // Data is made by the hub itself in this process, which then lets go of the folder.
    private static async Task<Prepared> PrepareAsync(string folder, int members, Random random)
    {
        await using var hub = await HubApplication.StartAsync(dataFolder: folder);
        using var host = await hub.SignInAsync();
        await using var display = await hub.PairDisplayAsync();
        var ids = await hub.AddMembersAsync(members);
        var meetings = new List<Guid>();
        var rooms = new List<Room>();
        for (var at = 0; at < WarmMeetings + Meetings + PhoneMeetings; at++)
        {
            var (room, door) = await hub.AddRoomWithDisplayAsync($"房间 {at}");
            var meeting = (await hub.AddMeetingAsync(host, room)).Summary;
            if (at < WarmMeetings + Meetings)
            {
                meetings.Add(meeting.Id);
            }
            else
            {
                rooms.Add(new Room(meeting.Id, await CodesAsync(hub, door, meeting)));
            }
        }

        var cards = hub.SignCards(ids);
        var now = TimeProvider.System.GetUtcNow();
        IReadOnlyList<CheckInEntry> Scans(IEnumerable<Guid> of)
        {
            var scans = of.SelectMany(meeting => cards.Select(card => (meeting, card))).ToArray();
            random.Shuffle(scans);
            return [.. scans.Select(scan => new CheckInEntry(Guid.CreateVersion7(now), scan.meeting, scan.card, now, ClockState.Synced, "load", 0))];
        }

        return new Prepared(
            display.Token, Scans(meetings.Take(WarmMeetings)), Scans(meetings.Skip(WarmMeetings)), display.DisplayId, rooms, await hub.AddMemberSessionsAsync(ids));
    }

    /// <summary>What a display will show in the next half hour, by step.</summary>
    public static async Task<IReadOnlyDictionary<uint, string>> CodesAsync(HubApplication hub, Guid displayId, MeetingSummary meeting)
    {
        var now = TimeProvider.System.GetUtcNow();
        var codes = new Dictionary<uint, string>();
        for (var ahead = 0; ahead < 180; ahead++)
        {
            var at = now.AddSeconds(10 * ahead);
            codes[DisplayCode.StepAt(at)] = await hub.DisplayCodeAsync(displayId, meeting, at);
        }

        return codes;
    }

    private static async Task<(double PerSecond, List<double> Milliseconds, int Accepted)> CardsAsync(Uri hub, Prepared prepared, IReadOnlyList<CheckInEntry> scans)
    {
        var connections = new List<DisplayClient>();
        for (var at = 0; at < InFlight; at++)
        {
            var client = new DisplayClient(hub, prepared.DisplayId, prepared.Token);
            await client.ConnectAsync(CancellationToken.None);
            connections.Add(client);
        }

        var next = -1;
        var accepted = 0;
        var times = new List<double>[InFlight];
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(connections.Select((client, at) => Task.Run(async () =>
        {
            var mine = times[at] = [];
            for (int index; (index = Interlocked.Increment(ref next)) < scans.Count;)
            {
                var sent = Stopwatch.GetTimestamp();
                var reply = await client.UploadCheckInsAsync(new CheckInBatch([scans[index]]), CancellationToken.None);
                mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                if (reply.Results[0].Outcome == CheckInOutcome.Accepted)
                {
                    Interlocked.Increment(ref accepted);
                }
            }
        })));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var client in connections)
        {
            await client.DisposeAsync();
        }

        return (scans.Count / seconds, [.. times.SelectMany(list => list)], accepted);
    }

    // Signed-in phones that have opened the code's link and have the page before them; then everybody presses the button.
    private static async Task<(double PerSecond, List<double> Milliseconds, int Accepted)> PhonesAsync(Uri hub, Prepared prepared)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = InFlight };
        var phones = prepared.Rooms.SelectMany(room => prepared.Sessions.Select(session => (Room: room, Phone: new LoadPhone(handler, hub, session)))).ToList();
        await EachAsync(phones, async visit =>
        {
            await visit.Phone.GetAsync("/c/" + visit.Room.Codes[DisplayCode.StepAt(TimeProvider.System.GetUtcNow())]);
            await visit.Phone.GetAsync("/c");
        });
        var accepted = 0;
        var times = new ConcurrentBag<double>();
        var started = Stopwatch.GetTimestamp();
        await EachAsync(phones, async visit =>
        {
            var sent = Stopwatch.GetTimestamp();
            var page = await visit.Phone.PressAsync("/c");
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            if (page.Contains("data-code=\"accepted\"", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref accepted);
            }
        });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        phones.ForEach(visit => visit.Phone.Dispose());
        return (phones.Count / seconds, [.. times], accepted);
    }

    private static Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> work) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (item, _) => await work(item));

    // The hub's own statements without the hub: what the disk and SQLite give.
    private static async Task<double> BareAsync(string database, Prepared prepared)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database};Pooling=False");
        await connection.OpenAsync();
        await using (var pragmas = connection.CreateCommand())
        {
            pragmas.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY;";
            await pragmas.ExecuteNonQueryAsync();
        }

        var evidence = prepared.Scans.Select(scan =>
        {
            _ = CheckInCard.TryRead(scan.Card, out var card);
            return new CheckInEvidence(scan.Id, scan.MeetingId, card.MemberId, CheckInMethod.Card, prepared.DisplayId, scan.ObservedAt, now, scan.Clock) { CardSerial = (int)card.Serial };
        }).ToList();
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in evidence.Chunk(BatchOfBareLoop))
        {
            await using var transaction = connection.BeginTransaction(deferred: false);
            await using var statements = new Statements(connection, transaction, isPostgres: false);
            var store = new CheckInStore(statements, new PointsRules());
            foreach (var one in batch)
            {
                await store.ApplyAsync(one, CancellationToken.None);
            }

            await transaction.CommitAsync();
        }

        return evidence.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <returns>How many invariants do not hold: every acknowledged check-in exists once, points are the sum of postings.</returns>
    private static async Task<int> CheckAsync(string folder, Prepared prepared, int accepted)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder, "hub.db")};Pooling=False");
        await connection.OpenAsync();
        async Task<long> CountAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            return Convert.ToInt64(await command.ExecuteScalarAsync() ?? 0L, CultureInfo.InvariantCulture);
        }

        var expected = prepared.Warm.Count + prepared.Scans.Count + prepared.Rooms.Count * prepared.Sessions.Count;
        var checks = new (string Name, bool Holds)[]
        {
            ("all accepted", accepted == expected),
            ("one record each", await CountAsync("""SELECT COUNT(*) FROM "CheckInRecords" """) == expected),
            ("one attendance each", await CountAsync("""SELECT COUNT(*) FROM "Attendance" WHERE "State" <> 'Pending'""") == expected),
            ("balance is the sum of postings", await CountAsync("""
                SELECT COUNT(*) FROM "PointsAccounts" a WHERE a."Available" <> (SELECT SUM(p."Available") FROM "Postings" p WHERE p."MemberId" = a."MemberId") OR a."Available" < 0
                """) == 0),
        };
        foreach (var (name, _) in checks.Where(check => !check.Holds))
        {
            Console.WriteLine($"  BROKEN: {name}");
        }

        return checks.Count(check => !check.Holds);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
