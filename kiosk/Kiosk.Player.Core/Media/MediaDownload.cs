using System.Net;
using System.Security.Cryptography;
using Kiosk.Player.Core.Links;

namespace Kiosk.Player.Core.Media;

/// <summary>
/// Fetches one file: goes on where the part file ends, hashes all of it, flushes it to the disk. The network is read while what came before
/// is hashed and written.
/// </summary>
internal sealed class MediaDownload(IHubTransport transport, Throttle throttle, TimeProvider time)
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>Silence that ends a download.</summary>
    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(30);

    /// <summary>A hub that gives less than this in a minute of waiting for it is left and asked again later.</summary>
    private const long LeastAMinute = 64 * 1024;

    private static readonly TimeSpan PaceWindow = TimeSpan.FromMinutes(1);

    /// <summary>Returns null when the part file is complete and right, else a code: <c>hash_mismatch size_mismatch</c>; then the part is gone.</summary>
    /// <exception cref="HttpRequestException">The hub refused or is away; what has come so far stays.</exception>
    /// <exception cref="IOException">The disk failed; what has come so far stays.</exception>
    public async Task<string?> FetchAsync(WantedMedia media, string partPath, string token, CancellationToken cancellationToken)
    {
        string? problem;
        await using (var part = await PartFile.OpenAsync(partPath, media.Bytes, cancellationToken))
        {
            var over = part.Length < media.Bytes && await AppendAsync(media, part, token, cancellationToken);
            problem = over ? "size_mismatch" : part.HashInHex() != media.Sha256 ? "hash_mismatch" : null;
            if (problem is null)
            {
                part.Flush();
            }
        }

        if (problem is not null)
        {
            File.Delete(partPath);
        }

        return problem;
    }

    /// <summary>True when more came than was announced.</summary>
    private async Task<bool> AppendAsync(WantedMedia media, PartFile part, string token, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(media, part, token, cancellationToken);
        if (response.Total is { } total && total != media.Bytes)
        {
            throw new MediaRefusedException("size_mismatch", $"The hub offers {total} bytes instead of {media.Bytes}.");
        }

        // A hub that starts anew sends again what is here already; only the rest is taken.
        var skip = part.Length - response.From;
        if (skip < 0)
        {
            throw new MediaRefusedException("wrong_range", "The hub answered another range than was asked for.");
        }

        var pace = new Pace();
        var buffers = (new byte[BufferBytes], new byte[BufferBytes]);
        var writing = Task.CompletedTask;
        try
        {
            while (true)
            {
                var (filled, ended) = await FillAsync(response.Content, buffers.Item1, pace, cancellationToken);
                var from = (int)Math.Min(skip, filled);
                skip -= from;
                await writing;
                if (part.Length + filled - from > media.Bytes)
                {
                    return true;
                }

                if (filled > from)
                {
                    var bytes = buffers.Item1.AsMemory(from, filled - from);
                    writing = Task.Run(() => part.Append(bytes.Span), CancellationToken.None);
                    buffers = (buffers.Item2, buffers.Item1);
                }

                if (ended is not null)
                {
                    await writing;
                    return part.Length >= media.Bytes ? false : throw ended;
                }
            }
        }
        finally
        {
            await writing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Reads until the buffer is full, the answer ends or breaks, or a second is over: what has come is written soon also on a slow line.</summary>
    private async Task<(int Filled, MediaRefusedException? Ended)> FillAsync(Stream content, byte[] buffer, Pace pace, CancellationToken cancellationToken)
    {
        var (filled, began, most) = (0, time.GetTimestamp(), throttle.Portion(buffer.Length));
        while (filled < most && (filled == 0 || time.GetElapsedTime(began) < TimeSpan.FromSeconds(1)))
        {
            int read;
            using var stalled = new CancellationTokenSource(Stalled, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stalled.Token);
            var asked = time.GetTimestamp();
            try
            {
                read = await content.ReadAsync(buffer.AsMemory(filled, most - filled), either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return (filled, new MediaRefusedException("stalled", "The download stalled."));
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                return (filled, new MediaRefusedException("broke_off", "The download broke off.", inner: e));
            }

            if (read == 0)
            {
                return (filled, new MediaRefusedException("broke_off", "The download broke off."));
            }

            filled += read;
            if (!pace.Keeps(read, time.GetElapsedTime(asked)))
            {
                return (filled, new MediaRefusedException("too_slow", "The hub sends too slowly."));
            }

            await throttle.SpendAsync(read, cancellationToken);
        }

        return (filled, null);
    }

    private async Task<MediaResponse> OpenAsync(WantedMedia media, PartFile part, string token, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.OpenMediaAsync(media.Sha256, part.Length, token, cancellationToken);
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && part.Length > 0)
        {
            part.Restart();
            throw;
        }
    }

    /// <summary>Bytes over the time spent waiting for the hub; waiting for the allowance does not count.</summary>
    private sealed class Pace
    {
        private TimeSpan waited;
        private long bytes;

        public bool Keeps(int read, TimeSpan waitedFor)
        {
            (waited, bytes) = (waited + waitedFor, bytes + read);
            if (waited < PaceWindow)
            {
                return true;
            }

            var keeps = bytes >= LeastAMinute;
            (waited, bytes) = (TimeSpan.Zero, 0);
            return keeps;
        }
    }
}
