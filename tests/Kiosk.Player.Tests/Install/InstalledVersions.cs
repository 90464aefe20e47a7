using System.Text.Json;

namespace Kiosk.Player.Tests.Install;

/// <summary>The <c>versions</c> script of the package over a folder of its own, with versions that are a few bytes large.</summary>
internal sealed class InstalledVersions : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kiosk-versions-").FullName;

    private string Root => Path.Combine(folder, "opt");

    /// <summary>Version of what the last start ran; null before the first.</summary>
    public string? Running => VersionOf(Path.Combine(folder, "run"));

    public string? Current => VersionOf(Path.Combine(Root, "current"));

    public string? Previous => VersionOf(Path.Combine(Root, "previous"));

    public string? Trial => VersionOf(Path.Combine(Root, "trial"));

    /// <summary>Why the last trial gave way; null when none did.</summary>
    public string? FailedFor => File.Exists(Path.Combine(Root, "failed.json"))
        ? JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "failed.json"))).RootElement.GetProperty("reason").GetString()
        : null;

    public IEnumerable<string> Kept => Directory.GetDirectories(Path.Combine(Root, "versions")).Select(each => File.ReadAllText(Path.Combine(each, "VERSION")).Trim()).Order();

    /// <summary>What a package brings.</summary>
    public async Task<string> PackAsync(string version)
    {
        var package = Path.Combine(folder, "package-" + version);
        Directory.CreateDirectory(package);
        var program = Path.Combine(package, "Kiosk.Player");
        await File.WriteAllTextAsync(program, "#!/bin/sh\necho " + version + "\n");
        await File.WriteAllTextAsync(Path.Combine(package, "VERSION"), version + "\n");
        await Shell.RunAsync("sh", ["-c", "cd \"$0\" && chmod +x Kiosk.Player && sha256sum Kiosk.Player VERSION >SHA256SUMS", package]);
        return package;
    }

    public async Task<int> AdoptAsync(string version, string? cutAt = null) => await DoAsync(cutAt, "adopt", await PackAsync(version));

    public Task<int> AdoptFolderAsync(string package) => DoAsync(null, "adopt", package);

    public Task<int> ChooseAsync(string? cutAt = null) => DoAsync(cutAt, "choose");

    public Task<int> ConfirmAsync(string? cutAt = null) => DoAsync(cutAt, "confirm");

    public Task<int> BackAsync() => DoAsync(null, "back");

    /// <summary>The player ended before it had come up.</summary>
    public async Task EndAsync(string result, string status = "0") =>
        Assert.Equal(0, (await Shell.RunAsync(Script, ["ended"], Environment(null, ("SERVICE_RESULT", result), ("EXIT_STATUS", status)))).ExitCode);

    /// <summary>A start that succeeds, from the choice to the mark that it came up.</summary>
    public async Task StartAsync()
    {
        Assert.Equal(0, await ChooseAsync());
        Assert.Equal(0, await ConfirmAsync());
    }

    /// <summary>What a start would run is there, whole and runnable.</summary>
    public async Task<bool> BootsAsync() =>
        await ChooseAsync() == 0 && (await Shell.RunAsync("sh", ["-c", "cd \"$0\" && sha256sum --status -c SHA256SUMS && ./Kiosk.Player", Path.Combine(folder, "run")])).ExitCode == 0;

    /// <summary>Bytes of an installed version go bad.</summary>
    public void Damage(string version) =>
        File.AppendAllText(Path.Combine(Directory.GetDirectories(Path.Combine(Root, "versions"), version + "-*").Single(), "Kiosk.Player"), "x");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Script => Path.Combine(Shell.Packaging, "files", "usr", "lib", "kiosk-player", "versions");

    private static string? VersionOf(string link) => File.Exists(Path.Combine(link, "VERSION")) ? File.ReadAllText(Path.Combine(link, "VERSION")).Trim() : null;

    private async Task<int> DoAsync(string? cutAt, params string[] arguments) => (await Shell.RunAsync(Script, arguments, Environment(cutAt))).ExitCode;

    private Dictionary<string, string> Environment(string? cutAt, params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string> { ["KIOSK_VERSIONS"] = Root, ["KIOSK_RUN"] = Path.Combine(folder, "run"), ["KIOSK_CUT_AT"] = cutAt ?? "" };
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }

        return environment;
    }
}
