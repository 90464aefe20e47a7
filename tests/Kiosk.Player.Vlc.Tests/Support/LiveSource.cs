using System.Diagnostics;
using System.Net;

namespace Kiosk.Player.Vlc.Tests.Support;

/// <summary>A live stream of one colour, sent by ffmpeg until it dies.</summary>
internal sealed class LiveSource : IAsyncDisposable
{
    private readonly Process sender;
    private readonly string? folder;
    private readonly HttpListener? server;

    private LiveSource(Process sender, string address, string? folder, HttpListener? server) => (this.sender, Address, this.folder, this.server) = (sender, address, folder, server);

    public string Address { get; }

    /// <summary>Segments of a second, served over HTTP.</summary>
    public static LiveSource Hls(uint rgb)
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-hls-").FullName;
        var port = Random.Shared.Next(20000, 60000);
        var server = new HttpListener();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        _ = ServeAsync(server, folder);
        return new LiveSource(Send(rgb, $"-g 30 -f hls -hls_time 1 -hls_list_size 5 -hls_flags delete_segments {folder}/live.m3u8"), $"http://127.0.0.1:{port}/live.m3u8", folder, server);
    }

    public static LiveSource To(uint rgb, string output) => new(Send(rgb, "-g 15 " + output), "", null, null);

    public async Task ReadyAsync()
    {
        while (!File.Exists(Path.Combine(folder!, "live2.ts")))
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public async Task DieAsync()
    {
        sender.Kill();
        await sender.WaitForExitAsync(TestContext.Current.CancellationToken);
        server?.Stop();
    }

    public async ValueTask DisposeAsync()
    {
        if (!sender.HasExited)
        {
            sender.Kill();
            await sender.WaitForExitAsync(CancellationToken.None);
        }

        sender.Dispose();
        server?.Close();
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Send(uint rgb, string output) => Process.Start(new ProcessStartInfo(
        "ffmpeg", FormattableString.Invariant(
            $"-v error -re -f lavfi -i color=c=0x{rgb:x6}:s=640x360:r=15 -f lavfi -i sine=f=330 -c:v libx264 -preset ultrafast -tune zerolatency -pix_fmt yuv420p -c:a aac {output}")))!;

    private static async Task ServeAsync(HttpListener server, string folder)
    {
        while (server.IsListening)
        {
            try
            {
                var context = await server.GetContextAsync();
                var file = Path.Combine(folder, Path.GetFileName(context.Request.Url!.LocalPath));
                context.Response.ContentType = file.EndsWith(".m3u8", StringComparison.Ordinal) ? "application/vnd.apple.mpegurl" : "video/mp2t";
                if (File.Exists(file))
                {
                    await context.Response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(file));
                }
                else
                {
                    context.Response.StatusCode = 404;
                }

                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The listener stops, or a segment went while it was read.
            }
        }
    }
}
