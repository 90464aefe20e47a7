using System.Text;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Player.Core.Tests;

/// <summary>Check-ins through the whole player.</summary>
public sealed class PlayerHostCheckInTests : PlayerRig
{
    [Fact]
    public async Task Check_in_arrives_once_although_answers_are_lost_and_the_power_is_cut()
    {
        var zhang = Guid.NewGuid();
        GivenContent(1);
        Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow(), new RosterEntry(zhang, "张*三", true))));
        Start();
        await Until.TrueAsync(() => View.Meeting?.QrText is not null, "the meeting with its code");
        Hub.Away = true;
        Hub.Cut();
        await Until.TrueAsync(() => !View.HubReachable, "the link to go");
        await Until.TrueAsync(() => View.Meeting is { QrText: null, CheckInOpen: true }, "the code to go");
        var done = await Player.ReadCardAsync(Given.Card(zhang), Ct);
        Assert.Equal(CheckInViewKind.SavedOffline, done.Kind);
        await Until.TrueAsync(() => View.Meeting is { Present: 1, OfflinePresent: 1 } && View.CheckIn?.Id == done.Id, "the count");
        using var powerCut = TempFolder.CopyOf(Temp.Path);
        await StopAsync();
        Hub.Away = false;
        Hub.LoseAnswers = 2;
        Start(powerCut.Path);
        await Until.TrueAsync(() => Hub.Uploads.Count >= 3 && !Hub.Statuses.IsEmpty, "three attempts");
        await Until.TrueAsync(() => Hub.Statuses.Last().JournalPending == 0, "nothing pending");
        Assert.Single(Hub.CheckIns);
        Assert.Single(Hub.Uploads.Distinct());
    }

    [Fact]
    public async Task Revoked_device_forgets_everything_but_check_ins_the_hub_has_not()
    {
        var zhang = Guid.NewGuid();
        GivenContent(1);
        Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow(), new RosterEntry(zhang, "张*三", true))));
        Start();
        await Until.TrueAsync(() => View.Meeting is not null, "the meeting");
        var oldToken = Hub.Token;
        Hub.Away = true;
        Hub.Cut();
        await Until.TrueAsync(() => !View.HubReachable, "the link to go");
        await Player.ReadCardAsync(Given.Card(zhang), Ct);
        (Hub.Claimed, Hub.Revoked, Hub.Away) = (false, true, false);
        await Until.TrueAsync(() => View.Pairing?.Code is not null, "a new code");
        Assert.Equal(PairingReason.Revoked, View.Pairing!.Reason);
        Assert.Null(View.Meeting);
        Assert.Null(View.DisplayName);
        Assert.Null(View.Playback.Current);
        Assert.DoesNotContain("张*三", await ReadAllAsync(Path.Combine(Temp.Path, "documents.db")), StringComparison.Ordinal);
        Hub.Claimed = true;
        await Until.TrueAsync(() => Hub.CheckIns.Count == 1, "the check-in");
        Assert.NotEqual(oldToken, Hub.Token);
    }

    private static async Task<string> ReadAllAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Ct);
    }
}
