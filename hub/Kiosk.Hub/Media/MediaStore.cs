using System.Security.Cryptography;
using Kiosk.Hub.Data;

namespace Kiosk.Hub.Media;

/// <summary>Files named by the SHA-256 of their content under <c>media/ab/cdef…</c>. A file is complete or absent.</summary>
internal sealed class MediaStore(HubFolders folders) : IDisposable
{
    private const int CopyBuffer = 1 << 20;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Uploads that wait for their preparation; they outlive a restart.</summary>
    public string Incoming { get; } = Directory.CreateDirectory(Path.Combine(folders.Media, "incoming")).FullName;

    /// <summary>Half-made files; emptied at every start.</summary>
    public string Work { get; } = Directory.CreateDirectory(Path.Combine(folders.Temp, "media")).FullName;

    public string IncomingPath(Guid mediaId) => Path.Combine(Incoming, mediaId.ToString("N"));

    public string PathOf(string sha256) => IsHash(sha256)
        ? Path.Combine(folders.Media, sha256[..2], sha256[2..])
        : throw new ArgumentException("Not a SHA-256 in lower-case hex.", nameof(sha256));

    public static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>
    /// While held, no file is moved in or removed: who adds files commits the rows that name them within it,
    /// so that a removal never takes a file that a row is about to name.
    /// </summary>
    public async Task<IDisposable> HoldAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        return new Held(_gate);
    }

    /// <summary>Moves a finished file of the work folder in, flushed to disk first, and returns its hash. Hold the gate.</summary>
    public async Task<string> AddAsync(string path, CancellationToken cancellationToken)
    {
        string sha256;
        await using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, CopyBuffer, FileOptions.Asynchronous | FileOptions.SequentialScan))
        {
            sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            file.Flush(flushToDisk: true);
        }

        var target = PathOf(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (File.Exists(target))
        {
            File.Delete(path);
        }
        else
        {
            File.Move(path, target);
        }

        return sha256;
    }

    /// <summary>Removes a file that no row names any more. Hold the gate.</summary>
    public void Remove(string sha256) => File.Delete(PathOf(sha256));

    /// <summary>Hashes of every file in the store.</summary>
    public IEnumerable<string> All()
    {
        foreach (var folder in Directory.EnumerateDirectories(folders.Media))
        {
            var head = Path.GetFileName(folder);
            foreach (var file in head.Length == 2 ? Directory.EnumerateFiles(folder) : [])
            {
                if (IsHash(head + Path.GetFileName(file)))
                {
                    yield return head + Path.GetFileName(file);
                }
            }
        }
    }

    /// <summary>Free bytes on the disk of the store.</summary>
    public long FreeBytes() => new DriveInfo(folders.Media).AvailableFreeSpace;

    public void Dispose() => _gate.Dispose();

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
