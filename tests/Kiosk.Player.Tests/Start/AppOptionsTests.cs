using Kiosk.Player.Start;
using Kiosk.Player.Texts;

namespace Kiosk.Player.Tests.Start;

public sealed class AppOptionsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kiosk-options-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Named_settings_file_is_read_and_the_command_line_goes_before_it()
    {
        var options = AppOptions.Read(["--config", Settings("""{ "hub": "https://hub.example", "lang": "en", "camera": false, "window": "none" }"""), "--lang", "zh-CN"], out var problem, out _);
        Assert.Null(problem);
        Assert.Equal(new Uri("https://hub.example"), options!.Hub);
        Assert.Equal(("zh-CN", false, WindowMode.None), (options.Language, options.Camera, options.Window));
    }

    [Fact]
    public void Settings_without_a_hub_start_all_the_same()
    {
        var options = AppOptions.Read(["--config", Settings("""{ "hub": "", "window": "none" }"""), "--versions", "/opt/kiosk"], out var problem, out _);
        Assert.Null(problem);
        Assert.Null(options!.Hub);
        Assert.Equal("/opt/kiosk", options.Versions);
    }

    [Theory]
    [InlineData("""{ "hub": "https://hub.example" """)]
    [InlineData("hub=https://hub.example")]
    [InlineData(null)]
    public void Settings_that_cannot_be_read_are_refused_with_their_name(string? text)
    {
        var file = text is null ? Path.Combine(folder, "nowhere.json") : Settings(text);
        Assert.Null(AppOptions.Read(["--config", file], out var problem, out _));
        Assert.Equal(("config_unreadable", 10, file), (problem!.Code, problem.ExitCode, problem.Detail));
        AppOptions.Read(["--config", file, "--lang", "en"], out _, out var language);
        Assert.Equal("en", language);
    }

    [Fact]
    public void Option_without_its_value_does_not_take_the_next_option_for_it()
    {
        Assert.Null(AppOptions.Read(["--data", "--lang", "en"], out var problem, out _));
        Assert.Equal(("bad_option", "--data --lang"), (problem!.Code, problem.Detail));
        Assert.Equal(["--mute-audio"], AppOptions.Read(["--browser-arg", "--mute-audio", "--window", "none"], out _, out _)!.BrowserArgs);
    }

    [Theory]
    [InlineData(true, "--upright")]
    [InlineData(false, "--no-upright")]
    [InlineData(true)]
    public void Screen_that_is_mounted_upright_is_said_by_the_settings_or_the_command_line(bool upright, params string[] more)
    {
        var options = AppOptions.Read(["--config", Settings("""{ "window": "none", "upright": true }"""), .. more], out var problem, out _);
        Assert.Null(problem);
        Assert.Equal((upright, true), (options!.Upright, options.Camera));
        Assert.Null(AppOptions.Read(["--no-hub"], out problem, out _));
        Assert.Equal("bad_option", problem!.Code);
    }

    [Fact]
    public void Every_option_is_named_in_the_help_and_when_one_is_not_understood()
    {
        foreach (var language in (string[])["zh-CN", "en"])
        {
            foreach (var option in AppOptions.Known)
            {
                Assert.Contains("--" + option, TextCatalog.Console.Get(language, "help"), StringComparison.Ordinal);
                Assert.Contains("--" + option, TextCatalog.Console.Get(language, "bad_option"), StringComparison.Ordinal);
            }
        }
    }

    private string Settings(string text)
    {
        var file = Path.Combine(folder, "player.json");
        File.WriteAllText(file, text);
        return file;
    }
}
