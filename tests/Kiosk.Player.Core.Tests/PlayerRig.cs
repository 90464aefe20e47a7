using System.Text;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Commands;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests;

/// <summary>The whole player with a hub in memory, real files and real SQLite.</summary>
public abstract class PlayerRig : IAsyncDisposable
{
    private protected TempFolder Temp { get; } = new();
    private protected WrittenLog Log { get; } = new();
    private protected FakeHub Hub { get; } = new();
    private protected string ScheduleKey { get; } = FeedKeys.Schedule(Scopes.Org(Given.OrgId), Disclosure.Public);
    private protected string NoticesKey { get; } = FeedKeys.Notices(Scopes.Org(Given.OrgId), Disclosure.Public);
    private Running? running;

    private sealed record Running(PlayerHost Player, CancellationTokenSource Stop, Task Task);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Temp.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected PlayerHost Player => running!.Player;

    private protected StageView View => Player.View;

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected void Start(string? folder = null, string address = "http://hub.example", TimeProvider? time = null, DevicePorts? ports = null, TimeSpan unrecognisedFor = default, bool pictureFirst = false, PlayerFolderLock? held = null)
    {
        var options = new PlayerOptions { HubAddress = address, DataFolder = folder ?? Temp.Path, KeepFreeBytes = 0, ParallelDownloads = 1, UnrecognisedFor = unrecognisedFor, PictureFirst = pictureFirst };
        var player = PlayerHost.Create(options, Hub, new SystemBoot(time ?? TimeProvider.System), time ?? TimeProvider.System, Log, () => 0.01, ports, held);
        var stop = new CancellationTokenSource();
        running = new Running(player, stop, player.RunAsync(stop.Token));
    }

    private protected async Task StopAsync()
    {
        if (running is { } r)
        {
            running = null;
            await r.Stop.CancelAsync();
            await r.Task;
            r.Player.Dispose();
            r.Stop.Dispose();
        }
    }

    /// <summary>A hub with one playlist of films as default content, claimed.</summary>
    private protected PlaylistItem[] GivenContent(params int[] seeds)
    {
        Hub.Claimed = true;
        PlaylistItem[] items = [.. seeds.Select(s => Given.Item(Hub.PutMedia(Given.Bytes(50_000, s)), $"film {s}"))];
        PutDefault(items);
        Hub.Put(FeedKeys.Display(Hub.DisplayId), Given.Display(Hub.DisplayId, Disclosure.Internal, ScheduleKey, NoticesKey, FeedKeys.Room(Given.RoomId)));
        return items;
    }

    private protected FeedPush PutDefault(params PlaylistItem[] items)
    {
        var id = new Guid(5, 0, 0, new byte[8]);
        var sha = Hub.PutDocument(new PlaylistDocument(id, "默认", items));
        return Hub.Put(ScheduleKey, new ScheduleDocument(Scopes.Org(Given.OrgId), Disclosure.Public, [], new PlaylistRef(id, "默认", sha)));
    }

    private protected async Task PlayingAsync(PlaylistItem item)
    {
        await Until.TrueAsync(() => View.Playback.Current?.ItemId == item.Id, "playing " + item.Title);
        Assert.Equal(item.Variants[0].Bytes, new FileInfo(Player.FindMedia(View.Playback.Current!.MediaSha256!)!.Path).Length);
    }
}
