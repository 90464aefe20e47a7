using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace Kiosk.Testing;

/// <summary>A mail server of a few lines: says what a test makes it say, and keeps what it was sent.</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly ConcurrentQueue<MimeMessage> _messages = new();
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly X509Certificate2 _certificate;
    private readonly Task _accepting;

    public SmtpServer()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string CertificateSha256 => _certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public bool OffersTls { get; set; }

    /// <summary>Recipients that do not exist here.</summary>
    public string? Refuses { get; set; }

    /// <summary>Takes a message and never answers.</summary>
    public bool Stalls { get; set; }

    /// <summary>Whether the last message came over TLS.</summary>
    public bool WasSecure { get; private set; }

    /// <summary>Everything taken in, also what was not answered.</summary>
    public IReadOnlyList<MimeMessage> Messages => [.. _messages];

    /// <summary>Settings of a hub that sends by it.</summary>
    public string[] Settings(string security = "none") =>
    [
        "--Hub:Alerts:Smtp:Host=127.0.0.1", $"--Hub:Alerts:Smtp:Port={Port}", $"--Hub:Alerts:Smtp:Security={security}", "--Hub:Alerts:Smtp:From=kiosk@example.org",
        .. security == "none" ? [] : new[] { $"--Hub:Alerts:Smtp:CertificateSha256={CertificateSha256}" },
    ];

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Stop();
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await _accepting;
        _certificate.Dispose();
        _closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_closed.Token);
                _clients.Add(client);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            Stream stream = client.GetStream();
            var secure = false;
            await SayAsync(stream, "220 test");
            while (await LineAsync(stream) is { } line)
            {
                var command = line.ToUpperInvariant();
                if (command.StartsWith("EHLO", StringComparison.Ordinal))
                {
                    await SayAsync(stream, OffersTls && !secure ? "250-test\r\n250 STARTTLS" : "250 test");
                }
                else if (command == "STARTTLS")
                {
                    await SayAsync(stream, "220 go");
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(_certificate);
                    (stream, secure) = (tls, true);
                }
                else if (command.StartsWith("RCPT", StringComparison.Ordinal) && Refuses is { } refused && line.Contains(refused, StringComparison.OrdinalIgnoreCase))
                {
                    await SayAsync(stream, "550 5.1.1 no such mailbox here");
                }
                else if (command == "DATA")
                {
                    await SayAsync(stream, "354 go on");
                    await TakeAsync(stream);
                    WasSecure = secure;
                    if (Stalls)
                    {
                        await Task.Delay(Timeout.Infinite, _closed.Token);
                    }

                    await SayAsync(stream, "250 2.0.0 queued as 4711");
                }
                else
                {
                    await SayAsync(stream, command == "QUIT" ? "221 bye" : "250 ok");
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException or SocketException)
        {
            // The hub has gone, as tests make it.
        }
        finally
        {
            client.Dispose();
        }
    }

    private async Task TakeAsync(Stream stream)
    {
        var text = new StringBuilder();
        while (await LineAsync(stream) is { } line && line != ".")
        {
            text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        _messages.Enqueue(await MimeMessage.LoadAsync(bytes));
    }

    private static async Task<string?> LineAsync(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        return null;
    }

    private static async Task SayAsync(Stream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
}
