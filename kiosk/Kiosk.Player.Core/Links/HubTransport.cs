using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Commands;
using Kiosk.Player.Core.Media;

namespace Kiosk.Player.Core.Links;

/// <summary>HTTP and SignalR to the real hub.</summary>
internal sealed class HubTransport : IHubTransport, IDisposable
{
    private const int DocumentLimit = 32 << 20;
    private const int SmallLimit = 64 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Uri address;
    private readonly HttpClient http;

    public HubTransport(Uri address)
    {
        this.address = address;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan, // media take as long as they take; small requests bring their own limit
        };
    }

    public IHubLink CreateLink(string token) => new SignalRLink(address, token);

    public async Task<PairingTicket> RequestPairingAsync(PairingRequest request, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Post, DeviceRoutes.Pairings, null);
        message.Content = JsonContent.Create(request, options: PlayerJson.Options);
        return await SmallAsync<PairingTicket>(message, cancellationToken);
    }

    public async Task<PairingStatus> GetPairingAsync(Guid id, string token, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Get, DeviceRoutes.Pairing(id), token);
        return await SmallAsync<PairingStatus>(message, cancellationToken);
    }

    public Task<byte[]> GetFeedAsync(string key, string token, CancellationToken cancellationToken) =>
        BytesAsync(DeviceRoutes.Feed(key), token, cancellationToken);

    public Task<byte[]> GetDocumentAsync(string sha256, string token, CancellationToken cancellationToken) =>
        BytesAsync(DeviceRoutes.Document(sha256), token, cancellationToken);

    public async Task<MediaResponse> OpenMediaAsync(string sha256, long from, string token, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Get, DeviceRoutes.Media(sha256), token);
        if (from > 0)
        {
            message.Headers.Range = new RangeHeaderValue(from, null);
        }

        var response = await AnswerAsync(message, cancellationToken);
        try
        {
            Check(response, sha256);
            var range = response.Content.Headers.ContentRange;
            var (start, total) = response.StatusCode == HttpStatusCode.PartialContent
                ? (range?.From ?? throw new MediaRefusedException("wrong_range", "The hub answered a part without saying which."), range.Length)
                : (0, response.Content.Headers.ContentLength);
            return new MediaResponse(await response.Content.ReadAsStreamAsync(cancellationToken), start, total);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>The body may take for ever, the answer's first line not.</summary>
    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var limit = Limit(cancellationToken);
        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MediaRefusedException("stalled", "The hub did not answer.", inner: e);
        }
    }

    private static void Check(HttpResponseMessage response, string sha256)
    {
        if (!response.IsSuccessStatusCode)
        {
            var again = response.Headers.RetryAfter;
            throw new MediaRefusedException(null, $"The hub answered {(int)response.StatusCode}.", response.StatusCode, again?.Delta);
        }

        // A portal of a guest network answers 200 with a page of its own.
        if (response.Headers.ETag is { } tag && !tag.Tag.Contains(sha256, StringComparison.Ordinal))
        {
            throw new MediaRefusedException("size_mismatch", "The answer is another file than the one asked for.");
        }
    }

    public async Task SendPictureAsync(Guid commandId, ScreenImage picture, string token, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Post, DeviceRoutes.CommandPicture(commandId), token);
        message.Content = new ByteArrayContent(picture.Body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(picture.ContentType);
        using var response = await http.SendAsync(message, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task<TokenStanding> StandingAsync(string token, Guid displayId, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Get, DeviceRoutes.Feed(FeedKeys.Display(displayId)), token);
        using var limit = Limit(cancellationToken);
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        var epoch = response.Headers.TryGetValues(DeviceRoutes.EpochHeader, out var values) ? values.FirstOrDefault() : null;
        return new TokenStanding(
            response.IsSuccessStatusCode && epoch is not null,
            response.StatusCode == HttpStatusCode.Unauthorized && await IsOfHubAsync(response, limit.Token),
            epoch);
    }

    /// <summary>A portal or proxy on the way says 401 as well, and must not take a display out of use: the hub says it with its code.</summary>
    private static async Task<bool> IsOfHubAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not "application/problem+json")
        {
            return false;
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(SmallLimit, cancellationToken);
            return await response.Content.ReadFromJsonAsync<HubRefusal>(PlayerJson.Options, cancellationToken) is { Code: "sign_in_required" };
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<T> SmallAsync<T>(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var limit = Limit(cancellationToken);
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(SmallLimit, limit.Token);
        return await response.Content.ReadFromJsonAsync<T>(PlayerJson.Options, limit.Token)
            ?? throw new HttpRequestException("The hub answered with nothing.");
    }

    /// <exception cref="HttpRequestException">Also when it takes too long; a document that is too large is <see cref="HttpRequestError.ConfigurationLimitExceeded"/>.</exception>
    private async Task<byte[]> BytesAsync(string path, string token, CancellationToken cancellationToken)
    {
        using var message = Message(HttpMethod.Get, path, token);
        using var limit = Limit(cancellationToken);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            using var whole = new MemoryStream();
            var part = new byte[16 << 10];
            for (int count; (count = await body.ReadAsync(part, limit.Token)) > 0; whole.Write(part, 0, count))
            {
                // On a thin line thousands of items take minutes: only standing still is too long.
                limit.CancelAfter(Patience);
                if (whole.Length + count > DocumentLimit)
                {
                    throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "The document is too large.");
                }
            }

            return whole.ToArray();
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("The document did not come in time.", e);
        }
        catch (IOException e)
        {
            throw new HttpRequestException("The document broke off.", e);
        }
    }

    private HttpRequestMessage Message(HttpMethod method, string path, string? token)
    {
        var message = new HttpRequestMessage(method, new Uri(address, path.TrimStart('/')));
        if (token is not null)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return message;
    }

    private static CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        return limit;
    }
}

/// <summary>What of a refusal matters to a player.</summary>
internal sealed record HubRefusal(string? Code);
