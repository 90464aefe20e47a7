using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Tests.Fakes;

namespace Kiosk.Player.Core.Tests;

/// <summary>The disk takes nothing while the hub goes on sending: what is urgent is seen all the same, and kept once there is room.</summary>
public sealed class PlayerHostFullDiskTests : PlayerRig
{
    [Fact]
    public async Task Takeover_is_shown_and_acknowledged_over_one_connection()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        var connections = Hub.Connections;
        TakesNothing(true);

        PushTakeover("疏散");
        await Until.TrueAsync(() => View.Takeover?.Title == "疏散", "the takeover");
        await Until.TrueAsync(() => Hub.Receipts.Any(IsReady), "its receipt");
        Hub.Push(PutDefault());
        await Until.TrueAsync(() => View.Playback.Current is null, "the playlist to be empty");
        Assert.True(View.HubReachable);
        Assert.Equal(connections, Hub.Connections);
        // Each is told once, although nothing that was told can be dropped.
        Assert.Single(Hub.Receipts, IsReady);
    }

    [Fact]
    public async Task What_was_not_stored_comes_again_after_a_restart_and_is_stored_once_there_is_room()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        TakesNothing(true);
        PushTakeover("第一");
        await Until.TrueAsync(() => View.Takeover?.Title == "第一", "the takeover");

        await StopAsync();
        Hub.Away = true;
        Start();
        await PlayingAsync(items[0]);
        Assert.Null(View.Takeover);
        Hub.Away = false;
        await Until.TrueAsync(() => View.Takeover?.Title == "第一", "the takeover, sent again");

        TakesNothing(true);
        PushTakeover("第二");
        await Until.TrueAsync(() => View.Takeover?.Title == "第二", "the second takeover");
        TakesNothing(false);
        Hub.Push(PutDefault());
        await Until.TrueAsync(() => View.Playback.Current is null, "the playlist to be empty");
        await StopAsync();
        Hub.Away = true;
        Start();
        await Until.TrueAsync(() => View.Takeover?.Title == "第二", "what was taken while the disk was full");
        Assert.Null(View.Playback.Current);
    }

    private void TakesNothing(bool nothing) => Player.Store.File.Execute($"PRAGMA query_only={(nothing ? 1 : 0)}");

    private bool IsReady(Receipt receipt) => receipt is { Subject: ReceiptSubject.Feed, State: ReceiptState.Ready } && receipt.Id == NoticesKey && receipt.Version == Hub.Feeds[NoticesKey].Version;

    private void PushTakeover(string title) => Hub.Push(Hub.Put(NoticesKey, new NoticesDocument(Scopes.Org(Given.OrgId), Disclosure.Public,
    [
        new NoticeItem(
            Guid.NewGuid(), 1, NoticeKind.Takeover, NoticeUrgency.Urgent, title, "请从楼梯离开", "值班室", TimeProvider.System.GetUtcNow().AddMinutes(-1),
            TimeProvider.System.GetUtcNow().AddHours(1), Disclosure.Public, null, null),
    ])));
}
