using System.Globalization;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Load.Kill;
using Kiosk.Testing;
using Microsoft.Data.Sqlite;

namespace Kiosk.Load.Faults;

/// <summary>A real hub with playlists to change between, and players to harass.</summary>
internal sealed class FaultsWorld : IDisposable
{
    private const int Files = 40;
    private const int Window = 8;
    private const int Playlists = 16;

    private readonly string _folder;
    private readonly int _seed;
    private readonly List<HarassedPlayer> _players = [];
    private readonly List<(Guid Playlist, string[] Files)> _shows = [];
    private MortalProcess _hub = null!;
    private OperatorSession _admin = null!;
    private Guid _root;
    private Dictionary<Guid, string> _fileOf = [];

    public FaultsWorld(string folder, int seed) => (_folder, _seed) = (folder, seed);

    public IReadOnlyList<HarassedPlayer> Players => _players;

    /// <summary>Files of what is published now.</summary>
    public IReadOnlyList<string> Published { get; private set; } = [];

    private string HubData => Path.Combine(_folder, "hub");

    private string ScheduleKey => FeedKeys.Schedule(Scopes.Org(_root), Disclosure.Public);

    public async Task StartAsync(int players)
    {
        Directory.CreateDirectory(HubData);
        var random = new Random(_seed);
        var port = KillWorld.FreePort();
        await using (var hub = await HubApplication.StartAsync(dataFolder: HubData))
        {
            using var admin = await hub.SignInAsync();
            _root = hub.RootUnitId;
            List<(Guid Id, string Sha256)> media = [];
            for (var at = 0; at < Files; at++)
            {
                var path = Path.Combine(_folder, $"picture {at}");
                var bytes = new byte[random.Next(100_000, at % 5 == 4 ? 6_000_000 : 800_000)];
                random.NextBytes(bytes);
                await File.WriteAllBytesAsync(path, bytes);
                media.Add(await hub.AddMediaFileAsync(hub.RootUnitId, path, MediaKind.Image, "image/jpeg"));
            }

            _fileOf = media.ToDictionary(m => m.Id, m => m.Sha256);
            for (var show = 0; show < Playlists; show++)
            {
                // The first two belong to every one, the others move on.
                var items = media.Take(2).Concat(media.Skip(2 + show * 2).Take(Window - 2)).ToList();
                var playlist = await hub.ShowByDefaultAsync(admin, $"节目 {show}", items.Select(item => (item.Id, (long?)1_000)));
                _shows.Add((playlist, [.. items.Select(item => item.Sha256)]));
            }

            var spared = media.Take(2).Select(m => m.Sha256).ToHashSet();
            foreach (var (at, (id, token)) in (await hub.AddDisplaysAsync(players)).Index())
            {
                _players.Add(new HarassedPlayer($"player {at}", Path.Combine(_folder, $"player-{at}"), port, id, token, spared, _seed * 100 + at));
            }
        }

        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        _hub = new MortalProcess(KillWorld.Hub, [$"--Hub:DataFolder={HubData}", $"--urls={address}", $"--Hub:PublicAddress={address}", .. HubProcess.Quiet]);
        _hub.Start();
        await ReadyAsync(address);
        _admin = await OperatorSession.SignInAsync(address, HubApplication.AdminUserName, HubApplication.AdminPassword);
        await PublishAsync(0);
    }

    public async Task PublishAsync(int show)
    {
        var (playlist, files) = _shows[show % _shows.Count];
        await _admin.PutAsync<object>("/api/schedule/defaults", new DefaultContentInput(Scopes.Org(_root), playlist));
        Published = files;
    }

    /// <summary>The newest schedule with everything it names is on the player's disk.</summary>
    public bool IsCurrent(HarassedPlayer player) => player.Has(Published) && player.Holds(ScheduleKey) == Read($"SELECT \"Version\" FROM \"Feeds\" WHERE \"Key\" = '{ScheduleKey}'", row => row.GetInt64(0))[0];

    /// <summary>Holds what the hub has of a display's showings against what was seen and what the player wrote down.</summary>
    public void AuditPlays(HarassedPlayer player)
    {
        var display = player.DisplayId.ToString("D").ToUpperInvariant();
        var rows = Read($"SELECT \"Id\", \"MediaId\", \"Completed\" FROM \"Plays\" WHERE \"DisplayId\" = '{display}'", row => (Id: row.GetGuid(0), Media: row.GetGuid(1), Completed: row.GetInt32(2)));
        var (hub, mine) = (rows.Select(row => row.Id).ToHashSet(), player.PlaysOnDisk().ToHashSet());
        if (hub.Count != rows.Count || !hub.SetEquals(mine))
        {
            player.Log.Violate($"showings at the hub: {rows.Count}, of them twice {rows.Count - hub.Count}, missing {mine.Except(hub).Count()}, unknown to the player {hub.Except(mine).Count()}");
        }

        foreach (var (file, told) in player.Log.Told)
        {
            var unsure = player.Log.Unsure.GetValueOrDefault(file);
            var counted = rows.Where(row => _fileOf[row.Media] == file).Sum(row => row.Completed);
            if (counted < told || counted > told + unsure)
            {
                player.Log.Violate($"{file[..8]} was seen to its end {told} times (+{unsure} unsure) and counts {counted} times");
            }
        }
    }

    public int PlaysAtTheHub() => Read("SELECT COUNT(*) FROM \"Plays\"", row => row.GetInt32(0))[0];

    public void Dispose()
    {
        _players.ForEach(player => player.Dispose());
        _admin?.Dispose();
        _hub?.Dispose();
    }

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(HubData, "hub.db"), Pooling = false, DefaultTimeout = 30 }.ToString());
        file.Open();
        using var command = file.CreateCommand();
#pragma warning disable CA2100 // Ids and keys of our own making.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static async Task ReadyAsync(Uri hub)
    {
        using var http = new HttpClient { BaseAddress = hub, Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.TrueAsync(
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
            TimeSpan.FromMinutes(2));
    }
}
