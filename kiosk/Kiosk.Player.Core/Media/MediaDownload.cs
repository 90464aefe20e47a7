using System.Net;
using System.Security.Cryptography;
using Kiosk.Player.Core.Links;

namespace Kiosk.Player.Core.Media;

/// <summary>Fetches one file: goes on where the part file ends, hashes all of it, flushes it to the disk.</summary>
internal sealed class MediaDownload(IHubTransport transport, Throttle throttle)
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>Returns null when the part file is complete and right, else a code: <c>hash_mismatch size_mismatch</c>.</summary>
    /// <exception cref="HttpRequestException">The hub refused or is away; what has come so far stays.</exception>
    public async Task<string?> FetchAsync(WantedMedia media, string partPath, string token, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        string? problem;
        await using (var part = new FileStream(partPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 0, FileOptions.Asynchronous))
        {
            if (part.Length > media.Bytes)
            {
                part.SetLength(0);
            }

            await HashExistingAsync(part, hash, buffer, cancellationToken);
            if (part.Length < media.Bytes)
            {
                await AppendAsync(media, part, hash, buffer, token, cancellationToken);
            }

            problem = part.Length != media.Bytes ? "size_mismatch"
                : Convert.ToHexStringLower(hash.GetHashAndReset()) != media.Sha256 ? "hash_mismatch"
                : null;
            if (problem is null)
            {
                part.Flush(flushToDisk: true);
            }
        }

        if (problem is not null)
        {
            File.Delete(partPath);
        }

        return problem;
    }

    private async Task AppendAsync(WantedMedia media, FileStream part, IncrementalHash hash, byte[] buffer, string token, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(media, part, token, cancellationToken);
        if (response.From != part.Length)
        {
            // The hub starts anew: so do we.
            _ = hash.GetHashAndReset();
            part.SetLength(0);
            part.Position = 0;
            if (response.From != 0)
            {
                throw new HttpRequestException("The hub answered another range than was asked for.");
            }
        }

        while (true)
        {
            using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            stalled.CancelAfter(TimeSpan.FromSeconds(30));
            int read;
            try
            {
                read = await response.Content.ReadAsync(buffer, stalled.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new HttpRequestException("The download stalled.");
            }
            catch (IOException e)
            {
                throw new HttpRequestException("The download broke off.", e);
            }

            if (read == 0)
            {
                if (part.Length < media.Bytes)
                {
                    throw new HttpRequestException("The download broke off.");
                }

                return;
            }

            if (part.Length + read > media.Bytes)
            {
                part.SetLength(media.Bytes + 1); // longer than announced: size_mismatch
                return;
            }

            await part.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            hash.AppendData(buffer, 0, read);
            await throttle.SpendAsync(read, cancellationToken);
        }
    }

    private async Task<MediaResponse> OpenAsync(WantedMedia media, FileStream part, string token, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.OpenMediaAsync(media.Sha256, part.Length, token, cancellationToken);
        }
        catch (HttpRequestException e) when (e.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && part.Length > 0)
        {
            part.SetLength(0);
            throw;
        }
    }

    private static async Task HashExistingAsync(FileStream part, IncrementalHash hash, byte[] buffer, CancellationToken cancellationToken)
    {
        part.Position = 0;
        int read;
        while ((read = await part.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }
    }
}
