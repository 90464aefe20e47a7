namespace Kiosk.Player.Vlc.Stage;

internal static class VlcOptions
{
    /// <summary>More options for libvlc, separated by spaces, e.g. which video output a machine needs.</summary>
    public const string Variable = "KIOSK_VLC_OPTIONS";

    /// <summary>Without a graphics card libvlc would still draw by OpenGL, in Mesa's software, and lose every third frame; the X server's own pictures cost a third of that.</summary>
    private static readonly string[] _withoutCard = Directory.Exists("/dev/dri") && Directory.EnumerateFiles("/dev/dri", "renderD*").Any() ? [] : ["--gl=none", "--gles2=none"];

    /// <param name="turned">Pictures are turned a quarter clockwise.</param>
    public static string[] For(bool turned)
    {
        List<string> options =
        [
            "--quiet", "--no-video-title-show", "--no-osd", "--no-spu", "--no-sub-autodetect-file", "--no-snapshot-preview", "--no-lua",
            "--no-metadata-network-access", "--no-keyboard-events", "--no-mouse-events", "--stats", "--no-disable-screensaver",
            // Late pictures are shown rather than a gap.
            "--no-drop-late-frames", "--no-skip-frames",
        ];
        options.AddRange(_withoutCard);
        // After ours, so that they win.
        options.AddRange((Environment.GetEnvironmentVariable(Variable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (turned)
        {
            options.AddRange(["--video-filter=transform", "--transform-type=90"]);
        }

        return [.. options];
    }
}
