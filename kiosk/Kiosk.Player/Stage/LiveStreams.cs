using System.Collections.Concurrent;
using System.Text;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Stage;

/// <summary>
/// Fetches the parts of a live stream for the stage: few stream servers allow a page of another origin to read them. Only while the stream plays or
/// is about to, and only from where it lies and where its own playlists say.
/// </summary>
internal sealed class LiveStreams(TimeProvider time) : IDisposable
{
    private const int PlaylistLimit = 2 << 20;
    private const long PartLimit = 64 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>A part that takes longer is of no use to what is live.</summary>
    private static readonly TimeSpan PartPatience = TimeSpan.FromMinutes(1);

    private static readonly byte[] PlaylistMark = "#EXTM3U"u8.ToArray();

    private readonly TimeProvider time = time;
    private readonly ConcurrentDictionary<string, StreamOrigins> streams = new(StringComparer.Ordinal);
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxAutomaticRedirections = 5 }) { Timeout = Patience };

    /// <summary>
    /// GET /live?address=. Answers as the stream's server does; 404 <c>live_not_wanted</c> while no stream shows, 403 <c>live_not_named</c> for what is
    /// none of its parts, 502 <c>live_too_large live_unreachable</c>.
    /// </summary>
    public static async Task FetchAsync(string? address, LiveStreams live, IPlayer player, HttpContext context)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || live.Wanted(player.View.Playback) is not { Count: > 0 } wanted)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "live_not_wanted");
            return;
        }

        if (wanted.Where(stream => stream.Has(uri)).ToList() is not { Count: > 0 } ofThese)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "live_not_named");
            return;
        }

        using var limit = new CancellationTokenSource(PartPatience, live.time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, limit.Token);
        try
        {
            await live.PassAsync(uri, ofThese, context, ending.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            if (context.Response.HasStarted)
            {
                context.Abort();
            }
            else
            {
                await RefuseAsync(context, StatusCodes.Status502BadGateway, e is TooLargeException ? "live_too_large" : "live_unreachable");
            }
        }
    }

    public void Dispose() => http.Dispose();

    /// <summary>The streams on screen and next; what is known of others is forgotten.</summary>
    private List<StreamOrigins> Wanted(PlaybackView playback)
    {
        var addresses = new[] { playback.Current, playback.Next, playback.Coming }
            .Where(item => item is { Kind: PlaylistItemKind.Stream }).Select(item => item!.Address).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var gone in streams.Keys.Except(addresses))
        {
            streams.TryRemove(gone, out _);
        }

        return [.. addresses.Where(address => Uri.TryCreate(address, UriKind.Absolute, out _)).Select(address => streams.GetOrAdd(address, text => new StreamOrigins(new Uri(text))))];
    }

    private async Task PassAsync(Uri uri, List<StreamOrigins> ofThese, HttpContext context, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (context.Request.Headers.Range is [{ } range])
        {
            request.Headers.TryAddWithoutValidation("Range", range);
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var length = response.Content.Headers.ContentLength;
        if (length > PartLimit)
        {
            throw new TooLargeException();
        }

        // Where redirects led: what the list names is meant from there.
        var at = response.RequestMessage!.RequestUri!;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var start = new byte[16];
        var head = start.AsMemory(0, await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken));
        if (IsPlaylist(head.Span))
        {
            head = await ReadAsync(head, body, cancellationToken);
            length = head.Length;
            ofThese.ForEach(stream => stream.Take(Encoding.UTF8.GetString(head.Span), at));
        }

        context.Response.StatusCode = (int)response.StatusCode;
        // Bytes for the stage to read: whatever they call themselves, never a page or script of ours.
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = length;
        if (response.Content.Headers.ContentRange is { } part)
        {
            context.Response.Headers.ContentRange = part.ToString();
        }

        context.Response.Headers["X-Address"] = at.AbsoluteUri;
        await context.Response.Body.WriteAsync(head, cancellationToken);
        await CopyAsync(body, context.Response.Body, PartLimit - head.Length, cancellationToken);
    }

    /// <summary>A byte order mark may stand before it.</summary>
    private static bool IsPlaylist(ReadOnlySpan<byte> head) => (head.StartsWith((byte[])[0xEF, 0xBB, 0xBF]) ? head[3..] : head).StartsWith(PlaylistMark);

    private static async Task<Memory<byte>> ReadAsync(ReadOnlyMemory<byte> head, Stream body, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await whole.WriteAsync(head, cancellationToken);
        await CopyAsync(body, whole, PlaylistLimit - head.Length, cancellationToken);
        return whole.ToArray();
    }

    private static async Task CopyAsync(Stream from, Stream to, long most, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        for (int count; (count = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            most -= count;
            if (most < 0)
            {
                throw new TooLargeException();
            }

            await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { code }, context.RequestAborted);
    }

    private sealed class TooLargeException : IOException;
}
