using Kiosk.Hub.Media;

namespace Kiosk.Hub.Demo;

/// <summary>Draws the demo's films and posters with ffmpeg, in the colours and type of the product.</summary>
internal sealed class DemoFilms(MediaTools tools, string folder)
{
    private const string Paper = "0xFBF7F0";
    private const string Red = "0xC8161D";
    private const string DeepRed = "0x8E1116";
    private const string Gold = "0xD9A441";
    private const string Ink = "0x1F1B16";
    private const string Serif = "Noto Serif CJK SC";
    private const string Sans = "Noto Sans CJK SC";

    /// <summary>A title that rises into place over a line that draws itself, and lines that follow one by one.</summary>
    /// <param name="onRed">White on red instead of ink on paper.</param>
    public async Task<string> FilmAsync(string name, int seconds, bool onRed, string title, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var (ground, ink, accent) = onRed ? (DeepRed, "white", Gold) : (Paper, Ink, Red);
        var path = Path.Combine(folder, name + ".mp4");
        var filters = "[0][1]overlay=x='-1600+1760*(1-pow(1-min(1\\,t/1.4)\\,3))':y=520:eval=frame,"
            + await TextAsync(name + "-title", title, Serif, 132, ink, 160, "300+40*pow(1-min(1\\,t/0.9)\\,3)", "min(1\\,t/0.9)", cancellationToken);
        foreach (var (row, line) in lines.Index())
        {
            var start = FormattableString.Invariant($"{1.2 + (row * 0.9):0.0}");
            filters += "," + await TextAsync(
                $"{name}-{row}", line, Sans, 58, ink, 164, $"{600 + (row * 104)}", $"max(0\\,min(1\\,(t-{start})/0.7))", cancellationToken);
        }

        await RunAsync(
            [
                "-f", "lavfi", "-i", $"color=c={ground}:s=1920x1080:r=25:d={seconds}",
                "-f", "lavfi", "-i", $"color=c={accent}:s=1600x10:r=25:d={seconds}",
                "-filter_complex", filters + "[v]", "-map", "[v]", "-t", $"{seconds}",
                "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-y", path,
            ],
            cancellationToken);
        return path;
    }

    /// <summary>A still poster: a red panel with the title, the lines beside it.</summary>
    public async Task<string> PosterAsync(string name, string title, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, name + ".png");
        var filters = $"drawbox=x=0:y=0:w=620:h=1080:color={Red}:t=fill,drawbox=x=620:y=0:w=12:h=1080:color={Gold}:t=fill,"
            + await TextAsync(name + "-title", title, Serif, 112, "white", 90, "(h-text_h)/2", "1", cancellationToken);
        foreach (var (row, line) in lines.Index())
        {
            filters += "," + await TextAsync($"{name}-{row}", line, row == 0 ? Serif : Sans, row == 0 ? 84 : 56, Ink, 740, $"{300 + (row * 130)}", "1", cancellationToken);
        }

        await RunAsync(["-f", "lavfi", "-i", $"color=c={Paper}:s=1920x1080:d=1", "-vf", filters, "-frames:v", "1", "-y", path], cancellationToken);
        return path;
    }

    // Words reach ffmpeg in a file, so that no sign in them needs escaping.
    private async Task<string> TextAsync(
        string name, string text, string font, int size, string colour, int x, string y, string alpha, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, name + ".txt");
        await File.WriteAllTextAsync(file, text, cancellationToken);

        // drawtext knows families only; an outline of the same colour makes the titles bold.
        var bold = font == Serif ? $":borderw=3:bordercolor={colour}" : "";
        return $"drawtext=font='{font}':textfile='{file}':fontsize={size}:fontcolor={colour}:line_spacing=24:x={x}:y='{y}':alpha='{alpha}':expansion=none{bold}";
    }

    private async Task RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var outcome = await tools.FfmpegAsync(["-hide_banner", "-nostdin", "-v", "error", .. arguments], null, cancellationToken);
        if (!outcome.Succeeded)
        {
            throw new InvalidOperationException($"ffmpeg: {outcome.Errors}");
        }
    }
}
