using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Load.Kill;
using Kiosk.Player.Core.Pairing;
using Kiosk.Player.Core.Storage;
using Kiosk.Testing;

namespace Kiosk.Load.Screen;

/// <summary>A hub with one playlist as default content, and one real player whose window covers a virtual screen.</summary>
internal sealed class ScreenWorld : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kiosk-screen-").FullName;
    private readonly string _address;
    private MortalProcess? _player;
    private bool _hubStopped;

    private ScreenWorld(HubApplication hub, OperatorSession admin) => (Hub, Admin, _address) = (hub, admin, hub.Address.ToString());

    public HubApplication Hub { get; }

    public OperatorSession Admin { get; }

    public string Folder => _folder;

    public string PlayerData => Path.Combine(_folder, "kiosk");

    public Guid DisplayId { get; private set; }

    /// <summary>The player that is started.</summary>
    public string Program { get; init; } = KillWorld.Player;

    public MortalProcess Player => _player!;

    public static async Task<ScreenWorld> StartAsync(string? program = null)
    {
        var hub = await HubApplication.StartAsync();
        return new ScreenWorld(hub, await hub.SignInAsync()) { Program = program ?? KillWorld.Player };
    }

    /// <summary>Uploads files and makes them the default content; a null length plays a clip to its end.</summary>
    public async Task PlayAsync(params IReadOnlyList<(string Path, long? DurationMs)> files)
    {
        var entries = new List<PlaylistEntryInput>();
        foreach (var (path, duration) in files)
        {
            var media = await HubApplication.UploadFileAsync(Admin, Hub.RootUnitId, path, disclosure: Disclosure.Public);
            if (media.State is not MediaState.Ready)
            {
                throw new InvalidOperationException($"The hub did not take {path}: {media.State}");
            }

            entries.Add(new PlaylistEntryInput(null, media.Id, null, duration, ItemFit.Contain));
        }

        var playlist = await Admin.PostAsync<PlaylistDetail>("/api/playlists", new PlaylistInput(Hub.RootUnitId, "列表", null, entries));
        await Admin.PutAsync<object>("/api/schedule/defaults", new DefaultContentInput(Scopes.Org(Hub.RootUnitId), playlist.Id));
    }

    /// <summary>Pairs the player; it is started by <see cref="StartPlayer"/>.</summary>
    public async Task PairAsync()
    {
        await using var paired = await Hub.PairDisplayAsync(Hub.DisplayInput("大厅屏"));
        DisplayId = paired.DisplayId;
        new IdentityStore(new PlayerFolder(PlayerData)).Save(new Identity(paired.Token, null, paired.DisplayId));
    }

    /// <param name="screen">Where the window is; null runs without one.</param>
    public void StartPlayer(VirtualScreen? screen, params IEnumerable<string> more)
    {
        var arguments = new[] { "--hub", _address, "--data", PlayerData, "--window", screen is null ? "none" : "window", "--no-camera", "--port", "0" }.Concat(more);
        _player = new MortalProcess(Program, [.. arguments]) { Display = screen?.Name };
        _player.Start();
    }

    /// <summary>The hub goes and does not come back.</summary>
    public async Task StopHubAsync()
    {
        _hubStopped = true;
        Admin.Dispose();
        await Hub.DisposeAsync();
    }

    /// <summary>Ends the player and the window it leaves behind.</summary>
    public void StopPlayer()
    {
        _player?.Dispose();
        _player = null;
        using var sweep = System.Diagnostics.Process.Start("pkill", ["-9", "-f", PlayerData]);
        sweep.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        StopPlayer();
        if (!_hubStopped)
        {
            await StopHubAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
