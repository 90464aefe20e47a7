using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Alerts;

/// <summary>Posts to an address an administrator entered. Only public https addresses, or hosts the settings file names; redirects are never followed.</summary>
internal sealed class WebhookChannel : IDisposable
{
    private const int MostAnswerBytes = 2_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HubOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookChannel(HubOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            // Names are asked anew.
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = ConnectAsync,
        })
        { Timeout = Patience, MaxResponseContentBufferSize = 64 * 1024 };
    }

    public void Dispose() => _http.Dispose();

    public async Task<AlertOutcome> SendAsync(AlertAddress address, AlertFormat format, AlertSending sending, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address.Address, UriKind.Absolute, out var uri) || !WebhookGuard.IsAllowed(uri, _options.Alerts.PrivateHosts))
        {
            return new AlertOutcome("webhook_not_allowed", null, Final: true);
        }

        // Over all of it: the client's own limit ends with the first line of the answer.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var now = _time.GetUtcNow();
            using var request = new HttpRequestMessage(HttpMethod.Post, WebhookBody.AddressOf(uri, format, address.Secret, now));
            var body = WebhookBody.Of(format, sending);
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } } };
            WebhookBody.Sign(request, body, format, address.Secret, sending.Id, now);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var said = await ReadAsync(response, limit.Token);
            var answer = $"{(int)response.StatusCode} {said}".Trim();
            return response.StatusCode switch
            {
                >= (HttpStatusCode)300 and < (HttpStatusCode)400 => new AlertOutcome("webhook_redirected", ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture), Final: true),
                >= (HttpStatusCode)400 => new AlertOutcome(
                    "webhook_refused", answer, Final: response.StatusCode is < (HttpStatusCode)500 and not HttpStatusCode.TooManyRequests and not HttpStatusCode.RequestTimeout),
                // Group robots answer 200 whatever they think of it.
                _ => format is AlertFormat.Generic || WebhookBody.IsAccepted(said) ? new AlertOutcome(null, answer) : new AlertOutcome("webhook_refused", answer),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return new AlertOutcome("webhook_timeout", null);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException)
        {
            return failure.GetBaseException() is WebhookGuard.NotAllowedException
                ? new AlertOutcome("webhook_not_allowed", null, Final: true)
                : new AlertOutcome("webhook_unreachable", failure.Message);
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[MostAnswerBytes];
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    // The address that is checked is the one that is called: a name that changes its mind in between gains nothing.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var found = await Dns.GetHostAddressesAsync(host, cancellationToken);
        var own = WebhookGuard.IsNamed(host, _options.Alerts.PrivateHosts);
        var addresses = found.Where(address => own || WebhookGuard.IsPublic(address)).ToArray();
        if (addresses.Length == 0)
        {
            throw new WebhookGuard.NotAllowedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
