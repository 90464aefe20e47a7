using System.Diagnostics;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Tests.Support;

/// <summary>Real media made by ffmpeg once a run, put into a fake player's cache.</summary>
internal static class TestMedia
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("kiosk-media-").FullName;
    private static readonly SemaphoreSlim One = new(1, 1);

    static TestMedia() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);

    /// <summary>A moving test picture with a tone; <paramref name="hue"/> tells clips apart.</summary>
    public static async Task<string> VideoAsync(FakePlayer player, double seconds, int hue)
    {
        var path = Path.Combine(Folder, FormattableString.Invariant($"v{seconds}-{hue}.mp4"));
        await MakeAsync(path, FormattableString.Invariant($"-f lavfi -i testsrc2=s=1280x720:r=30:d={seconds} -f lavfi -i sine=f=440:d={seconds} -vf hue=h={hue} -c:v libx264 -preset veryfast -pix_fmt yuv420p -g 60 -c:a aac -shortest -movflags +faststart"));
        return player.AddMedia(path, "video/mp4");
    }

    public static async Task<string> ImageAsync(FakePlayer player)
    {
        var path = Path.Combine(Folder, "image.jpg");
        await MakeAsync(path, "-f lavfi -i gradients=s=1920x1080:c0=0x2f6f5e:c1=0xd9a441:x0=0:y0=0:x1=1920:y1=1080:d=1 -frames:v 1 -q:v 3");
        return player.AddMedia(path, "image/jpeg");
    }

    /// <summary>Mean brightness (0–255) of each JPEG picture.</summary>
    public static async Task<IReadOnlyList<double>> BrightnessAsync(IReadOnlyList<byte[]> jpegs)
    {
        const int width = 16, height = 9;
        var start = new ProcessStartInfo("ffmpeg", $"-v error -f image2pipe -c:v mjpeg -i - -vf scale={width}:{height}:flags=area,format=gray -f rawvideo -")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        using var raw = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(raw);
        foreach (var jpeg in jpegs)
        {
            await process.StandardInput.BaseStream.WriteAsync(jpeg);
        }

        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync();
        return [.. raw.ToArray().Chunk(width * height).Select(c => c.Average(b => (double)b))];
    }

    public static async Task RunAsync(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }

    private static async Task MakeAsync(string path, string arguments)
    {
        await One.WaitAsync();
        try
        {
            if (!File.Exists(path))
            {
                await RunAsync("ffmpeg", $"-v error -y {arguments} {path}");
            }
        }
        finally
        {
            One.Release();
        }
    }
}
