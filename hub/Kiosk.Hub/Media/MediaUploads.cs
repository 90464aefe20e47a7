using System.Buffers;
using System.Security.Cryptography;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Jobs;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Media;

/// <summary>Takes a file in as a stream: hashed and written as it comes, never held in memory. An upload that breaks off leaves nothing.</summary>
internal sealed class MediaUploads(MediaStore store, HubOptions hub, MediaOptions options, HubWriter writer, TimeProvider clock)
{
    private const int BufferBytes = 128 * 1024;
    private const int SqliteFull = 13;
    private const long DiskCheckEvery = 64L << 20;

    /// <param name="UploadedById">Null for content the hub brings along.</param>
    internal sealed record Target(Guid OrgUnitId, string Name, Disclosure Disclosure, Guid? UploadedById, string UploadedBy, bool Evidence = false);

    /// <summary>What is wrong with the words around an upload, before a byte of it is read.</summary>
    public static InvalidInput? Check(string? name) => new Validation().Text(name, "name", 200).Error();

    /// <param name="length">Bytes announced, when known.</param>
    /// <returns>The new media's id; its preparation is queued.</returns>
    public async Task<Result<Guid>> ReceiveAsync(Stream body, long? length, Target target, CancellationToken cancellationToken)
    {
        if (length > hub.MaxUploadBytes)
        {
            return MediaErrors.TooLarge(hub.MaxUploadBytes);
        }

        // The upload and the renditions made from it lie side by side for a while.
        if (!HasRoom((length ?? 0) * 2))
        {
            return MediaErrors.DiskFull();
        }

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var part = Path.Combine(store.Work, $"{id:N}.part");
        try
        {
            var received = await WriteAsync(body, part, cancellationToken);
            if (!received.IsOk)
            {
                return received.Error;
            }

            if (length is { } announced && received.Value.Bytes != announced)
            {
                return MediaErrors.UploadCut();
            }

            // The file is in place before the row that names it; one without a row goes at the next start.
            File.Move(part, store.IncomingPath(id));
            return await StoreAsync(id, target, received.Value, now, cancellationToken);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private async Task<Result<(long Bytes, string Sha256)>> WriteAsync(Stream body, string path, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
            var (total, nextCheck) = (0L, DiskCheckEvery);
            for (int read; (read = await body.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken)) > 0;)
            {
                total += read;
                if (total > hub.MaxUploadBytes)
                {
                    return MediaErrors.TooLarge(hub.MaxUploadBytes);
                }

                if (total >= nextCheck)
                {
                    nextCheck = total + DiskCheckEvery;
                    if (!HasRoom(DiskCheckEvery))
                    {
                        return MediaErrors.DiskFull();
                    }
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            file.Flush(flushToDisk: true);
            return total == 0 ? MediaErrors.Empty() : (total, Convert.ToHexStringLower(hash.GetCurrentHash()));
        }
        catch (IOException exception) when (exception is { HResult: 28 or unchecked((int)0x80070070) })
        {
            return MediaErrors.DiskFull();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<Result<Guid>> StoreAsync(
        Guid id, Target target, (long Bytes, string Sha256) received, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.WriteAsync<Guid>(
                (db, _) =>
                {
                    db.Add(new MediaItem
                    {
                        Id = id,
                        OrgUnitId = target.OrgUnitId,
                        Name = target.Name.Trim(),
                        State = MediaState.Processing,
                        Disclosure = target.Disclosure,
                        Evidence = target.Evidence,
                        SourceSha256 = received.Sha256,
                        SourceBytes = received.Bytes,
                        UploadedAt = now,
                        UploadedById = target.UploadedById,
                        UploadedBy = target.UploadedBy,
                    });
                    db.Enqueue(IngestMedia.JobKind, id, now);
                    db.SignalChanged(Topics.Media, id);
                    return Task.FromResult<Result<Guid>>(id);
                },
                cancellationToken);
        }
        catch (Microsoft.Data.Sqlite.SqliteException full) when (full.SqliteErrorCode == SqliteFull)
        {
            File.Delete(store.IncomingPath(id));
            return MediaErrors.DiskFull();
        }
        catch
        {
            File.Delete(store.IncomingPath(id));
            throw;
        }
    }

    private bool HasRoom(long bytes) => store.FreeBytes() - bytes >= options.MinFreeBytes;
}
