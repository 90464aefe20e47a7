using System.Collections.Concurrent;
using System.Globalization;
using Kiosk.Contracts.CheckIns;
using Kiosk.Load.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Load.Kill;

/// <summary>A hub, kiosks in pairs before the same meetings, phones, and whoever kills them.</summary>
internal sealed class KillWorld(string folder, int seed) : IDisposable
{
    private const int Members = 800;
    private const int Rooms = 2;
    private const int KiosksARoom = 2;
    private const int Phones = 3;

    /// <summary>Long enough for two starved cores: a run tells of losses, not of a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Random _random = new(seed);
    private readonly List<MortalKiosk> _kiosks = [];
    private readonly ConcurrentQueue<(Guid Member, string Session)> _phones = new();
    private MortalProcess _hub = null!;
    private Uri _address = null!;
    private Guid _phoneMeeting;
    private IReadOnlyDictionary<uint, string> _codes = null!;

    public static string Hub { get; } = typeof(Kiosk.Hub.HubOptions).Assembly.Location;

    /// <summary>Built beside this program, in the same configuration.</summary>
    public static string Player { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Kiosk.Player", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "Kiosk.Player.dll"));

    public AckLog Log { get; } = new(Path.Combine(folder, "acknowledged.log"));

    public IReadOnlyList<MortalKiosk> Kiosks => _kiosks;

    public int HubKills => _hub.Kills;

    public int KioskKills => _kiosks.Sum(kiosk => kiosk.Process.Kills);

    public string HubData => Path.Combine(folder, "hub");

    /// <summary>Whether every kiosk had found the hub again at the end; before that nobody can say what is lost.</summary>
    public bool Healed { get; private set; }

    public async Task PrepareAsync()
    {
        _address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        Directory.CreateDirectory(HubData);
        await using (var hub = await HubApplication.StartAsync(dataFolder: HubData))
        {
            using var host = await hub.SignInAsync();
            var ids = await hub.AddMembersAsync(Members);
            var cards = hub.SignCards(ids).Select(card => (Member: MemberOf(card), Card: card)).ToArray();
            var (hall, door) = await hub.AddRoomWithDisplayAsync("大厅");
            var rooms = new List<Guid>();
            for (var at = 0; at < Rooms; at++)
            {
                rooms.Add((await hub.AddRoomWithDisplayAsync($"房间 {at}")).RoomId);
            }

            foreach (var (at, room) in rooms.Index())
            {
                var meeting = (await hub.AddMeetingAsync(host, room)).Summary.Id;
                var queue = new ConcurrentQueue<(Guid Member, string Card)>(Shuffled(cards));
                for (var beside = 0; beside < KiosksARoom; beside++)
                {
                    var (id, token) = await PairAsync(hub, room, $"屏 {at}{beside}");
                    _kiosks.Add(new MortalKiosk(
                        $"kiosk-{at}{beside}", Path.Combine(folder, $"kiosk-{at}{beside}"), _address, id, token, meeting, queue, Log, _random.Next()));
                }
            }

            var assembly = (await hub.AddMeetingAsync(host, hall)).Summary;
            (_phoneMeeting, _codes) = (assembly.Id, await CheckInsScenario.CodesAsync(hub, door, assembly));
            var sessions = await hub.AddMemberSessionsAsync(ids);
            Shuffled([.. ids.Zip(sessions)]).ToList().ForEach(_phones.Enqueue);
        }

        _hub = new MortalProcess(Hub, [
            $"--Hub:DataFolder={HubData}", $"--urls={_address}", $"--Hub:PublicAddress={_address}", "--Phone:RequestsPerMinute=10000000", .. HubProcess.Quiet]);
    }

    /// <summary>Kills until there were as many as wanted, then lets everything heal.</summary>
    public async Task RunAsync(int kills, CancellationToken cancellationToken)
    {
        var left = kills;
        bool Grave() => Interlocked.Decrement(ref left) >= 0;
        using var healed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _hub.Start();
        await HubReadyAsync(cancellationToken);
        var kiosks = _kiosks.Select(kiosk => kiosk.LiveAndDieAsync(Grave, healed.Token)).ToList();
        await Task.WhenAll(_kiosks.Select(kiosk => kiosk.Heard));
        var dying = KillHubAsync(Grave, cancellationToken);
        var phones = Enumerable.Range(0, Phones).Select(_ => PhonesAsync(healed.Token)).ToList();
        await Task.WhenAny(dying, Task.WhenAll(kiosks));
        await dying;
        await HubReadyAsync(cancellationToken);
        await HealAsync(cancellationToken);
        await healed.CancelAsync();
        await Task.WhenAll([.. kiosks.Select(Quietly), .. phones.Select(Quietly)]);
        await ConvergeAsync(cancellationToken);
        Healed = true;
        _kiosks.ForEach(kiosk => kiosk.Dispose());
        _hub.Dispose();
    }

    public void Dispose()
    {
        _kiosks.ForEach(kiosk => kiosk.Dispose());
        _hub?.Dispose();
        Log.Dispose();
    }

    private async Task KillHubAsync(Func<bool> grave, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_random.Next(6) != 0)
            {
                await HubReadyAsync(cancellationToken);
            }

            await Task.Delay(_random.Next(20, 1_500), cancellationToken);
            if (!grave())
            {
                return;
            }

            await _hub.KillAsync();
            await Task.Delay(_random.Next(0, 400), cancellationToken);
            _hub.Start();
        }
    }

    private async Task HubReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = _address, Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.TrueAsync(
            async () =>
            {
                if (_hub.HasExited)
                {
                    throw new InvalidOperationException("The hub ended by itself:\n" + string.Join('\n', _hub.Lines.TakeLast(30)));
                }

                try
                {
                    return (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken)).IsSuccessStatusCode;
                }
                catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
                {
                    return false;
                }
            },
            cancellationToken,
            Patience);
    }

    // Members go on coming; every kiosk finds the hub by itself within its longest pause.
    private static Task HealAsync(CancellationToken cancellationToken) => Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);

    private async Task ConvergeAsync(CancellationToken cancellationToken)
    {
        var wanted = _kiosks.SelectMany(kiosk => kiosk.Journalled()).ToHashSet();
        await using var audit = await KillAudit.OpenAsync(HubData);
        await Eventually.TrueAsync(async () => (await audit.RecordIdsAsync()).IsSupersetOf(wanted), cancellationToken, Patience);
        // The kiosk writes the hub's answer down and takes the newest attendance; only when nothing moves any more is it looked into.
        var still = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                var newest = await audit.FeedVersionsAsync();
                var same = _kiosks.All(kiosk => kiosk.PendingNow() == 0 && kiosk.HeldNow().All(held => !newest.TryGetValue(held.Key, out var version) || version == held.Version));
                still = same ? still + 1 : 0;
                await Task.Delay(300, cancellationToken);
                return still == 10;
            },
            cancellationToken,
            Patience);
    }

    private async Task PhonesAsync(CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2) };
        while (!cancellationToken.IsCancellationRequested && _phones.TryDequeue(out var one))
        {
            using var phone = new LoadPhone(handler, _address, one.Session);
            try
            {
                await phone.GetAsync("/c/" + _codes[DisplayCode.StepAt(TimeProvider.System.GetUtcNow())]);
                await phone.GetAsync("/c");
                var page = await phone.PressAsync("/c");
                var said = ((string[])["accepted", "already_checked_in"]).FirstOrDefault(code => page.Contains($"data-code=\"{code}\"", StringComparison.Ordinal));
                if (said is not null)
                {
                    Log.Tell(_phoneMeeting, one.Member, "phone", said);
                    continue;
                }
            }
            catch (Exception e) when (e is HttpRequestException or InvalidOperationException or IOException or TaskCanceledException)
            {
                await Task.Delay(100, CancellationToken.None);
            }

            _phones.Enqueue(one);
        }
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    private T[] Shuffled<T>(T[] items)
    {
        var copy = items.ToArray();
        _random.Shuffle(copy);
        return copy;
    }

    public static Guid MemberOf(string card) => CheckInCard.TryRead(card, out var read) ? read.MemberId : throw new ArgumentException(card);

    public static async Task<(Guid Id, string Token)> PairAsync(HubApplication hub, Guid room, string name)
    {
        await using var display = await hub.PairDisplayAsync(hub.DisplayInput(name, roomId: room));
        return (display.DisplayId, display.Token);
    }

    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
