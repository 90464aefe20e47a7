using System.Collections.Concurrent;
using System.Security.Cryptography;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.View;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Media;

/// <summary>What reading a file through has shown.</summary>
internal enum Verdict
{
    Good,

    /// <summary>Changed, cut short, unreadable or gone: it is out of use and deleted.</summary>
    Lost,

    /// <summary>It could not be read for a reason that says nothing about its bytes, e.g. too many open files.</summary>
    Later,
}

/// <summary>
/// Files named by their SHA-256. A file counts as here only after this process has read and hashed all of it,
/// and as long as its length and modification time stay as they were then. Thread-safe.
/// </summary>
internal sealed class MediaCache(PlayerFolder folder, DocumentStore store, TimeProvider? clock = null)
{
    private const int BadSector = 5; // EIO

    private readonly TimeProvider time = clock ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, StoredMedia> known = Load(folder, store);
    private readonly ConcurrentDictionary<string, Seen> verified = new(StringComparer.Ordinal);

    /// <summary>How a file looked when it was read through, and when that was.</summary>
    private sealed record Seen(long Bytes, DateTime Modified, long At);

    /// <summary>Raised when a file became ready or ceased to be.</summary>
    public event Action? Changed;

    public long CachedBytes => known.Values.Sum(m => m.Bytes);

    public IReadOnlyCollection<StoredMedia> Here => [.. known.Values];

    /// <summary>Files of an earlier run that nobody has read through yet.</summary>
    public IReadOnlyList<StoredMedia> Unverified => [.. known.Values.Where(m => !verified.ContainsKey(m.Sha256))];

    public bool IsReady(string sha256) => verified.ContainsKey(sha256);

    public bool IsKnown(string sha256) => known.ContainsKey(sha256);

    public string PartPathOf(string sha256) => PathOf(sha256) + ".part";

    /// <summary>The ready file that was read through longest ago, if that is longer ago than <paramref name="age"/>.</summary>
    public string? Stalest(TimeSpan age) =>
        verified.IsEmpty || verified.MinBy(v => v.Value.At) is var oldest && time.GetElapsedTime(oldest.Value.At) < age ? null : oldest.Key;

    /// <summary>Every ready file stays in use and is due to be read through again, e.g. after the machine slept.</summary>
    public void DoubtAll()
    {
        foreach (var (sha256, seen) in verified)
        {
            verified.TryUpdate(sha256, seen with { At = long.MinValue / 2 }, seen);
        }
    }

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

    /// <summary>Looks at every ready file from outside; returns those that were changed, cut or deleted and are now out of use.</summary>
    public IReadOnlyList<string> Glance() => [.. verified.Keys.Where(sha256 => Find(sha256) is null && !verified.ContainsKey(sha256))];

    /// <summary>Reads a file through; a wrong one is deleted. One that is in use stays so until it is found wrong.</summary>
    /// <param name="pace">How fast it may be read; null: as fast as it goes.</param>
    public async Task<Verdict> VerifyAsync(string sha256, CancellationToken cancellationToken, Throttle? pace = null)
    {
        var path = PathOf(sha256);
        var verdict = Verdict.Lost;
        if (known.TryGetValue(sha256, out var media) && new FileInfo(path) is { Exists: true } before)
        {
            try
            {
                var good = before.Length == media.Bytes && await HashAsync(path, pace, cancellationToken) == sha256;
                verdict = good ? Verdict.Good : Verdict.Lost;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A disk that cannot read the file back has lost it; that too many files are open says nothing about this one.
                verdict = e is FileNotFoundException || e.HResult == BadSector ? Verdict.Lost : Verdict.Later;
            }

            if (verdict == Verdict.Good)
            {
                verified[sha256] = new Seen(before.Length, before.LastWriteTimeUtc, time.GetTimestamp());
            }
        }

        if (verdict == Verdict.Lost)
        {
            Forget(sha256);
        }

        Changed?.Invoke();
        return verdict;
    }

    /// <summary>A whole file that a kill left here before it was written down goes on as a part file: it is hashed, not fetched again.</summary>
    public void TakeUp(WantedMedia media)
    {
        var path = PathOf(media.Sha256);
        if (!known.ContainsKey(media.Sha256) && new FileInfo(path) is { Exists: true } whole && whole.Length == media.Bytes)
        {
            File.Move(path, PartPathOf(media.Sha256), overwrite: true);
        }
    }

    /// <summary>Takes a complete part file whose bytes have just been hashed and flushed: named, the name flushed, then written down.</summary>
    public void Adopt(WantedMedia media, DateTimeOffset now)
    {
        var path = PathOf(media.Sha256);
        File.Move(PartPathOf(media.Sha256), path, overwrite: true);
        Disk.SyncFolder(folder.Media);
        var file = new FileInfo(path);
        var stored = new StoredMedia(media.Sha256, media.ContentType, file.Length, now);
        store.SaveMedia(stored);
        known[media.Sha256] = stored;
        verified[media.Sha256] = new Seen(file.Length, file.LastWriteTimeUtc, time.GetTimestamp());
        Changed?.Invoke();
    }

    /// <summary>Remembers that files are still named by a document.</summary>
    public void Touch(IEnumerable<string> sha256s, DateTimeOffset now)
    {
        var stale = sha256s.Select(known.GetValueOrDefault).OfType<StoredMedia>().Where(m => now - m.NeededAt > TimeSpan.FromHours(1)).Select(m => m with { NeededAt = now }).ToList();
        if (stale.Count == 0)
        {
            return;
        }

        store.SaveMedia(stale);
        foreach (var media in stale)
        {
            if (known.TryGetValue(media.Sha256, out var before))
            {
                known.TryUpdate(media.Sha256, media, before);
            }
        }
    }

    /// <summary>Drops from the front of <paramref name="droppable"/> until so many more bytes fit. True when they do.</summary>
    public bool MakeRoom(long bytes, long quota, long keepFree, IEnumerable<string> droppable)
    {
        // Where nothing can be deleted, dropping makes no room.
        foreach (var sha256 in folder.StandsInFor is null ? droppable.Where(known.ContainsKey) : [])
        {
            if (Fits(bytes, quota, keepFree))
            {
                return true;
            }

            Forget(sha256);
            Changed?.Invoke();
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
            // A whole file that is wanted but not known was left by a kill and will be taken up.
            var sha256 = Path.GetFileNameWithoutExtension(path);
            if (!referenced.Contains(sha256) && (path.EndsWith(".part", StringComparison.Ordinal) || !known.ContainsKey(sha256)))
            {
                File.Delete(path);
            }
        }
    }

    /// <summary>Bytes of downloads that are not complete.</summary>
    public long PartBytes => Directory.EnumerateFiles(folder.Media, "*.part").Sum(path => new FileInfo(path) is { Exists: true } file ? file.Length : 0);

    /// <summary>Bytes the cache may grow by before the disk is as full as it may become.</summary>
    /// <param name="keepFree">At most; of a small disk the twentieth part.</param>
    public long FreeBytes(long keepFree) => Disk.FreeBytes(folder.Media) - Kept(keepFree);

    private static ConcurrentDictionary<string, StoredMedia> Load(PlayerFolder folder, DocumentStore store)
    {
        var sound = new ConcurrentDictionary<string, StoredMedia>(StringComparer.Ordinal);
        // Where a file of ours belongs nothing can take its place; other folders, like lost+found of a disk of its own, are not ours.
        foreach (var odd in Directory.EnumerateDirectories(folder.Media).Where(path => IsName(Path.GetFileNameWithoutExtension(path))))
        {
            TryDelete(odd);
        }

        foreach (var media in store.Media())
        {
            var path = Path.Combine(folder.Media, media.Sha256);
            if (IsName(media.Sha256) && new FileInfo(path) is { Exists: true } file && file.Length == media.Bytes)
            {
                sound[media.Sha256] = media;
            }
            else
            {
                Remove(store, media.Sha256, path);
            }
        }

        return sound;
    }

    private static async Task<string> HashAsync(string path, Throttle? pace, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(0, pace?.Portion(buffer.Length) ?? buffer.Length), cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            if (pace is not null)
            {
                await pace.SpendAsync(read, cancellationToken);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private bool Fits(long bytes, long quota, long keepFree) =>
        CachedBytes + bytes <= quota && Disk.FreeBytes(folder.Media) - bytes >= Kept(keepFree);

    private long Kept(long keepFree) => Math.Min(keepFree, Disk.TotalBytes(folder.Media) / 20);

    private void Forget(string sha256)
    {
        verified.TryRemove(sha256, out _);
        known.TryRemove(sha256, out _);
        Remove(store, sha256, PathOf(sha256));
    }

    /// <summary>On a disk that takes no writes it stays for now: nothing shows it, and the next start finds it out again.</summary>
    private static void Remove(DocumentStore store, string sha256, string path)
    {
        try
        {
            store.DropMedia(sha256);
        }
        catch (SqliteException)
        {
            return;
        }

        TryDelete(path);
    }

    private static void TryDelete(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // see Remove
        }
    }

    internal static bool IsName(string sha256) => sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower);

    private string PathOf(string sha256) =>
        IsName(sha256) ? Path.Combine(folder.Media, sha256) : throw new ArgumentException("Not a lower-case SHA-256.", nameof(sha256));
}
