using Kiosk.Player.Start;

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
    }

    private string Settings(string text)
    {
        var file = Path.Combine(folder, "player.json");
        File.WriteAllText(file, text);
        return file;
    }
}
