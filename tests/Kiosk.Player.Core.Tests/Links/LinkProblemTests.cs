using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Kiosk.Player.Core.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kiosk.Player.Core.Tests.Links;

/// <summary>A wrong address at the first start: what answers there, or does not, is said by its code.</summary>
public sealed class LinkProblemTests : IDisposable
{
    private readonly TempFolder temp = new();
    private readonly CancellationTokenSource stop = new();

    [Theory]
    [InlineData("http", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<h1>Router</h1>\n", "not_a_hub")]
    [InlineData("http", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "not_a_hub")]
    [InlineData("http", "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "not_a_hub")]
    [InlineData("http", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "hub_busy")]
    [InlineData("http", "SSH-2.0-OpenSSH_9.2\r\n", "not_a_hub")]
    [InlineData("https", "", "hub_certificate")]
    public async Task Something_else_answers(string scheme, string answer, string code)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = AnswerAsync(listener, scheme, answer);
        await RefusedAsync($"{scheme}://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", code);
    }

    [Theory]
    [InlineData("http://no-such-host.invalid")]
    [InlineData("http://127.0.0.1:9")]
    public Task Nobody_answers(string address) => RefusedAsync(address, "hub_unreachable");

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
        temp.Dispose();
    }

    private async Task RefusedAsync(string address, string code)
    {
        var options = new PlayerOptions { HubAddress = address, DataFolder = temp.Path };
        using var player = PlayerHost.Create(options, TimeProvider.System, NullLoggerFactory.Instance);
        var run = player.RunAsync(stop.Token);
        await Until.TrueAsync(() => player.View.Refusal is not null, "a refusal");
        Assert.Equal((code, address), (player.View.Refusal!.Code, player.View.Refusal.Detail));
        await stop.CancelAsync();
        await run;
    }

    private async Task AnswerAsync(TcpListener listener, string scheme, string answer)
    {
        while (!stop.IsCancellationRequested)
        {
            using var client = await listener.AcceptTcpClientAsync(stop.Token);
            try
            {
                await using var stream = client.GetStream();
                if (scheme == "https")
                {
                    using var key = RSA.Create(2048);
                    using var made = new CertificateRequest("CN=somebody else", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                        .CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
                    await using var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(made);
                }

                await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, stop.Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stop.Token);
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The player hung up.
            }
        }
    }
}
