using System.Net;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Stage;

/// <summary>Fetches the parts of a live stream for the stage: few stream servers allow a page of another origin to read them.</summary>
internal sealed class LiveStreams : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxAutomaticRedirections = 5 }) { Timeout = Patience };

    /// <summary>GET /live?address=, only while a stream plays or is about to. Answers as the stream's server does; 502 when it cannot be reached.</summary>
    public static async Task FetchAsync(string? address, LiveStreams streams, IPlayer player, HttpContext context)
    {
        var playback = player.View.Playback;
        var isWanted = new[] { playback.Current, playback.Next, playback.Coming }.Any(item => item is { Kind: PlaylistItemKind.Stream });
        if (!isWanted || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (context.Request.Headers.Range is [{ } range])
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }

        try
        {
            using var response = await streams.http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)response.StatusCode;
            // Bytes for the stage to read: whatever they call themselves, never a page or script of ours.
            context.Response.ContentType = "application/octet-stream";
            context.Response.ContentLength = response.Content.Headers.ContentLength;
            if (response.Content.Headers.ContentRange is { } part)
            {
                context.Response.Headers.ContentRange = part.ToString();
            }

            // Where redirects led: what the list names is meant from there.
            context.Response.Headers["X-Address"] = response.RequestMessage!.RequestUri!.AbsoluteUri;
            await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
            await body.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            if (context.Response.HasStarted)
            {
                context.Abort();
            }
            else
            {
                context.Response.StatusCode = (int)HttpStatusCode.BadGateway;
            }
        }
    }

    public void Dispose() => http.Dispose();
}
