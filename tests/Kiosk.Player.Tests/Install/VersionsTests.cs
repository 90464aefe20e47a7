namespace Kiosk.Player.Tests.Install;

/// <summary>An update that does not come up gives way to what ran before, and no power cut leaves a player that does not start.</summary>
public sealed class VersionsTests : IDisposable
{
    private readonly InstalledVersions versions = new();

    public void Dispose() => versions.Dispose();

    [Fact]
    public async Task First_version_runs_and_is_current()
    {
        Assert.Equal(0, await versions.AdoptAsync("1.0.0"));
        Assert.Equal(("1.0.0", null), (versions.Current, versions.Trial));
        await versions.StartAsync();
        Assert.Equal("1.0.0", versions.Running);
    }

    [Fact]
    public async Task New_version_that_comes_up_is_current_and_one_before_it_is_kept()
    {
        foreach (var version in (string[])["1.0.0", "1.1.0", "1.2.0"])
        {
            await versions.AdoptAsync(version);
            await versions.StartAsync();
            Assert.Equal((version, version, null, null), (versions.Running, versions.Current, versions.Trial, versions.FailedFor));
        }

        Assert.Equal("1.1.0", versions.Previous);
        Assert.Equal(["1.1.0", "1.2.0"], versions.Kept);
    }

    [Theory]
    [InlineData("timeout", "0", "timeout")]
    [InlineData("exit-code", "134", "exit-code-134")]
    [InlineData("signal", "SEGV", "signal-SEGV")]
    public async Task New_version_that_does_not_come_up_twice_gives_way_and_says_why(string result, string status, string reason)
    {
        await OldAndNewAsync();
        for (var i = 0; i < 2; i++)
        {
            await versions.ChooseAsync();
            Assert.Equal("1.1.0", versions.Running);
            await versions.EndAsync(result, status);
        }

        await versions.StartAsync();
        Assert.Equal(("1.0.0", "1.0.0", null, reason), (versions.Running, versions.Current, versions.Trial, versions.FailedFor));
        await versions.StartAsync();
        Assert.Equal(("1.0.0", reason), (versions.Running, versions.FailedFor));
    }

    [Fact]
    public async Task New_version_that_takes_the_machine_down_gives_way()
    {
        await OldAndNewAsync();
        await versions.ChooseAsync();
        await versions.ChooseAsync();
        await versions.ChooseAsync();
        Assert.Equal(("1.0.0", "power_cut"), (versions.Running, versions.FailedFor));
    }

    [Fact]
    public async Task Stopping_a_new_version_before_it_came_up_is_no_fault_of_its_own()
    {
        await OldAndNewAsync();
        for (var i = 0; i < 5; i++)
        {
            await versions.ChooseAsync();
            await versions.EndAsync("success");
        }

        await versions.StartAsync();
        Assert.Equal(("1.1.0", "1.1.0", null), (versions.Running, versions.Current, versions.FailedFor));
    }

    [Fact]
    public async Task Next_version_clears_the_note_of_the_one_that_failed()
    {
        await New_version_that_does_not_come_up_twice_gives_way_and_says_why("timeout", "0", "timeout");
        await versions.AdoptAsync("1.2.0");
        await versions.StartAsync();
        Assert.Equal(("1.2.0", "1.0.0", null), (versions.Current, versions.Previous, versions.FailedFor));
    }

    [Fact]
    public async Task Version_that_went_bad_on_the_disk_is_never_started()
    {
        await OldAndNewAsync();
        versions.Damage("1.1.0");
        await versions.ChooseAsync();
        Assert.Equal(("1.0.0", "damaged"), (versions.Running, versions.FailedFor));
    }

    [Fact]
    public async Task Damaged_package_is_refused_and_changes_nothing()
    {
        await versions.AdoptAsync("1.0.0");
        var package = await versions.PackAsync("1.1.0");
        await File.AppendAllTextAsync(Path.Combine(package, "Kiosk.Player"), "x", TestContext.Current.CancellationToken);
        Assert.NotEqual(0, await versions.AdoptFolderAsync(package));
        Assert.Equal(("1.0.0", null), (versions.Current, versions.Trial));
        Assert.Equal(["1.0.0"], versions.Kept);
    }

    [Fact]
    public async Task Going_back_tries_the_previous_version_as_if_it_were_new()
    {
        Assert.NotEqual(0, await versions.BackAsync());
        await OldAndNewAsync();
        await versions.StartAsync();
        Assert.Equal(0, await versions.BackAsync());
        await versions.StartAsync();
        Assert.Equal(("1.0.0", "1.1.0"), (versions.Current, versions.Previous));
    }

    [Theory]
    [InlineData("adopt-begun")]
    [InlineData("adopt-copied")]
    [InlineData("adopt-in-place")]
    [InlineData("adopt-tries-cleared")]
    [InlineData("adopt-done")]
    [InlineData("choose-counted")]
    [InlineData("choose-done")]
    [InlineData("confirm-previous")]
    [InlineData("confirm-current")]
    [InlineData("confirm-trial")]
    public async Task Power_cut_at_any_step_of_an_update_leaves_a_player_that_starts(string step)
    {
        await versions.AdoptAsync("1.0.0");
        await versions.StartAsync();
        int[] codes = [await versions.AdoptAsync("1.1.0", step), await versions.ChooseAsync(step), await versions.ConfirmAsync(step)];
        Assert.Contains(137, codes);
        Assert.True(await versions.BootsAsync(), "the player starts");
        await versions.ConfirmAsync();

        // Whoever sees to it installs the version once more, and it is there.
        await versions.AdoptAsync("1.1.0");
        await versions.StartAsync();
        Assert.Equal(("1.1.0", "1.1.0", "1.0.0", null, null), (versions.Running, versions.Current, versions.Previous, versions.Trial, versions.FailedFor));
        Assert.Equal(["1.0.0", "1.1.0"], versions.Kept);
    }

    [Theory]
    [InlineData("failed-noted")]
    [InlineData("trial-dropped")]
    public async Task Power_cut_while_the_old_version_is_put_back_puts_it_back_all_the_same(string step)
    {
        await OldAndNewAsync();
        await versions.ChooseAsync();
        await versions.ChooseAsync();
        Assert.Equal(137, await versions.ChooseAsync(step));
        Assert.True(await versions.BootsAsync(), "the player starts");
        Assert.Equal(("1.0.0", null, "power_cut"), (versions.Running, versions.Trial, versions.FailedFor));
    }

    private async Task OldAndNewAsync()
    {
        await versions.AdoptAsync("1.0.0");
        await versions.StartAsync();
        await versions.AdoptAsync("1.1.0");
        Assert.Equal(("1.0.0", "1.1.0"), (versions.Current, versions.Trial));
    }
}
