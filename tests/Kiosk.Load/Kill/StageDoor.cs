using System.Net.WebSockets;
using System.Text.RegularExpressions;

namespace Kiosk.Load.Kill;

/// <summary>Opens the address a kiosk started with <c>--window none</c> prints, as the browser would.</summary>
internal static partial class StageDoor
{
    /// <summary>Waits for the address, enters and connects; answers where the kiosk is and the cookie that admits.</summary>
    public static async Task<(Uri Origin, string Cookie)> EnterAsync(MortalProcess kiosk, ClientWebSocket socket, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (kiosk.Lines.Select(line => Address().Match(line)).FirstOrDefault(match => match.Success) is { } match)
            {
                // Its name only a browser knows to be this machine.
                return await EnterAsync(new UriBuilder(match.Value) { Host = "127.0.0.1" }.Uri, socket, cancellationToken);
            }

            if (kiosk.HasExited)
            {
                throw new IOException("The kiosk has ended.");
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    private static async Task<(Uri Origin, string Cookie)> EnterAsync(Uri address, ClientWebSocket socket, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var entered = await http.GetAsync(address, cancellationToken);
        var cookie = entered.Headers.GetValues("Set-Cookie").First().Split(';')[0];
        var origin = new Uri(address.GetLeftPart(UriPartial.Authority));
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/stage", Query = "" }.Uri, cancellationToken);
        return (origin, cookie);
    }

    [GeneratedRegex(@"http://kiosk-[0-9a-f]+\.localhost:\d+/enter\?key=\S+")]
    private static partial Regex Address();
}
