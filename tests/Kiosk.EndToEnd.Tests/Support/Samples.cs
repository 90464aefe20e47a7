using System.Diagnostics;
using QRCoder;

namespace Kiosk.EndToEnd.Tests.Support;

/// <summary>Real files made by ffmpeg.</summary>
internal static class Samples
{
    /// <summary>1080p H.264 with AAC sound and a moving, bright picture.</summary>
    public static async Task<string> VideoAsync(string folder, int seconds)
    {
        var path = Path.Combine(folder, $"宣传片-{seconds}s.mp4");
        await FfmpegAsync(
            $"-f lavfi -i testsrc2=s=1920x1080:r=30:d={seconds} -f lavfi -i sine=f=330:d={seconds} -c:v libx264 -preset veryfast -pix_fmt yuv420p -c:a aac -shortest -movflags +faststart", path);
        return path;
    }

    public static async Task<string> JpegAsync(string folder)
    {
        var path = Path.Combine(folder, "活动照片.jpg");
        await FfmpegAsync("-f lavfi -i gradients=s=2400x1350:c0=0x1E7B4F:c1=0xD9A441:d=1 -frames:v 1 -q:v 3", path);
        return path;
    }

    /// <summary>What a camera sees when somebody holds a printed card in front of it: MJPEG, 1280×720, the code a little turned on grey.</summary>
    public static async Task<string> CardBeforeCameraAsync(string folder, string cardText)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(cardText, QRCodeGenerator.ECCLevel.M);
        var code = Path.Combine(folder, "card.png");
        await File.WriteAllBytesAsync(code, new PngByteQRCode(data).GetGraphic(8));
        var path = Path.Combine(folder, "camera.mjpeg");
        await FfmpegAsync(
            $"-f lavfi -i color=c=0x8a8782:s=1280x720:r=15:d=2 -i {code} -filter_complex [1:v]scale=460:460,format=rgba,rotate=0.06:c=none:ow=520:oh=520[c];[0:v][c]overlay=380:100,noise=alls=6,format=yuvj420p -c:v mjpeg -q:v 3 -r 15 -t 2", path);
        return path;
    }

    /// <summary>Mean brightness, 0–255, of a PNG.</summary>
    public static async Task<double> BrightnessAsync(byte[] png)
    {
        var info = new ProcessStartInfo("ffmpeg", "-v error -f png_pipe -i - -vf scale=16:9:flags=area,format=gray -f rawvideo -")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(info)!;
        using var raw = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(raw);
        await process.StandardInput.BaseStream.WriteAsync(png);
        process.StandardInput.Close();
        await reading;
        await process.WaitForExitAsync();
        return raw.ToArray().Average(value => (double)value);
    }

    private static async Task FfmpegAsync(string arguments, string output)
    {
        var info = new ProcessStartInfo("ffmpeg", ["-v", "error", "-y", .. arguments.Split(' '), output]) { RedirectStandardError = true };
        using var process = Process.Start(info)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }
}
