using System.Collections.Concurrent;
using Kiosk.Player.Core.View;
using Kiosk.Player.Screen;
using Kiosk.Player.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Player.Tests.Screen;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ScreenPowerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Screen_is_off_while_it_rests_and_on_before_it_is_lit_again()
    {
        var (player, time, power) = (new FakePlayer(), new FakeTimeProvider(), new FakePower());
        using var keeper = new ScreenPowerKeeper(player, [power], time, NullLogger<ScreenPowerKeeper>.Instance);
        await keeper.StartAsync(Stop);
        await Until.TrueAsync(() => keeper.Means == "dpms", "the means");
        await PassAsync(time, () => power.Said.Count == 1);
        player.Show(view => view with { Resting = true });
        await PassAsync(time, () => power.Said.Count == 2);
        player.Show(view => view with { Waking = true });
        await Until.TrueAsync(() => power.Said.Count == 3, "on before it is lit");
        Assert.Equal([true, false, true], power.Said);
        await keeper.StopAsync(Stop);
    }

    [Fact]
    public async Task Screen_that_something_else_switched_on_is_told_again()
    {
        var (player, time, power) = (new FakePlayer(), new FakeTimeProvider(), new FakePower());
        player.Show(view => view with { Resting = true });
        using var keeper = new ScreenPowerKeeper(player, [power], time, NullLogger<ScreenPowerKeeper>.Instance);
        await keeper.StartAsync(Stop);
        await PassAsync(time, () => power.Said.Count >= 3);
        Assert.DoesNotContain(true, power.Said);
        await keeper.StopAsync(Stop);
    }

    [Fact]
    public async Task Screen_without_a_switch_is_left_alone_until_one_is_plugged_in()
    {
        var (player, time, power) = (new FakePlayer(), new FakeTimeProvider(), new FakePower { Here = false });
        using var keeper = new ScreenPowerKeeper(player, [power], time, NullLogger<ScreenPowerKeeper>.Instance);
        await keeper.StartAsync(Stop);
        await PassAsync(time, () => power.Looks >= 3);
        Assert.Null(keeper.Means);
        Assert.Empty(power.Said);
        power.Here = true;
        await PassAsync(time, () => power.Said.Count == 1);
        Assert.Equal("dpms", keeper.Means);
        await keeper.StopAsync(Stop);
    }

    [Fact]
    public async Task Screen_that_could_not_be_lit_is_told_again_until_it_is()
    {
        var (player, time, power) = (new FakePlayer(), new FakeTimeProvider(), new FakePower { Works = false });
        using var keeper = new ScreenPowerKeeper(player, [power], time, NullLogger<ScreenPowerKeeper>.Instance);
        await keeper.StartAsync(Stop);
        await PassAsync(time, () => power.Said.Count >= 3);
        power.Works = true;
        var tried = power.Said.Count;
        await PassAsync(time, () => power.Said.Count > tried);
        var looks = power.Looks;
        tried = power.Said.Count;
        await PassAsync(time, () => power.Looks >= looks + 3);
        Assert.InRange(power.Said.Count, tried, tried + 1); // the one that had begun
        Assert.DoesNotContain(false, power.Said);
        await keeper.StopAsync(Stop);
    }

    [Fact]
    public void Whoever_stands_at_a_resting_screen_has_light()
    {
        var resting = Views.Splash(1, default) with { Resting = true };
        Assert.False(ScreenPowerKeeper.WantsLight(resting));
        Assert.True(ScreenPowerKeeper.WantsLight(resting with { CheckIn = Views.Done("张*三", null) }));
        Assert.True(ScreenPowerKeeper.WantsLight(resting with { Identify = new IdentifyView(null, null, "", []) }));
        Assert.True(ScreenPowerKeeper.WantsLight(resting with { Waking = true }));
    }

    [Theory]
    [InlineData("cec-ctl", "cec0", "-s --playback --to 0 --standby", "")]
    [InlineData("cec-client", "ttyACM0", "-s -d 1", "standby 0")]
    public async Task TV_is_switched_with_the_tool_that_is_there(string tool, string device, string arguments, string input)
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-cec-").FullName;
        var (said, script) = (Path.Combine(folder, "said"), Path.Combine(folder, tool));
        await File.WriteAllTextAsync(script, $"#!/bin/sh\necho \"$*\" > '{said}'\ncat >> '{said}'\n", Stop);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var devices = Directory.CreateDirectory(Path.Combine(folder, "dev")).FullName;
        var cec = new CecPower([folder], devices);
        Assert.False(cec.IsThere());
        await File.WriteAllTextAsync(Path.Combine(devices, device), "", Stop);

        Assert.True(cec.IsThere());
        Assert.True(await cec.SwitchAsync(false, Stop));
        Assert.Equal((arguments + "\n" + input).Trim(), (await File.ReadAllTextAsync(said, Stop)).Trim());
        Directory.Delete(folder, recursive: true);
    }

    private static async Task PassAsync(FakeTimeProvider time, Func<bool> condition)
    {
        await Until.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return condition();
            },
            "the screen was switched", 20);
    }

    private sealed class FakePower : IScreenPower
    {
        private readonly ConcurrentQueue<bool> said = new();

        public bool Here { get; set; } = true;

        public bool Works { get; set; } = true;

        public int Looks { get; private set; }

        public IReadOnlyList<bool> Said => [.. said];

        public string Means => "dpms";

        public bool IsThere()
        {
            Looks++;
            return Here;
        }

        public Task<bool> SwitchAsync(bool lit, CancellationToken cancellationToken)
        {
            said.Enqueue(lit);
            return Task.FromResult(Works);
        }
    }
}
