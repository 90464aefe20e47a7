using Kiosk.EndToEnd.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests;

/// <summary>The evening after the disk died: real hub, real kiosks, cards taken after the backup, the commands of the manual.</summary>
[Collection(EndToEndRun.Name)]
public sealed class RestoreTests
{
    private const string Room = "三号活动室";

    [Fact]
    public async Task What_kiosks_took_after_the_backup_is_there_once_after_a_restore_and_every_display_converges()
    {
        await using var world = await World.CreateAsync();
        var archive = Path.Combine(world.Folder, "safe", "tonight.kiosk-backup");
        var admin = await AdminPage.OpenAsync(world.Browser, world.Hub.Address);
        await admin.SetUpAsync(await world.Hub.SetUpLinkAsync(), "北山街道党委");
        var cards = new Dictionary<string, string>();
        foreach (var name in (string[])["陈一方", "林二姐", "何三光"])
        {
            await admin.AddMemberAsync(name);
            cards[name] = await World.ReadCardAsync(admin);
        }

        var door = await world.OpenKioskAsync("door");
        await door.PairAsync(admin, "活动室大屏", Room);
        var lobby = await world.OpenKioskAsync("lobby");
        await lobby.PairAsync(admin, "门厅");
        await admin.CreateMeetingNowAsync("支部党员大会", Room);
        await door.Page.Locator("#meeting:not([hidden])").WaitForAsync();
        await door.SwipeAsync(cards["陈一方"], "签到成功");

        // Backed up while the hub works; what comes now is not in it.
        var (made, said) = await world.Hub.CommandAsync("backup", archive);
        Assert.True(made == 0, said);
        await door.SwipeAsync(cards["林二姐"], "签到成功");
        await admin.PublishBannerAsync("备份之后", "这条通知不在备份里。");
        await lobby.Page.Locator("#banner:has-text('备份之后')").WaitForAsync();

        // Under a working hub nothing is restored, nor from half a file.
        var (running, told) = await world.Hub.CommandAsync("restore", archive, "--replace");
        Assert.True(running == 2 && told.Contains("data_folder_in_use", StringComparison.Ordinal), told);
        world.Hub.Kill();
        var half = archive + ".half";
        var whole = await File.ReadAllBytesAsync(archive, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(half, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        var (cut, damaged) = await world.Hub.CommandAsync("restore", half, "--replace");
        Assert.True(cut == 2 && damaged.Contains("backup_damaged", StringComparison.Ordinal), damaged);

        // While it is away a third card is taken; then the backup takes the place of what was there.
        await Until.TrueAsync(async () => await door.Page.Locator("#offline:not([hidden])").CountAsync() > 0, "the kiosk knows it is alone", 90);
        await door.SwipeAsync(cards["何三光"], "签到已记下");
        var (restored, words) = await world.Hub.CommandAsync("restore", archive, "--replace");
        Assert.True(restored == 0, words);
        await world.Hub.StartAgainAsync();

        foreach (var masked in (string[])["陈*方", "林*姐", "何*光"])
        {
            await door.Page.Locator($"#meeting:has-text('{masked}')").WaitForAsync(new LocatorWaitForOptions { Timeout = 120_000 });
        }

        await lobby.Page.Locator("#banner").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden, Timeout = 90_000 });
        await door.KillAsync();
        await door.StartAgainAsync();
        await door.Page.Locator("#meeting:has-text('林*姐')").WaitForAsync(new LocatorWaitForOptions { Timeout = 90_000 });
        foreach (var name in cards.Keys)
        {
            await Until.TrueAsync(
                async () =>
                {
                    await admin.OpenMemberAsync(name);
                    return await admin.Of("posting").CountAsync() > 0;
                },
                $"{name} is there",
                90);
            Assert.Equal(1, await admin.Of("posting").CountAsync());
        }
    }
}
