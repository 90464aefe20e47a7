using System.Diagnostics;
using System.Security.Cryptography;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests;

/// <summary>
/// The player starts on a folder whose disk has become read-only. A running program stands in for such a disk: its file can be read and not be written, by root
/// neither, and here it lies in the place of the lock.
/// </summary>
public sealed class PlayerHostReadOnlyTests : PlayerRig
{
    [Fact]
    public async Task What_is_there_is_shown_and_no_check_in_is_taken()
    {
        var zhang = Guid.NewGuid();
        var items = GivenContent(1);
        Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow(), new RosterEntry(zhang, "张*三", true))));
        Start();
        await PlayingAsync(items[0]);
        await StopAsync();
        using var disk = MakeUnwritable();
        var before = Contents();

        Hub.Away = true;
        Start();
        await PlayingAsync(items[0]);
        Hub.Away = false;
        await Until.TrueAsync(() => View.Meeting is { CheckInOpen: true }, "the meeting");
        var refused = await Player.ReadCardAsync(Given.Card(zhang), Ct);
        Assert.Equal((CheckInViewKind.Refused, "journal_failed"), (refused.Kind, refused.Outcome));
        await Until.TrueAsync(() => Hub.Statuses.Any(s => s.Faults.Any(f => f.Code == "data_folder_not_writable")), "the fault");
        Assert.Empty(Hub.CheckIns);
        Assert.Equal("data_folder_in_use", Assert.Throws<PlayerStartException>(() => PlayerFolderLock.Take(Temp.Path)).Code);
        await StopAsync();
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task Revoked_it_asks_for_no_pairing_that_the_next_start_would_not_know_of()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        await StopAsync();
        using var disk = MakeUnwritable();
        Start();
        await PlayingAsync(items[0]);
        await Until.TrueAsync(() => View.HubReachable, "the hub");
        (Hub.Revoked, Hub.Claimed) = (true, false);
        Hub.Cut();
        await Until.TrueAsync(() => View.Refusal?.Code == "data_folder_not_writable", "why it does not pair");
        Assert.Null(View.Playback.Current);
    }

    [Fact]
    public async Task Check_ins_taken_before_still_arrive_once()
    {
        var zhang = Guid.NewGuid();
        GivenContent(1);
        Hub.Put(FeedKeys.Room(Given.RoomId), Given.Room(Given.Meeting(TimeProvider.System.GetUtcNow(), new RosterEntry(zhang, "张*三", true))));
        Start();
        await Until.TrueAsync(() => View.Meeting?.QrText is not null, "the meeting with its code");
        Hub.Away = true;
        Hub.Cut();
        await Until.TrueAsync(() => !View.HubReachable, "the link to go");
        Assert.Equal(CheckInViewKind.SavedOffline, (await Player.ReadCardAsync(Given.Card(zhang), Ct)).Kind);
        await StopAsync();
        Hub.Away = false;
        using (MakeUnwritable())
        {
            Start();
            await Until.TrueAsync(() => Hub.CheckIns.Count == 1, "the check-in");
            await StopAsync();
        }

        // The folder itself does not know that it has arrived, and tells it again.
        var before = Hub.Uploads.Count;
        Start();
        await Until.TrueAsync(() => Hub.Uploads.Count > before, "the check-in, told again");
        Assert.Single(Hub.CheckIns);
    }

    [Fact]
    public async Task Folder_that_can_be_written_again_is_noticed_and_used()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        await StopAsync();
        using var disk = MakeUnwritable();
        string standIn;
        using (var folder = PlayerFolderLock.Take(Temp.Path))
        {
            standIn = folder.Folder;
            Assert.True(folder.IsStandIn);
            Assert.NotEqual(Temp.Path, standIn);
            Assert.False(folder.IsWritableAgain);
            disk.Dispose();
            Assert.True(folder.IsWritableAgain);
        }

        Assert.False(Directory.Exists(standIn));
        Assert.True(File.Exists(Path.Combine(Temp.Path, "media", items[0].Variants[0].Sha256)));
        using var usual = PlayerFolderLock.Take(Temp.Path);
        Assert.False(usual.IsStandIn);
        Assert.Equal(Temp.Path, usual.Folder);
    }

    [Fact]
    public async Task Full_disk_is_stood_in_for_when_no_room_can_be_made_and_used_again_when_there_is_some()
    {
        var items = GivenContent(1);
        Start();
        await PlayingAsync(items[0]);
        await StopAsync();
        var (full, asked) = (true, 0);
        using (var made = PlayerFolderLock.Take(Temp.Path, _ => full = false, _ => full))
        {
            Assert.False(made.IsStandIn);
        }

        full = true;
        using (var folder = PlayerFolderLock.Take(Temp.Path, _ => asked++, path => full && path == Temp.Path))
        {
            Assert.Equal((true, true, 1), (folder.IsStandIn, folder.WasFull, asked));
            Assert.False(folder.IsWritableAgain);
            Assert.Equal("data_folder_in_use", Assert.Throws<PlayerStartException>(() => PlayerFolderLock.Take(Temp.Path)).Code);
            Start(held: folder);
            await PlayingAsync(items[0]);
            await Until.TrueAsync(() => Hub.Statuses.Any(s => s.Faults.Any(f => f.Code == "disk_full")), "the fault");
            var command = Hub.Command(DeviceCommandKinds.ClearCache);
            await Until.TrueAsync(() => Hub.Outcome(command) is { State: CommandReportState.Failed }, "not cleared: nothing could be fetched again");
            full = false;
            Assert.True(folder.IsWritableAgain);
            await StopAsync();
        }
    }

    [Fact]
    public void Folder_with_nothing_to_show_is_refused()
    {
        using var disk = MakeUnwritable();
        Assert.Equal("data_folder_not_writable", Assert.Throws<PlayerStartException>(() => PlayerFolderLock.Take(Temp.Path)).Code);
    }

    private Program MakeUnwritable()
    {
        var path = new PlayerFolder(Temp.Path).Lock;
        File.Delete(path);
        File.Copy("/bin/sleep", path);
        return new Program(Process.Start(path, "infinity"));
    }

    private List<string> Contents() =>
        [.. Directory.EnumerateFiles(Temp.Path, "*", SearchOption.AllDirectories).Order().Select(file => $"{file} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}")];

    private sealed class Program(Process process) : IDisposable
    {
        public void Dispose()
        {
            if (!process.HasExited)
            {
                process.Kill();
                process.WaitForExit();
            }
        }
    }
}
