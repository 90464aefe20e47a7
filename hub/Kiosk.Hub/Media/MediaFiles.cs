using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Media;

/// <summary>Keeps store and database in step: a file that no row names goes.</summary>
internal sealed partial class MediaFiles(MediaStore store, HubFolders folders, IDbContextFactory<HubDbContext> contexts, ILogger<MediaFiles> log)
{
    private readonly Lock _sync = new();
    private Task _removals = Task.CompletedTask;

    /// <summary>Removes those of the files that no row names. Hold the store's gate.</summary>
    public async Task RemoveUnnamedAsync(IEnumerable<string> hashes, CancellationToken cancellationToken)
    {
        var candidates = hashes.Distinct().ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var named = await db.Set<MediaRendition>().Where(rendition => candidates.Contains(rendition.Sha256))
            .Select(rendition => rendition.Sha256).Distinct().ToListAsync(cancellationToken);
        foreach (var sha256 in candidates.Except(named))
        {
            store.Remove(sha256);
        }
    }

    /// <summary>The same after a commit, beside the request, one at a time; what a crash leaves, the next start removes.</summary>
    public void RemoveUnnamedLater(IReadOnlyCollection<string> hashes)
    {
        lock (_sync)
        {
            _removals = RemoveAfterAsync(_removals, hashes);
        }
    }

    /// <summary>Waits for what is being removed: nobody touches the database or the store once the hub has stopped.</summary>
    public Task RemovedAsync(CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            return _removals.WaitAsync(cancellationToken);
        }
    }

    /// <summary>After a start: no half-made files, no uploads nobody waits for, no files nobody names.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        // The demo's half-drawn films included.
        MediaTools.EndOrphans(folders.Temp);
        var others = new DirectoryInfo(folders.Temp).EnumerateFileSystemInfos().Where(entry => entry.FullName != store.Work);
        foreach (var entry in new DirectoryInfo(store.Work).EnumerateFileSystemInfos().Concat(others))
        {
            if (entry is DirectoryInfo folder)
            {
                folder.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }

        using var held = await store.HoldAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var waiting = await db.Set<MediaItem>().Where(media => media.State == Kiosk.Contracts.Operator.MediaState.Processing)
            .Select(media => media.Id).ToListAsync(cancellationToken);
        foreach (var file in Directory.EnumerateFiles(store.Incoming))
        {
            if (!Guid.TryParseExact(Path.GetFileName(file), "N", out var id) || !waiting.Contains(id))
            {
                File.Delete(file);
            }
        }

        foreach (var batch in store.All().Chunk(500))
        {
            await RemoveUnnamedAsync(batch, cancellationToken);
        }
    }

    private async Task RemoveAfterAsync(Task before, IReadOnlyCollection<string> hashes)
    {
        await Task.Yield();
        await before;
        try
        {
            using (await store.HoldAsync(CancellationToken.None))
            {
                await RemoveUnnamedAsync(hashes, CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            LogNotRemoved(exception);
        }
    }

    [LoggerMessage(5211, LogLevel.Warning, "Files of deleted media could not be removed now; the next start tries again.")]
    private partial void LogNotRemoved(Exception exception);
}
