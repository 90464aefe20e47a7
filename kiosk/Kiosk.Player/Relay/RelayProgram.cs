using System.Diagnostics;

namespace Kiosk.Player.Relay;

/// <summary>The program that hands on what no renderer opens itself: ffmpeg, where it is installed.</summary>
/// <param name="Path">Null where it is not.</param>
internal sealed record RelayProgram(string? Path)
{
    public static RelayProgram Find() =>
        new(Array.Find(["/usr/bin/ffmpeg", "/usr/local/bin/ffmpeg", System.IO.Path.Combine(AppContext.BaseDirectory, "ffmpeg.exe")], File.Exists));

    public bool IsThere => Path is not null;

    /// <summary>Reads the script from its input, writes the stream to its output. The picture is copied as it comes; the sound, of which cameras know
    /// kinds that neither a browser nor MPEG-TS does, is made AAC.</summary>
    public Process Start(RelayForm form)
    {
        var start = new ProcessStartInfo(
            Path!,
            [
                "-hide_banner", "-loglevel", "error", "-nostats", "-nostdin",
                "-protocol_whitelist", "pipe,rtsp,rtp,tcp,udp", "-fflags", "+nobuffer+genpts", "-f", "concat", "-safe", "0", "-i", "pipe:0",
                "-map", "0:v:0", "-map", "0:a:0?", "-c:v", "copy", "-c:a", "aac", "-ac", "2", "-max_muxing_queue_size", "512",
                .. form is RelayForm.TransportStream
                    // What decodes the picture stands before it once, in the description: here it must come again and again.
                    ? (string[])["-bsf:v", "dump_extra", "-muxdelay", "0", "-muxpreload", "0", "-flush_packets", "1", "-f", "mpegts"]
                    : ["-movflags", "+empty_moov+default_base_moof+frag_keyframe", "-frag_duration", "300000", "-flush_packets", "1", "-f", "mp4"],
                "pipe:1",
            ])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        return Process.Start(start)!;
    }
}

/// <summary>How a stream is handed on.</summary>
internal enum RelayForm
{
    /// <summary>MPEG-TS, for LibVLC.</summary>
    TransportStream,

    /// <summary>Fragmented MP4, for a browser.</summary>
    Fragments,
}
