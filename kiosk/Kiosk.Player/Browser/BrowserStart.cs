using System.Diagnostics;
using Kiosk.Player.Start;

namespace Kiosk.Player.Browser;

/// <summary>The browser renderer.</summary>
/// <param name="path">The browser's program file.</param>
internal sealed class BrowserStart(AppOptions options, string path) : IRendererLaunch
{
    public string Mark => MarkOf(options.Data);

    public bool ComesUpBlank => options.Window is WindowMode.Window;

    public bool IsBrowser => true;

    public string Profile { get; } = ProfileIn(options.Data);

    /// <summary>Asks the browser; null where there is no pipe to ask through.</summary>
    public BrowserEye? Eye { get; } = OperatingSystem.IsLinux() ? new BrowserEye(options.Data) : null;

    /// <summary>See <see cref="IRendererLaunch.Mark"/>, of the browser of a player with this data folder.</summary>
    public static string MarkOf(string data) => "--user-data-dir=" + ProfileIn(data);

    private static string ProfileIn(string data) => System.IO.Path.Combine(data, "browser");

    /// <summary>A full disk must not keep the screen from what is in the cache: the browser's own folder holds only what it makes anew.</summary>
    public static void DropProfile(string data)
    {
        try
        {
            Directory.Delete(ProfileIn(data), recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there, or not ours to delete: no more room than before.
        }
    }

    public ProcessStartInfo Start(string entry)
    {
        var flags = BrowserLaunch.Flags(options, Profile, entry);
        return Eye?.Open() is { } script
            ? new ProcessStartInfo("/bin/sh", ["-c", script, path, "--remote-debugging-pipe", .. flags])
            : new ProcessStartInfo(path, flags);
    }

    public void Ended() => Eye?.Close();

    public Task<bool> AnswersAsync(TimeSpan limit, CancellationToken cancellationToken) => Eye?.AnswersAsync(limit, cancellationToken) ?? Task.FromResult(true);

    public Task<string?> VersionAsync(CancellationToken cancellationToken) => BrowserVersion.OfAsync(path, cancellationToken);
}
