using System.Security.Cryptography;

namespace Kiosk.Player.Core.Media;

/// <summary>
/// What has come of a file so far, with the hash of it. Every few megabytes it is flushed to the disk, so that a power cut costs little;
/// a tail of zeros, as power cuts leave them, is cut off before going on. Not thread-safe.
/// </summary>
internal sealed class PartFile : IAsyncDisposable
{
    /// <summary>
    /// A flush begins with so much new and one at a time, while the next bytes come in: at the pace of a usual line at most twice as much is not
    /// on the disk yet.
    /// </summary>
    public const long FlushEvery = 2 << 20;

    /// <summary>A line faster than the disk waits for it from here on.</summary>
    private const long MostUnflushed = 64 << 20;

    private const int TornZeros = 4096;
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Task flushing = Task.CompletedTask;
    private long flushed;

    private PartFile(FileStream file) => this.file = file;

    public long Length { get; private set; }

    /// <summary>Opens or makes it and reads what is there; what is longer than the whole file is begun anew.</summary>
    public static async Task<PartFile> OpenAsync(string path, long whole, CancellationToken cancellationToken)
    {
        var part = new PartFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 0));
        try
        {
            if (part.file.Length > whole)
            {
                part.file.SetLength(0);
            }

            await Task.Run(() => part.TakeWhatIsThere(cancellationToken), cancellationToken);
            return part;
        }
        catch
        {
            await part.DisposeAsync();
            throw;
        }
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(file.SafeFileHandle, bytes, Length);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new IOException("The file may not grow any more.", e) { HResult = 27 }; // EFBIG, which .NET says so
        }

        hash.AppendData(bytes);
        Length += bytes.Length;
        if (Length - flushed >= FlushEvery && (flushing.IsCompleted || Length - flushed >= MostUnflushed))
        {
            flushing.GetAwaiter().GetResult();
            flushed = Length;
            flushing = Task.Run(() => RandomAccess.FlushToDisk(file.SafeFileHandle));
        }
    }

    public void Restart()
    {
        file.SetLength(0);
        _ = hash.GetHashAndReset();
        (Length, flushed) = (0, 0);
    }

    /// <summary>Hash of all of it; ends the hashing.</summary>
    public string HashInHex() => Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <summary>Everything is on the disk when it returns.</summary>
    public void Flush()
    {
        flushing.GetAwaiter().GetResult();
        file.Flush(flushToDisk: true);
    }

    public async ValueTask DisposeAsync()
    {
        await flushing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await file.DisposeAsync();
        hash.Dispose();
    }

    private void TakeWhatIsThere(CancellationToken cancellationToken)
    {
        CutTornTail();
        var buffer = new byte[1 << 20];
        int read;
        while ((read = RandomAccess.Read(file.SafeFileHandle, buffer, Length)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            Length += read;
        }

        flushed = Length;
    }

    /// <summary>A file that ends in zeros may end so by itself: then a few megabytes come twice, and the hash decides as ever.</summary>
    private void CutTornTail()
    {
        var length = file.Length;
        Span<byte> tail = stackalloc byte[TornZeros];
        if (length >= TornZeros && RandomAccess.Read(file.SafeFileHandle, tail, length - TornZeros) == TornZeros && !tail.ContainsAnyExcept((byte)0))
        {
            var torn = length - TornZeros;
            while (torn >= TornZeros && RandomAccess.Read(file.SafeFileHandle, tail, torn - TornZeros) == TornZeros && !tail.ContainsAnyExcept((byte)0))
            {
                torn -= TornZeros;
            }

            file.SetLength(Math.Max(0, Math.Min(torn, length - 2 * FlushEvery)));
        }
    }
}
