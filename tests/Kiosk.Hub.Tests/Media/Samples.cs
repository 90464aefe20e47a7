using System.Diagnostics;

namespace Kiosk.Hub.Tests.Media;

/// <summary>Real files made by ffmpeg, once for all tests.</summary>
internal static class Samples
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("kiosk-samples-").FullName;
    private static readonly Lock Sync = new();

    static Samples() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    /// <summary>1280×720, 3 s, H.264/AAC with faststart: players play it as it is.</summary>
    public static string Playable => Make("playable.mp4", "-f lavfi -i testsrc2=s=1280x720:r=25:d=3 -f lavfi -i sine=d=3 -c:v libx264 -preset ultrafast -crf 30 -pix_fmt yuv420p -c:a aac -shortest -movflags +faststart");

    /// <summary>2560×1440 MPEG-4 part 2 with MP3 in AVI, odd height after scaling.</summary>
    public static string Foreign => Make("foreign.avi", "-f lavfi -i testsrc2=s=2560x1442:r=25:d=2 -f lavfi -i sine=d=2 -c:v mpeg4 -q:v 8 -c:a libmp3lame -shortest");

    /// <summary>Recorded upright with a phone: stored lying, turned by a matrix.</summary>
    public static string Turned => Make("turned.mp4", $"-display_rotation 90 -i {Playable} -c copy", fallback: $"-i {Playable} -c copy -metadata:s:v rotate=90");

    /// <summary>Starts with 2 s of black, then a picture.</summary>
    public static string BlackFirst => Make(
        "black-first.mp4", "-f lavfi -i color=black:s=640x360:r=25:d=4 -f lavfi -i testsrc2=s=640x360:r=25:d=4 -filter_complex [0][1]concat=n=2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p");

    /// <summary>Long enough that its preparation can be interrupted.</summary>
    public static string Long => Make("long.mkv", "-f lavfi -i testsrc2=s=1920x1080:r=30:d=16 -c:v mpeg4 -q:v 5");

    public static string OneFrame => Make("one-frame.mp4", "-f lavfi -i testsrc2=s=320x240:r=25:d=0.04 -c:v libx264 -pix_fmt yuv420p");

    public static string SoundOnly => Make("sound.mp4", "-f lavfi -i sine=d=2 -c:a aac");

    public static string Jpeg => Make("photo.jpg", "-f lavfi -i testsrc2=s=5000x3000 -frames:v 1");

    public static string Png => Make("poster.png", "-f lavfi -i testsrc2=s=800x600 -frames:v 1");

    public static string WebP => Make("drawing.webp", "-f lavfi -i testsrc2=s=640x480 -frames:v 1");

    public static string Gif => Make("dance.gif", "-f lavfi -i testsrc2=s=64x64:d=1");

    public static string Transparent => Make("logo.png", "-f lavfi -i color=red@0.0:s=200x100,format=rgba -frames:v 1");

    /// <summary>The first part of a file.</summary>
    public static string Cut(string source, double share)
    {
        var path = Path.Combine(Folder, "cut-" + Path.GetFileName(source));
        var bytes = File.ReadAllBytes(source);
        File.WriteAllBytes(path, bytes[..(int)(bytes.Length * share)]);
        return path;
    }

    public static string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A JPEG that says it is turned, as cameras write it.</summary>
    public static string WithOrientation(int orientation)
    {
        var jpeg = File.ReadAllBytes(Make("small.jpg", "-f lavfi -i testsrc2=s=400x200 -frames:v 1"));
        byte[] exif =
        [
            0xFF, 0xE1, 0x00, 0x22, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];
        return Write($"turned-{orientation}.jpg", [.. jpeg[..2], .. exif, .. jpeg[2..]]);
    }

    /// <summary>A few hundred bytes that claim to be a picture of 40,000 × 40,000.</summary>
    public static string Bomb()
    {
        var png = File.ReadAllBytes(Png);
        byte[] side = [0x00, 0x00, 0x9C, 0x40];
        side.CopyTo(png, 16);
        side.CopyTo(png, 20);
        return Write("bomb.png", png);
    }

    public static string Run(string arguments, string tool = "ffmpeg")
    {
        var start = new ProcessStartInfo(tool, (tool == "ffmpeg" ? "-hide_banner -v error -y " : "-v error ") + arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result : throw new InvalidOperationException(errors);
    }

    private static string Make(string name, string arguments, string? fallback = null)
    {
        lock (Sync)
        {
            var path = Path.Combine(Folder, name);
            if (!File.Exists(path))
            {
                try
                {
                    Run($"{arguments} {path}");
                }
                catch (InvalidOperationException) when (fallback is not null)
                {
                    Run($"{fallback} {path}");
                }
            }

            return path;
        }
    }
}
