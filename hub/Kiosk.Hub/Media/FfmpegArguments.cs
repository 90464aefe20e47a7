using System.Globalization;

namespace Kiosk.Hub.Media;

/// <summary>Command lines for ffmpeg and ffprobe. Inputs are local files of the containers named here and nothing else: no network, no playlists.</summary>
internal static class FfmpegArguments
{
    private const string Containers = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg";
    private const string Pictures = "image2,jpeg_pipe,png_pipe,webp_pipe,mjpeg";
    private const string ToneMapping =
        "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,";

    public static string[] Probe(string file) =>
    [
        "-v", "error", "-protocol_whitelist", "file", "-format_whitelist", Containers,
        "-show_format", "-show_streams", "-of", "json", "-i", Local(file),
    ];

    /// <summary>The rendition every player plays: H.264/AAC MP4 that starts while it still downloads.</summary>
    public static string[] Full(VideoPlan plan, string input, string output) =>
    [
        .. Start(input),
        .. Streams(plan),
        .. plan.CopyPicture
            ? ["-c:v", "copy"]
            : (string[])[
                "-vf", Picture(plan),
                "-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-maxrate", "8M", "-bufsize", "16M",
                "-profile:v", "high", "-level:v", "4.2", "-pix_fmt", "yuv420p", "-g", "60",
            ],
        .. plan.CopySound ? ["-c:a", "copy"] : (string[])["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"],
        .. Finish(output),
    ];

    /// <summary>The rendition for weak links, made from the full one.</summary>
    public static string[] Low(int width, int height, string input, string output) =>
    [
        .. Start(input),
        "-map", "0:v:0", "-map", "0:a:0?",
        "-vf", $"scale={width}:{height},fps=fps='min(30,source_fps)'",
        "-c:v", "libx264", "-preset", "veryfast", "-b:v", "450k", "-maxrate", "600k", "-bufsize", "1200k",
        "-profile:v", "main", "-level:v", "3.1", "-pix_fmt", "yuv420p", "-g", "60",
        "-c:a", "aac", "-b:a", "64k", "-ac", "2", "-ar", "48000",
        .. Finish(output),
    ];

    /// <summary>One frame as a JPEG; prints its brightness figures (<see cref="FrameBrightness"/>) to standard output.</summary>
    public static string[] Thumbnail(string input, TimeSpan at, string output) =>
    [
        .. Quiet,
        "-ss", at.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture),
        "-protocol_whitelist", "file", "-i", Local(input),
        "-map", "0:v:0", "-frames:v", "1",
        "-vf", "scale='min(640,iw)':'min(640,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2,setsar=1,signalstats,metadata=mode=print:file=-,format=yuvj420p",
        "-q:v", "4", "-f", "mjpeg", "-y", Local(output),
    ];

    /// <summary>A picture upright, at most <paramref name="longSide"/> long, without what the camera wrote beside it (place, owner).</summary>
    /// <param name="fine">Keeps colour edges sharp: lettering and drawings.</param>
    public static string[] Still(ImageHeader header, int longSide, bool fine, string input, string output) =>
    [
        .. Quiet,
        "-xerror", "-err_detect", "explode",
        "-protocol_whitelist", "file", "-format_whitelist", Pictures, "-noautorotate", "-i", Local(input),
        "-filter_complex",
        $"[0:v]{Turn(header.Orientation)}scale='min({longSide},iw)':'min({longSide},ih)':force_original_aspect_ratio=decrease:flags=lanczos,setsar=1,format=rgba,split[a][b];"
        + "[a]lutrgb=r=255:g=255:b=255:a=255[white];[white][b]overlay=format=rgb," + (fine ? "format=yuvj444p[out]" : "format=yuvj420p[out]"),
        "-map", "[out]", "-frames:v", "1", "-map_metadata", "-1",
        "-q:v", fine ? "2" : "3", "-f", "mjpeg", "-y", Local(output),
    ];

    private static IReadOnlyList<string> Quiet => ["-hide_banner", "-nostdin", "-v", "error"];

    private static string[] Start(string input) =>
        [.. Quiet, "-nostats", "-progress", "pipe:1", "-protocol_whitelist", "file", "-format_whitelist", Containers, "-i", Local(input)];

    private static string[] Streams(VideoPlan plan) => plan.SoundIndex is { } sound
        ? ["-map", $"0:{plan.PictureIndex}", "-map", $"0:{sound}"]
        : ["-map", $"0:{plan.PictureIndex}"];

    private static string[] Finish(string output) =>
    [
        "-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
        "-movflags", "+faststart", "-avoid_negative_ts", "make_zero", "-max_muxing_queue_size", "4096", "-f", "mp4", "-y", Local(output),
    ];

    private static string Picture(VideoPlan plan) =>
        (plan.Deinterlace ? "yadif," : "")
        + (plan.ToneMap ? ToneMapping : "")
        + (plan.FrameRateCap is { } cap ? string.Create(CultureInfo.InvariantCulture, $"fps={cap},") : "")
        + $"scale={plan.Width}:{plan.Height}:flags=bicubic,setsar=1,format=yuv420p";

    private static string Turn(int orientation) => orientation switch
    {
        2 => "hflip,",
        3 => "hflip,vflip,",
        4 => "vflip,",
        5 => "transpose=0,",
        6 => "transpose=1,",
        7 => "transpose=3,",
        8 => "transpose=2,",
        _ => "",
    };

    // "file:" keeps ffmpeg from reading anything in a name as a protocol.
    private static string Local(string path) => "file:" + path;
}
