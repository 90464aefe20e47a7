using System.Diagnostics;
using Kiosk.Player.Start;

namespace Kiosk.Player.Browser;

/// <summary>The browser renderer.</summary>
/// <param name="path">The browser's program file.</param>
internal sealed class BrowserStart(AppOptions options, string path) : IRendererLaunch
{
    public string Mark => "--user-data-dir=" + Profile;

    public string Profile { get; } = System.IO.Path.Combine(options.Data, "browser");

    public ProcessStartInfo Start(string entry) => new(path, BrowserLaunch.Flags(options, Profile, entry));
}
