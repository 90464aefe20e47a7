using System.Globalization;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Loopback;
using Kiosk.Player.Start;
using Kiosk.Player.Vlc;

namespace Kiosk.Player.Browser;

/// <summary>Which renderer is started, and how a browser is.</summary>
internal static class BrowserLaunch
{
    /// <summary>What to start; null when nothing is wanted, or when <paramref name="problem"/> says why there is none.</summary>
    public static IRendererLaunch? Choose(AppOptions options, out StartProblem? problem)
    {
        problem = null;
        if (options.Window is WindowMode.None)
        {
            return null;
        }

        if (options.Renderer is RendererKind.Vlc)
        {
            problem = !VlcRenderer.IsInstalled() ? StartProblem.VlcNotFound() : options.Window is WindowMode.Headless || !HasX() ? StartProblem.NoScreen() : null;
            return new VlcStart(options);
        }

        if (Find(options.BrowserPath) is not { } path)
        {
            problem = StartProblem.BrowserNotFound(options.BrowserPath ?? "Chromium, Chrome, Edge");
            return null;
        }

        problem = options.Window is WindowMode.Window && !HasScreen() ? StartProblem.NoScreen() : null;
        return new BrowserStart(options, path);
    }

    /// <summary>The browser's program file, or null when there is none.</summary>
    public static string? Find(string? wanted)
    {
        if (wanted is not null)
        {
            return File.Exists(wanted) && IsProgram(wanted) ? wanted : null;
        }

        string[] candidates = OperatingSystem.IsWindows()
            ? [.. WindowsFolders().SelectMany(f => new[]
                {
                    Path.Combine(f, "Microsoft", "Edge", "Application", "msedge.exe"),
                    Path.Combine(f, "Google", "Chrome", "Application", "chrome.exe"),
                    Path.Combine(f, "Chromium", "Application", "chrome.exe"),
                })]
            : ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/microsoft-edge"];
        return Array.Find(candidates, File.Exists);
    }

    private static bool IsProgram(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    /// <summary>True when a full-screen window can be shown.</summary>
    public static bool HasScreen() =>
        !OperatingSystem.IsLinux()
        || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))
        || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"));

    private static bool HasX() => OperatingSystem.IsLinux() && !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"));

    public static IReadOnlyList<string> Flags(AppOptions options, string profile, string address)
    {
        var flags = new List<string>
        {
            "--user-data-dir=" + profile,
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-sync",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-extensions",
            "--disable-domain-reliability",
            "--disable-session-crashed-bubble",
            "--hide-crash-restore-bubble",
            "--disable-infobars",
            "--noerrdialogs",
            // Questions and windows of the browser itself: nobody is there to answer, and each is a way out.
            "--disable-hang-monitor",
            "--disable-prompt-on-repost",
            "--disable-notifications",
            "--allow-browser-signin=false",
            "--disable-pinch",
            "--overscroll-history-navigation=0",
            "--hide-scrollbars",
            "--password-store=basic",
            "--autoplay-policy=no-user-gesture-required",
            // The one page this browser ever shows is ours; nobody is there to answer a permission question.
            "--auto-accept-camera-and-microphone-capture",
            // A kiosk's page is always the visible one, whatever the window manager thinks.
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding",
            "--disable-background-timer-throttling",
            Features(options, "--disable-features=", "Translate,TranslateUI,MediaRouter,GlobalMediaControls,HardwareMediaKeyHandling,OptimizationHints"),
            // A page of the web that takes the focus takes the keys of the scanner; our frames forbid it (WebPages), and this makes the browser obey.
            Features(options, "--enable-features=", "BlockingFocusWithoutUserActivation"),
            // What pages of the web are asked for in.
            "--accept-lang=" + (options.Language is "en" ? "en" : "zh-CN,zh,en"),
            "--kiosk",
            "--force-device-scale-factor=1",
        };
        if (Uri.TryCreate(address, UriKind.Absolute, out var entry) && entry.Host == LoopbackDoor.Name)
        {
            // No other port of this machine can be had under that name.
            flags.Add(string.Create(CultureInfo.InvariantCulture, $"--host-resolver-rules=MAP {entry.Authority} 127.0.0.1:{entry.Port},MAP {entry.Host} ~NOTFOUND"));
        }

        flags.AddRange(Place(options));
        if (options.Window is WindowMode.Headless)
        {
            // Full screen is as large as the screen, and the screen of a headless browser is what one says it is.
            flags.AddRange(
            [
                "--headless=new", "--disable-gpu", string.Create(CultureInfo.InvariantCulture, $"--screen-info={{{options.ScreenWidth}x{options.ScreenHeight}}}"),
            ]);
        }

        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            // Chromium refuses its sandbox to root.
            flags.AddRange(["--no-sandbox", "--test-type"]);
        }

        flags.AddRange(options.BrowserArgs.Where(flag => !flag.StartsWith("--enable-features=", StringComparison.Ordinal) && !flag.StartsWith("--disable-features=", StringComparison.Ordinal)));
        flags.Add(address);
        return flags;
    }

    /// <summary>Ours and those that were asked for in one flag: of two the browser takes the last.</summary>
    private static string Features(AppOptions options, string flag, string ours) =>
        flag + string.Join(',', options.BrowserArgs.Where(each => each.StartsWith(flag, StringComparison.Ordinal)).Select(each => each[flag.Length..]).Prepend(ours));

    /// <summary>
    /// A window manager makes the window full screen whatever this says. Without one Chromium keeps to this, and makes a window that
    /// is exactly as large as the screen one pixel smaller; so it is told two more.
    /// </summary>
    private static IEnumerable<string> Place(AppOptions options)
    {
        var attached = options.Window is WindowMode.Window ? AttachedScreen.Find() : null;
        var more = attached is not null && (attached.Width, attached.Height) == (options.ScreenWidth, options.ScreenHeight) ? 2 : 0;
        yield return string.Create(CultureInfo.InvariantCulture, $"--window-size={options.ScreenWidth + more},{options.ScreenHeight + more}");
        yield return string.Create(CultureInfo.InvariantCulture, $"--window-position={attached?.X ?? 0},{attached?.Y ?? 0}");
    }

    private static IEnumerable<string> WindowsFolders() =>
        new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData }
            .Select(Environment.GetFolderPath);
}
