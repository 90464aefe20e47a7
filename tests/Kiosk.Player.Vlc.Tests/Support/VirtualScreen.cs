using System.Diagnostics;

namespace Kiosk.Player.Vlc.Tests.Support;

/// <summary>A real X screen without a monitor, and what can be seen on it.</summary>
internal sealed class VirtualScreen : IAsyncDisposable
{
    private readonly Process server;

    private VirtualScreen(Process server, string display, int width, int height) => (this.server, Display, Width, Height) = (server, display, width, height);

    public string Display { get; }

    public int Width { get; }

    public int Height { get; }

    public static async Task<VirtualScreen> StartAsync(int width, int height)
    {
        var server = Process.Start(new ProcessStartInfo("Xvfb", FormattableString.Invariant($"-displayfd 1 -noreset -screen 0 {width}x{height}x24 -nolisten tcp"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        var number = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new VirtualScreen(server, ":" + number, width, height);
    }

    /// <summary>One picture of the screen.</summary>
    public async Task<Shot> GrabAsync()
    {
        var raw = await RunAsync(Grab("-frames:v 1 -f rawvideo -pix_fmt rgb24 -", rate: 30));
        return new Shot(raw, Width, Height);
    }

    public async Task<byte[]> PngAsync() => await RunAsync(Grab("-frames:v 1 -c:v png -f image2pipe -", rate: 30));

    /// <summary>Follows the screen, small, until disposed.</summary>
    public Recording Record(int rate = 30) => new(Grab("-vf scale=32:18:flags=neighbor -f rawvideo -pix_fmt rgb24 -", rate));

    public async ValueTask DisposeAsync()
    {
        server.Kill();
        await server.WaitForExitAsync(CancellationToken.None);
        server.Dispose();
    }

    private ProcessStartInfo Grab(string output, int rate) => new(
        "ffmpeg", FormattableString.Invariant($"-v error -f x11grab -draw_mouse 1 -framerate {rate} -video_size {Width}x{Height} -i {Display} {output}"))
    {
        RedirectStandardOutput = true, RedirectStandardInput = true,
    };

    private static async Task<byte[]> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        using var raw = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(raw, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return raw.ToArray();
    }
}
