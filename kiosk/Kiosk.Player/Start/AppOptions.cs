using System.Globalization;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Browser;
using Microsoft.Extensions.Configuration;

namespace Kiosk.Player.Start;

internal enum WindowMode
{
    /// <summary>Full screen on the attached display.</summary>
    Window,

    /// <summary>A real browser without a display, e.g. for tests and servers.</summary>
    Headless,

    /// <summary>No browser; the address is printed for a person to open.</summary>
    None,
}

/// <summary>
/// What the player was told at start: command line, then environment (<c>KIOSK_PLAYER_HUB</c>…), then the settings file (<c>--config</c>, else
/// <c>player.json</c> in the folder it was started from).
/// </summary>
/// <param name="Hub">Null when nobody has said yet where the hub is; the screen says so.</param>
/// <param name="Port">Loopback port; 0 takes a free one.</param>
/// <param name="Renderer">What draws the screen: a browser, or LibVLC on a TV nobody touches.</param>
/// <param name="BrowserPath">Browser to start; null looks for Chromium, Chrome or Edge.</param>
/// <param name="BrowserArgs">Extra flags for the browser.</param>
/// <param name="Upright">The screen is mounted upright although its picture lies; what the display is set to goes before it.</param>
/// <param name="MemoryMb">Megabytes a renderer may take with all its processes before it is started anew; null for the usual limit.</param>
/// <param name="Versions">Where versions of the player lie side by side; null where nothing keeps them so.</param>
internal sealed record AppOptions(
    Uri? Hub,
    string Data,
    int Port,
    WindowMode Window,
    string Language,
    bool Camera,
    int ScreenWidth,
    int ScreenHeight,
    string? BrowserPath,
    IReadOnlyList<string> BrowserArgs,
    RendererKind Renderer = RendererKind.Browser,
    string? Versions = null,
    int? MemoryMb = null,
    bool Upright = false)
{
    internal static IReadOnlyList<string> Known { get; } = ["hub", "data", "port", "window", "renderer", "lang", "camera", "upright", "screen", "browser", "browser-arg", "memory", "config", "versions"];

    public static AppOptions? Read(IReadOnlyList<string> args, out StartProblem? problem, out string language)
    {
        var given = ReadArguments(args, out var browserArgs, out problem);
        // What is wrong with the settings file is said in the language that was asked for beside it.
        language = (given.GetValueOrDefault("lang") ?? Environment.GetEnvironmentVariable("KIOSK_PLAYER_LANG")) is "en" ? "en" : "zh-CN";
        if (Settings(given) is not { } configuration)
        {
            return Refuse(problem ?? StartProblem.ConfigUnreadable(ConfigFile(given) ?? "player.json"), out problem);
        }

        var wanted = configuration["lang"] ?? language;
        language = wanted is "en" ? wanted : "zh-CN";
        if (problem is not null)
        {
            return null;
        }

        if (wanted is not ("zh-CN" or "en"))
        {
            return Refuse(StartProblem.BadOption("--lang " + wanted), out problem);
        }

        var hub = configuration["hub"] ?? "http://127.0.0.1:8080";
        Uri? hubUri = null;
        if (hub.Length > 0 && (!Uri.TryCreate(hub, UriKind.Absolute, out hubUri) || hubUri.Scheme is not ("http" or "https") || hubUri.Query.Length > 0))
        {
            return Refuse(StartProblem.HubAddressWrong(hub), out problem);
        }

        if (!int.TryParse(configuration["port"] ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535)
        {
            return Refuse(StartProblem.BadOption("--port " + configuration["port"]), out problem);
        }

        if (!Enum.TryParse<WindowMode>(configuration["window"] ?? "window", ignoreCase: true, out var window) || !Enum.IsDefined(window))
        {
            return Refuse(StartProblem.BadOption("--window " + configuration["window"]), out problem);
        }

        if (!Enum.TryParse<RendererKind>(configuration["renderer"] ?? "browser", ignoreCase: true, out var renderer) || !Enum.IsDefined(renderer))
        {
            return Refuse(StartProblem.BadOption("--renderer " + configuration["renderer"]), out problem);
        }

        var screen = (configuration["screen"] ?? Attached(window)).Split('x');
        if (screen.Length != 2 || !TryPixels(screen[0], out var width) || !TryPixels(screen[1], out var height))
        {
            return Refuse(StartProblem.BadOption("--screen " + configuration["screen"]), out problem);
        }

        int? memory = null;
        if (configuration["memory"] is { } megabytes)
        {
            if (!int.TryParse(megabytes, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most < 256)
            {
                return Refuse(StartProblem.BadOption("--memory " + megabytes), out problem);
            }

            memory = most;
        }

        if (!bool.TryParse(configuration["camera"] ?? "true", out var camera))
        {
            return Refuse(StartProblem.BadOption("--camera " + configuration["camera"]), out problem);
        }

        if (!bool.TryParse(configuration["upright"] ?? "false", out var upright))
        {
            return Refuse(StartProblem.BadOption("--upright " + configuration["upright"]), out problem);
        }

        problem = null;
        return new AppOptions(
            hubUri, Path.GetFullPath(configuration["data"] ?? ".data/kiosk"), port, window, wanted, camera, width, height, configuration["browser"], browserArgs, renderer,
            configuration["versions"], memory, upright);
    }

    private static string? ConfigFile(Dictionary<string, string?> given) =>
        given.GetValueOrDefault("config") ?? Environment.GetEnvironmentVariable("KIOSK_PLAYER_CONFIG");

    /// <summary>Null when the settings file is not there although it was named, or is no JSON.</summary>
    private static IConfigurationRoot? Settings(Dictionary<string, string?> given)
    {
        var named = ConfigFile(given);
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath(named ?? "player.json"), optional: named is null)
                .AddEnvironmentVariables("KIOSK_PLAYER_")
                .AddInMemoryCollection(given)
                .Build();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Dictionary<string, string?> ReadArguments(IReadOnlyList<string> args, out List<string> browserArgs, out StartProblem? problem)
    {
        var given = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        browserArgs = [];
        problem = null;
        for (var i = 0; i < args.Count; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? args[i] : args[i][..equals]).TrimStart('-');
            var isNo = equals < 0 && name is "no-camera" or "no-upright";
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || (!isNo && !Known.Contains(name)))
            {
                problem ??= StartProblem.BadOption(args[i]);
                continue;
            }

            if (isNo || (equals < 0 && name is "camera" or "upright"))
            {
                given[isNo ? name[3..] : name] = isNo ? "false" : "true";
                continue;
            }

            var value = equals >= 0 ? args[i][(equals + 1)..] : i + 1 < args.Count ? args[++i] : null;
            if (string.IsNullOrWhiteSpace(value) || (equals < 0 && name != "browser-arg" && value.StartsWith("--", StringComparison.Ordinal)))
            {
                problem ??= StartProblem.BadOption(string.IsNullOrWhiteSpace(value) ? args[i] : $"--{name} {value}");
            }
            else if (name == "browser-arg")
            {
                browserArgs.Add(value);
            }
            else
            {
                given[name] = value;
            }
        }

        return given;
    }

    /// <summary>A window is as large as the screen it is shown on, and the way that screen stands is the way the display stands until somebody says otherwise.</summary>
    private static string Attached(WindowMode window) =>
        window is WindowMode.Window && AttachedScreen.Find() is { } screen
            ? string.Create(CultureInfo.InvariantCulture, $"{screen.Width}x{screen.Height}")
            : "1920x1080";

    private static bool TryPixels(string text, out int pixels) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out pixels) && pixels is >= 320 and <= 15360;

    private static AppOptions? Refuse(StartProblem reason, out StartProblem? problem)
    {
        problem = reason;
        return null;
    }
}
