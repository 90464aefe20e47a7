using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Media;

/// <summary>
/// Files named by their SHA-256. A file counts as here only after this process has read and hashed all of it,
/// and as long as its length and modification time stay as they were then.
/// </summary>
internal sealed class MediaCache
{
    private readonly PlayerFolder folder;
    private readonly DocumentStore store;
    private readonly ConcurrentDictionary<string, StoredMedia> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (long Bytes, DateTime Modified)> verified = new(StringComparer.Ordinal);

    public MediaCache(PlayerFolder folder, DocumentStore store)
    {
        this.folder = folder;
        this.store = store;
        foreach (var media in store.Media())
        {
            if (new FileInfo(PathOf(media.Sha256)) is { Exists: true } file && file.Length == media.Bytes)
            {
                known[media.Sha256] = media;
            }
            else
            {
                Forget(media.Sha256);
            }
        }
    }

    /// <summary>Raised when a file became ready or ceased to be.</summary>
    public event Action? Changed;

    public long CachedBytes => known.Values.Sum(m => m.Bytes);

    /// <summary>Files of an earlier run that nobody has read through yet.</summary>
    public IReadOnlyList<StoredMedia> Unverified => [.. known.Values.Where(m => !verified.ContainsKey(m.Sha256))];

    public bool IsReady(string sha256) => verified.ContainsKey(sha256);

    public bool IsKnown(string sha256) => known.ContainsKey(sha256);

    public string PartPathOf(string sha256) => PathOf(sha256) + ".part";

    /// <summary>The verified file, or null; a file that changed under us is taken out of use at once.</summary>
    public CachedFile? Find(string sha256)
    {
        if (!verified.TryGetValue(sha256, out var seen) || !known.TryGetValue(sha256, out var media))
        {
            return null;
        }

        var file = new FileInfo(PathOf(sha256));
        if (file.Exists && file.Length == seen.Bytes && file.LastWriteTimeUtc == seen.Modified)
        {
            return new CachedFile(file.FullName, media.ContentType);
        }

        Forget(sha256);
        Changed?.Invoke();
        return null;
    }

    /// <summary>Reads a file through; a wrong one is deleted. True when it is good.</summary>
    public async Task<bool> VerifyAsync(string sha256, CancellationToken cancellationToken)
    {
        var path = PathOf(sha256);
        var good = false;
        if (known.TryGetValue(sha256, out var media) && new FileInfo(path) is { Exists: true } before)
        {
            try
            {
                await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 20, FileOptions.Asynchronous | FileOptions.SequentialScan);
                var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
                good = hash == sha256 && before.Length == media.Bytes;
            }
            catch (IOException)
            {
                good = false; // a disk that cannot read the file back has lost it
            }

            if (good)
            {
                verified[sha256] = (before.Length, before.LastWriteTimeUtc);
            }
        }

        if (!good)
        {
            Forget(sha256);
        }

        Changed?.Invoke();
        return good;
    }

    /// <summary>Takes a complete part file whose bytes have just been hashed.</summary>
    public void Adopt(WantedMedia media, DateTimeOffset now)
    {
        var path = PathOf(media.Sha256);
        File.Move(PartPathOf(media.Sha256), path, overwrite: true);
        Disk.SyncFolder(folder.Media);
        var file = new FileInfo(path);
        var stored = new StoredMedia(media.Sha256, media.ContentType, file.Length, now);
        store.SaveMedia(stored);
        known[media.Sha256] = stored;
        verified[media.Sha256] = (file.Length, file.LastWriteTimeUtc);
        Changed?.Invoke();
    }

    /// <summary>Remembers that files are still named by a document.</summary>
    public void Touch(IEnumerable<string> sha256s, DateTimeOffset now)
    {
        foreach (var sha256 in sha256s)
        {
            if (known.TryGetValue(sha256, out var media) && now - media.NeededAt > TimeSpan.FromHours(1))
            {
                known[sha256] = media with { NeededAt = now };
                store.SaveMedia(known[sha256]);
            }
        }
    }

    /// <summary>Makes room for <paramref name="bytes"/> by dropping what was needed longest ago, never what is referenced. True when they fit.</summary>
    public bool MakeRoom(long bytes, long quota, long keepFree, IReadOnlySet<string> referenced)
    {
        foreach (var media in known.Values.Where(m => !referenced.Contains(m.Sha256)).OrderBy(m => m.NeededAt).ToList())
        {
            if (Fits(bytes, quota, keepFree))
            {
                return true;
            }

            Forget(media.Sha256);
        }

        return Fits(bytes, quota, keepFree);
    }

    /// <summary>Drops every file but these.</summary>
    public (int Files, long Bytes) Clear(IReadOnlySet<string> keep)
    {
        var dropped = known.Values.Where(m => !keep.Contains(m.Sha256)).ToList();
        dropped.ForEach(m => Forget(m.Sha256));
        Changed?.Invoke();
        return (dropped.Count, dropped.Sum(m => m.Bytes));
    }

    /// <summary>Deletes files nothing knows about, e.g. parts of media no document names any more.</summary>
    public void Sweep(IReadOnlySet<string> referenced)
    {
        foreach (var path in Directory.EnumerateFiles(folder.Media))
        {
            var sha256 = Path.GetFileNameWithoutExtension(path);
            var isPart = path.EndsWith(".part", StringComparison.Ordinal);
            if (isPart ? !referenced.Contains(sha256) : !known.ContainsKey(Path.GetFileName(path)))
            {
                File.Delete(path);
            }
        }
    }

    private bool Fits(long bytes, long quota, long keepFree) =>
        CachedBytes + bytes <= quota && Disk.FreeBytes(folder.Media) - bytes >= keepFree;

    private void Forget(string sha256)
    {
        verified.TryRemove(sha256, out _);
        known.TryRemove(sha256, out _);
        store.DropMedia(sha256);
        File.Delete(PathOf(sha256));
    }

    private string PathOf(string sha256)
    {
        if (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("Not a lower-case SHA-256.", nameof(sha256));
        }

        return Path.Combine(folder.Media, sha256);
    }
}
