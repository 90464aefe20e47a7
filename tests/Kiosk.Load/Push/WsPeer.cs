using System.Diagnostics;

namespace Kiosk.Load.Push;

/// <summary>A bare Node <c>ws</c> broadcast: the floor a push server is measured against. It authorises nothing and stores nothing.</summary>
internal sealed class WsPeer : IAsyncDisposable
{
    private const string Script =
        """
        const http = require('http'), { WebSocketServer, WebSocket } = require('ws');
        const server = http.createServer((request, response) => {
          const parts = [];
          request.on('data', part => parts.push(part)).on('end', () => {
            const message = Buffer.concat(parts).toString();
            for (const client of sockets.clients) if (client.readyState === WebSocket.OPEN) client.send(message);
            response.end();
          });
        });
        const sockets = new WebSocketServer({ server });
        sockets.on('connection', socket => socket.once('message', () => socket.send('{}\x1e')));
        server.listen(0, '127.0.0.1', () => console.log(server.address().port));
        """;

    private readonly Process _node;
    private readonly string _folder;
    private readonly HttpClient _http = new();

    private WsPeer(Process node, string folder, Uri address) => (_node, _folder, Address) = (node, folder, address);

    public Uri Address { get; }

    /// <summary>Null when Node or the package cannot be had here.</summary>
    public static async Task<WsPeer?> TryStartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-ws-").FullName;
        try
        {
            using var install = Process.Start(new ProcessStartInfo("npm", ["install", "--silent", "--no-audit", "--no-fund", "ws@8"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await install.WaitForExitAsync();
            if (install.ExitCode != 0)
            {
                return null;
            }

            await File.WriteAllTextAsync(Path.Combine(folder, "peer.js"), Script);
            var node = Process.Start(new ProcessStartInfo("node", ["peer.js"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
            var port = await node.StandardOutput.ReadLineAsync();
            return new WsPeer(node, folder, new Uri($"http://127.0.0.1:{port}"));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    public async Task BroadcastAsync(string message)
    {
        using var content = new StringContent(message + '\x1e');
        using var answer = await _http.PostAsync(Address, content);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _node.Kill();
        await _node.WaitForExitAsync();
        _node.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
