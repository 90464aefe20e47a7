using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Core.Tests;

/// <summary>What becomes of a paired player that is refused: by the history of the hub that knew it, or by another.</summary>
public sealed class PlayerHostRefusedTests : PlayerRig
{
    [Fact]
    public async Task Hub_on_other_data_for_a_while_is_nothing_a_visitor_sees()
    {
        var items = GivenContent(1);
        Start(unrecognisedFor: TimeSpan.FromHours(1));
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        var own = Hub.Token;
        OtherData();
        await Until.TrueAsync(() => !View.HubReachable, "the refusal");
        await PlayingAsync(items[0]);
        await StopAsync();
        Start(unrecognisedFor: TimeSpan.FromHours(1));
        await PlayingAsync(items[0]);
        Assert.Null(View.Pairing);
        (Hub.Token, Hub.Epoch) = (own, "e1");
        await Until.TrueAsync(() => View.HubReachable, "the hub as it was");
        Assert.Equal(1, Hub.Pairings);
    }

    [Fact]
    public async Task A_night_without_the_hub_is_no_part_of_the_while_it_has_to_be_put_right()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var items = GivenContent(1);
        Start(time: time, unrecognisedFor: TimeSpan.FromMinutes(10));
        await PassAsync(() => View.HubReachable && View.Playback.Current?.ItemId == items[0].Id, "the hub", TimeSpan.FromMilliseconds(100));
        OtherData();
        await AskedAsync(2);

        Hub.Away = true;
        await AskedAsync(2);
        time.Advance(TimeSpan.FromHours(9));
        await AskedAsync(2);
        Hub.Away = false;
        await AskedAsync(3);
        Assert.Null(View.Pairing);
        Assert.Equal(items[0].Id, View.Playback.Current?.ItemId);

        await PassAsync(() => View.Pairing is { Code: not null }, "a code once it has said no for long enough", TimeSpan.FromSeconds(5));

        Task AskedAsync(int times)
        {
            var before = Hub.Standings;
            return PassAsync(() => Hub.Standings >= before + times, "to be asked", TimeSpan.FromMilliseconds(100));
        }

        Task PassAsync(Func<bool> condition, string what, TimeSpan step) => Until.TrueAsync(
            () =>
            {
                time.Advance(step);
                return condition();
            },
            what);
    }

    [Fact]
    public async Task Device_that_is_given_another_hub_asks_to_be_paired_at_once()
    {
        var items = GivenContent(1);
        Start(unrecognisedFor: TimeSpan.FromHours(1));
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        await StopAsync();
        OtherData();
        Start(address: "http://other.example", unrecognisedFor: TimeSpan.FromHours(1));
        await CodeAsync(PairingReason.Unrecognised);
    }

    [Fact]
    public async Task Hub_on_other_data_costs_no_display_its_pairing()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var own = Hub.Token;
        OtherData();
        await CodeAsync(PairingReason.Unrecognised);
        Assert.Null(View.Playback.Current);
        Assert.Null(View.DisplayName);
        await StopAsync();
        Start();
        await CodeAsync(PairingReason.Unrecognised);

        Hub.Away = true;
        await Until.TrueAsync(() => View.Refusal is not null || View.Pairing is { Code: null }, "the hub to be stopped");
        (Hub.Token, Hub.Epoch, Hub.Away) = (own, "e1", false);
        await PlayingAsync(items[0]);
        Assert.Null(View.Pairing);
        Assert.Equal(own, Hub.Token);
    }

    [Fact]
    public async Task What_a_display_recorded_is_kept_for_the_hub_that_comes_back_from_a_backup()
    {
        var zhang = Guid.NewGuid();
        void GivenEvening()
        {
            GivenContent(1);
            Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow(), new RosterEntry(zhang, "张*三", true))));
        }

        GivenEvening();
        Start();
        await Until.TrueAsync(() => View.Meeting?.QrText is not null, "the meeting with its code");
        await Player.ReadCardAsync(Given.Card(zhang), Ct);
        await Until.TrueAsync(() => Hub.CheckIns.Count == 1, "the check-in");
        var own = Hub.Token;
        OtherData();
        await CodeAsync(PairingReason.Unrecognised);
        Assert.Null(View.Meeting);

        await StopAsync();
        var before = Hub.Uploads.Count;
        (Hub.Token, Hub.Epoch) = (own, "e3");
        GivenEvening();
        Hub.Claimed = false;
        Start();
        await Until.TrueAsync(() => Hub.Uploads.Count > before, "the check-in, told again");
        Assert.Single(Hub.Uploads.Distinct());
    }

    [Fact]
    public async Task Revoked_device_shows_nothing_more_although_its_identity_cannot_be_deleted()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var identity = Path.Combine(Temp.Path, "identity.json");
        File.Delete(identity);
        Directory.CreateDirectory(Path.Combine(identity, "cannot be deleted as a file"));
        (Hub.Revoked, Hub.Claimed) = (true, false);
        Hub.Cut();
        await CodeAsync(PairingReason.Revoked);
        Assert.Null(View.Playback.Current);
    }

    [Fact]
    public async Task Device_that_was_revoked_meanwhile_is_so_once_its_own_hub_is_back()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        OtherData();
        await CodeAsync(PairingReason.Unrecognised);
        await StopAsync();
        (Hub.Revoked, Hub.Epoch) = (true, "e1");
        Start();
        await CodeAsync(PairingReason.Revoked);
        Assert.False(File.Exists(Path.Combine(Temp.Path, "identity.former.json")));
    }

    [Fact]
    public async Task Device_that_is_claimed_by_other_data_belongs_to_them()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        var own = Hub.Token;
        OtherData();
        await CodeAsync(PairingReason.Unrecognised);
        Hub.Claimed = true;
        await PlayingAsync(items[0]);
        Assert.NotEqual(own, Hub.Token);
        Assert.False(File.Exists(Path.Combine(Temp.Path, "identity.former.json")));
    }

    /// <summary>The hub runs on data that never knew this device.</summary>
    private void OtherData()
    {
        (Hub.Token, Hub.Epoch, Hub.Claimed) = ("kd_somebody", "e2", false);
        Hub.Cut();
    }

    private Task CodeAsync(PairingReason reason) => Until.TrueAsync(() => View.Pairing is { Code: not null } pairing && pairing.Reason == reason, "a code, " + reason);
}
