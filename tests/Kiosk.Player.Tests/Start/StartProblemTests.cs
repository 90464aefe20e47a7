using System.Net;
using System.Net.Sockets;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Start;

public sealed class StartProblemTests
{
    [Theory]
    [InlineData("zh-CN", 2, "bad_option", "--colour", "red")]
    [InlineData("en", 2, "bad_option", "--port", "70000")]
    [InlineData("en", 2, "bad_option", "--window", "huge")]
    [InlineData("en", 2, "bad_option", "--screen", "1920")]
    [InlineData("zh-CN", 2, "bad_option", "--renderer", "mpv")]
    [InlineData("zh-CN", 3, "data_folder_not_writable", "--data", "/proc/nowhere")]
    [InlineData("en", 3, "data_folder_not_writable", "--data", "/etc/hostname/below")]
    [InlineData("zh-CN", 6, "hub_address_wrong", "--hub", "kiosk.example.org")]
    [InlineData("en", 6, "hub_address_wrong", "--hub", "ftp://kiosk.example.org")]
    [InlineData("zh-CN", 7, "browser_not_found", "--browser", "/nowhere/chromium")]
    [InlineData("en", 8, "no_screen", "--window", "window")]
    public async Task Bad_start_says_one_sentence_with_a_code_and_ends(string language, int exitCode, string code, string option, string value)
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-start-").FullName;
        var window = option is "--browser" ? "headless" : "none";
        await using var player = PlayerProcess.Start("--lang", language, "--window", window, "--data", Path.Combine(folder, "data"), option, value);
        Assert.Equal(exitCode, await player.ExitAsync());
        await Until.TrueAsync(() => player.Output.Contains($"[{code}]", StringComparison.Ordinal), "the code is said");
        var line = Assert.Single(player.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Equal(language is "zh-CN", line.Any(c => c is >= '\u4e00' and <= '\u9fff'));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Help_names_every_option_and_starts_nothing(string language)
    {
        await using var player = PlayerProcess.Start("--lang", language, "--help");
        Assert.Equal(0, await player.ExitAsync());
        await Until.TrueAsync(() => player.Output.Contains("--browser-arg", StringComparison.Ordinal), "the help is said");
        Assert.All(["--hub", "--data", "--port", "--window", "--renderer", "--lang", "--camera", "--no-camera", "--screen", "--browser"], option => Assert.Contains(option, player.Output, StringComparison.Ordinal));
        Assert.Equal(language is "zh-CN", player.Output.Any(c => c is >= '\u4e00' and <= '\u9fff'));
    }

    [Fact]
    public async Task Taken_port_is_said_and_nothing_is_left_running()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var folder = Directory.CreateTempSubdirectory("kiosk-start-").FullName;
        await using var player = PlayerProcess.Start("--lang", "zh-CN", "--window", "none", "--data", folder, "--port", $"{port}");
        Assert.Equal(5, await player.ExitAsync());
        await Until.TrueAsync(() => player.Output.Contains($"端口 {port} 已被占用", StringComparison.Ordinal), "the port is named");
        Assert.Contains("[port_taken]", player.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Second_player_on_the_same_folder_is_refused_and_the_first_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-start-").FullName;
        await using var first = PlayerProcess.Start("--lang", "en", "--hub", "http://127.0.0.1:9", "--window", "none", "--data", folder);
        await Until.TrueAsync(() => first.Output.Contains("/enter?key=", StringComparison.Ordinal), "the first runs although its hub is away");
        await using var second = PlayerProcess.Start("--lang", "en", "--window", "none", "--data", folder);
        Assert.Equal(4, await second.ExitAsync());
        await Until.TrueAsync(() => second.Output.Contains("[data_folder_in_use]", StringComparison.Ordinal), "the code is said");
        Assert.False(first.Process.HasExited);
        Assert.True(await first.StopAsync());
        Assert.Equal(0, first.Process.ExitCode);
    }

    [Fact]
    public async Task Player_that_was_killed_leaves_its_folder_free()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-start-").FullName;
        await using var first = PlayerProcess.Start("--lang", "en", "--hub", "http://127.0.0.1:9", "--window", "none", "--data", folder);
        await Until.TrueAsync(() => first.Output.Contains("/enter?key=", StringComparison.Ordinal), "the first runs");
        first.Process.Kill();
        Assert.Equal(137, await first.ExitAsync());
        await using var second = PlayerProcess.Start("--lang", "en", "--hub", "http://127.0.0.1:9", "--window", "none", "--data", folder);
        await Until.TrueAsync(() => second.Output.Contains("/enter?key=", StringComparison.Ordinal), "the second runs");
    }
}
