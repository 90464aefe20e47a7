using System.Globalization;
using System.Text.Json;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Start;

namespace Kiosk.Player.Tests.Install;

/// <summary>The Debian package around a program of a few bytes: what is in it, who owns it, and that it is the same every time.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kiosk-package-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Package_names_what_it_needs_and_keeps_settings_that_people_changed()
    {
        var deb = await PackAsync("first");
        Assert.Equal("kiosk-player", await FieldAsync(deb, "Package"));
        Assert.Equal("1.2.3", await FieldAsync(deb, "Version"));
        Assert.Equal("arm64", await FieldAsync(deb, "Architecture"));
        Assert.True(int.Parse(await FieldAsync(deb, "Installed-Size"), CultureInfo.InvariantCulture) > 0);
        var needs = await FieldAsync(deb, "Depends");
        Assert.All((string[])["chromium | libvlc5", "chromium | vlc-plugin-base", "chromium | vlc-plugin-video-output", "fonts-noto-cjk", "xserver-xorg-core", "libicu72 | "], each => Assert.Contains(each, needs, StringComparison.Ordinal));
        var settings = await SayAsync("sh", "-c", "dpkg-deb --ctrl-tarfile \"$0\" | tar -xO ./conffiles", deb);
        Assert.Contains("/etc/kiosk/player.json", settings, StringComparison.Ordinal);
        var files = await SayAsync("dpkg-deb", "--contents", deb);
        foreach (var name in settings.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Assert.Contains(" ." + name + "\n", files + "\n", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Choosing_the_renderer_without_a_browser_installs_what_it_loads()
    {
        var settings = Path.Combine(folder, "player.json");
        var tools = Directory.CreateDirectory(Path.Combine(folder, "tools")).FullName;
        var installed = Path.Combine(folder, "installed");
        async Task ToolAsync(string name, string script)
        {
            await File.WriteAllTextAsync(Path.Combine(tools, name), "#!/bin/sh\n" + script + "\n", TestContext.Current.CancellationToken);
            await SayAsync("chmod", "+x", Path.Combine(tools, name));
        }

        Task<(int ExitCode, string Said)> SetUpAsync(string renderer) => Shell.RunAsync(
            "bash", [Path.Combine(Shell.Packaging, "files/usr/bin/kiosk-setup"), "--hub", "http://127.0.0.1:9", "--lang", "en", "--renderer", renderer],
            new Dictionary<string, string> { ["PATH"] = tools + ":/usr/bin:/bin", ["KIOSK_CONFIG"] = settings });

        await ToolAsync("dpkg-query", "exit 1");
        await ToolAsync("systemctl", "exit 0");
        await ToolAsync("apt-get", $"echo \"$@\" >>{installed}");
        Assert.Equal(0, (await SetUpAsync("browser")).ExitCode);
        Assert.False(File.Exists(installed));
        Assert.Equal(0, (await SetUpAsync("vlc")).ExitCode);
        var asked = await File.ReadAllTextAsync(installed, TestContext.Current.CancellationToken);
        Assert.All((string[])["libvlc5", "vlc-plugin-base", "vlc-plugin-video-output"], each => Assert.Contains(each, asked, StringComparison.Ordinal));

        await ToolAsync("apt-get", "exit 100");
        File.Delete(settings);
        var (code, said) = await SetUpAsync("vlc");
        Assert.Equal(64, code);
        Assert.Contains("[vlc_not_installed]", said, StringComparison.Ordinal);
        Assert.False(File.Exists(settings));
    }

    [Fact]
    public async Task Files_belong_to_root_and_nobody_else_may_write_them()
    {
        var list = (await SayAsync("dpkg-deb", "--contents", await PackAsync("first"))).Split('\n');
        Assert.All(list, line => Assert.Matches("^[-dl]rw[-x]r-[-x]r-[-x] root/root ", line));
        foreach (var (name, mode) in new[]
        {
            ("usr/lib/kiosk-player/package/Kiosk.Player", "-rwxr-xr-x"), ("usr/lib/kiosk-player/package/SHA256SUMS", "-rw-r--r--"), ("usr/lib/kiosk-player/versions", "-rwxr-xr-x"),
            ("usr/lib/systemd/system/kiosk-player.service", "-rw-r--r--"), ("usr/bin/kiosk-update", "-rwxr-xr-x"), ("usr/bin/kiosk-setup", "-rwxr-xr-x"),
        })
        {
            Assert.StartsWith(mode, Assert.Single(list, line => line.EndsWith("./" + name, StringComparison.Ordinal)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Same_program_gives_the_same_package_byte_for_byte()
    {
        var first = await File.ReadAllBytesAsync(await PackAsync("first"), TestContext.Current.CancellationToken);
        var second = await File.ReadAllBytesAsync(await PackAsync("second"), TestContext.Current.CancellationToken);
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Signature_is_made_with_the_key_and_holds()
    {
        var key = Path.Combine(folder, "key.pem");
        await SayAsync("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", key);
        await SayAsync("openssl", "pkey", "-in", key, "-pubout", "-out", key + ".pub");
        var deb = await PackAsync("first", "--sign", key);
        Assert.Equal("Verified OK", await SayAsync("openssl", "dgst", "-sha256", "-verify", key + ".pub", "-signature", deb + ".sig", deb));
        Assert.Contains(Path.GetFileName(deb), await File.ReadAllTextAsync(deb + ".sha256", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_are_sound_and_settings_are_json()
    {
        foreach (var script in (string[])["debian/postinst", "debian/prerm", "debian/postrm", "files/usr/lib/kiosk-player/versions", "files/usr/lib/kiosk-player/player", "files/usr/lib/kiosk-player/problem", "files/usr/lib/kiosk-player/display"])
        {
            Assert.Equal("", await SayAsync("sh", "-n", Path.Combine(Shell.Packaging, script)));
        }

        foreach (var script in (string[])["kiosk-setup", "kiosk-update"])
        {
            Assert.Equal("", await SayAsync("bash", "-n", Path.Combine(Shell.Packaging, "files/usr/bin", script)));
        }

        foreach (var settings in Directory.GetFiles(Path.Combine(Shell.Packaging, "files", "etc"), "*.json", SearchOption.AllDirectories))
        {
            using var parsed = JsonDocument.Parse(await File.ReadAllTextAsync(settings, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("https://kiosk.example.org", 0, "https://kiosk.example.org")]
    [InlineData("http://192.0.2.5:8080/hub", 0, "http://192.0.2.5:8080/hub")]
    [InlineData("http://[2001:db8::5]:8080", 0, "http://[2001:db8::5]:8080")]
    [InlineData("https://kiosk.example.org/admin/displays", 0, "https://kiosk.example.org")]
    [InlineData("https://kiosk.example.org/hub/admin/", 0, "https://kiosk.example.org/hub")]
    [InlineData("https://admin.example.org/", 0, "https://admin.example.org")]
    [InlineData("kiosk.example.org", 64)]
    [InlineData("https://kiosk.example.org\"", 64)]
    [InlineData("", 64)]
    public async Task Setup_writes_an_address_that_is_one_and_keeps_the_rest(string hub, int exitCode, string written = "https://old.example")
    {
        var file = Path.Combine(folder, "player.json");
        await File.WriteAllTextAsync(file, """
            {
              "hub": "https://old.example",
              "lang": "en",
              "camera": false
            }
            """, TestContext.Current.CancellationToken);
        // A curl that is not there: whether the hub answers is not the matter here.
        var (code, said) = await Shell.RunAsync("bash", ["-c", "curl() { return 7; }; export -f curl; exec bash \"$0\" --hub \"$1\"", Path.Combine(Shell.Packaging, "files/usr/bin/kiosk-setup"), hub], new Dictionary<string, string> { ["KIOSK_CONFIG"] = file });
        Assert.True(code == exitCode, said);
        using var settings = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.Equal(written, settings.RootElement.GetProperty("hub").GetString());
        Assert.Equal("en", settings.RootElement.GetProperty("lang").GetString());
        Assert.False(settings.RootElement.GetProperty("camera").GetBoolean());
    }

    /// <summary>Written by hand or by a program, which breaks lines elsewhere or nowhere.</summary>
    [Theory]
    [InlineData("""{"hub":"https://hub.example:8443","lang":"en","camera":false,"memory":1500}""")]
    [InlineData("{ \"hub\" :\n\t\"https://hub.example:8443\",\n\"lang\": \"en\" , \"camera\":false, \"memory\": 1500 }")]
    public async Task Setup_keeps_what_it_is_not_told_however_the_file_is_broken_into_lines(string settings)
    {
        var file = Path.Combine(folder, "player.json");
        await File.WriteAllTextAsync(file, settings, TestContext.Current.CancellationToken);
        var (code, said) = await Shell.RunAsync(
            "bash",
            ["-c", "curl() { return 7; }; export -f curl; exec bash \"$0\" --upright", Path.Combine(Shell.Packaging, "files/usr/bin/kiosk-setup")],
            new Dictionary<string, string> { ["KIOSK_CONFIG"] = file });
        Assert.True(code == 0, said);
        var options = AppOptions.Read(["--config", file, "--window", "none"], out var problem, out _);
        Assert.Null(problem);
        Assert.Equal((new Uri("https://hub.example:8443"), "en", false, 1500, true), (options!.Hub, options.Language, options.Camera, options.MemoryMb, options.Upright));
    }

    [Theory]
    [InlineData("y", true)]
    [InlineData("是", true)]
    [InlineData("", false)]
    [InlineData("perhaps\nn", false)]
    [InlineData("y\nn", true)]
    [InlineData("n\ny", false, RendererKind.Vlc)]
    public async Task Setup_asks_whether_the_screen_stands_upright_and_is_only_a_tv(string answer, bool upright, RendererKind renderer = RendererKind.Browser)
    {
        var file = Path.Combine(folder, "player.json");
        var (code, said) = await Shell.RunAsync(
            "bash",
            ["-c", "curl() { return 7; }; export -f curl; printf '%b\\n' zh-CN https://hub.example n \"$1\" | bash \"$0\"", Path.Combine(Shell.Packaging, "files/usr/bin/kiosk-setup"), answer],
            new Dictionary<string, string> { ["KIOSK_CONFIG"] = file });
        Assert.True(code == 0, said);
        var options = AppOptions.Read(["--config", file, "--window", "none"], out var problem, out _);
        Assert.Null(problem);
        Assert.Equal((new Uri("https://hub.example"), false, upright, renderer), (options!.Hub, options.Camera, options.Upright, options.Renderer));
    }

    private static async Task<string> FieldAsync(string deb, string field) => await SayAsync("dpkg-deb", "--field", deb, field);

    private static async Task<string> SayAsync(string program, params string[] arguments)
    {
        var (code, said) = await Shell.RunAsync(program, arguments);
        Assert.True(code == 0, said);
        return said;
    }

    private async Task<string> PackAsync(string name, params string[] more)
    {
        var payload = Path.Combine(folder, name);
        Directory.CreateDirectory(payload);
        await File.WriteAllTextAsync(Path.Combine(payload, "Kiosk.Player"), "#!/bin/sh\n", TestContext.Current.CancellationToken);
        await SayAsync("chmod", "+x", Path.Combine(payload, "Kiosk.Player"));
        var arguments = new[] { Path.Combine(Shell.Repository, "package.sh"), "--version", "1.2.3", "--only", "arm64", "--payload", payload, "--out", payload + ".out" };
        var (code, said) = await Shell.RunAsync("bash", [.. arguments, .. more]);
        Assert.True(code == 0, said);
        return Path.Combine(payload + ".out", "kiosk-player_1.2.3_arm64.deb");
    }
}
