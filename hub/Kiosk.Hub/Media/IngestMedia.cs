using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Jobs;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Media;

/// <summary>Prepares an upload: tells what it is, makes what players play, a thumbnail and the figures. Runs again from the start after a crash.</summary>
internal sealed partial class IngestMedia(
    MediaStore store, MediaFiles files, MediaTools tools, MediaOptions options, HubWriter writer, IDbContextFactory<HubDbContext> contexts, TimeProvider clock, ILogger<IngestMedia> log)
    : IJobHandler
{
    public const string JobKind = "media.ingest";

    /// <summary>What a preparation made; the files lie in the work folder.</summary>
    internal sealed record Prepared(MediaKind Kind, IReadOnlyList<PreparedFile> Files);

    internal sealed record PreparedFile(RenditionRole Role, string Path, string ContentType, int? Width, int? Height, long? DurationMs);

    public async Task RunAsync(Guid subjectId, CancellationToken cancellationToken)
    {
        var source = store.IncomingPath(subjectId);
        var media = await FindAsync(subjectId, cancellationToken);
        if (media is not { State: MediaState.Processing })
        {
            File.Delete(source);
            return;
        }

        if (await ReuseAsync(media, cancellationToken))
        {
            File.Delete(source);
            return;
        }

        var work = Path.Combine(store.Work, $"{subjectId:N}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(work);
        try
        {
            var prepared = File.Exists(source)
                ? await PrepareAsync(subjectId, source, work, cancellationToken)
                : IngestRefusal.Failed;
            if (prepared.IsOk)
            {
                await FinishAsync(subjectId, prepared.Value, cancellationToken);
            }
            else
            {
                await RefuseAsync(subjectId, (IngestRefusal)prepared.Error, cancellationToken);
            }
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }

        File.Delete(source);
    }

    public async Task GiveUpAsync(Guid subjectId, Exception? last, CancellationToken cancellationToken)
    {
        await RefuseAsync(subjectId, last is IOException { HResult: 28 or unchecked((int)0x80070070) } ? IngestRefusal.DiskFull : IngestRefusal.Failed, cancellationToken);
        File.Delete(store.IncomingPath(subjectId));
    }

    private async Task<Result<Prepared>> PrepareAsync(Guid mediaId, string source, string work, CancellationToken cancellationToken)
    {
        var head = new byte[FileSignature.HeadBytes];
        int length;
        await using (var file = File.OpenRead(source))
        {
            length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        }

        var kind = FileSignature.Detect(head.AsSpan(0, length));
        switch (kind)
        {
            case FileKind.Unknown when length == 0:
                return IngestRefusal.Empty;
            case FileKind.Gif:
                return IngestRefusal.Animated;
            case FileKind.Heif:
                return IngestRefusal.Heif;
            case FileKind.Audio:
                return IngestRefusal.NoPicture;
            case FileKind.Video:
                await using (var progress = new IngestProgress(mediaId, writer, clock))
                {
                    return await new VideoIngest(tools, options, progress).RunAsync(source, work, cancellationToken);
                }

            case FileKind.Jpeg or FileKind.Png or FileKind.WebP:
                return await new ImageIngest(tools, options).RunAsync(source, kind, work, cancellationToken);
            default:
                return IngestRefusal.WrongType(kind);
        }
    }

    private async Task FinishAsync(Guid mediaId, Prepared prepared, CancellationToken cancellationToken)
    {
        using (await store.HoldAsync(cancellationToken))
        {
            var renditions = new List<MediaRendition>();
            foreach (var file in prepared.Files)
            {
                var bytes = new FileInfo(file.Path).Length;
                renditions.Add(new MediaRendition
                {
                    MediaId = mediaId,
                    Role = file.Role,
                    Sha256 = await store.AddAsync(file.Path, cancellationToken),
                    ContentType = file.ContentType,
                    Bytes = bytes,
                    Width = file.Width,
                    Height = file.Height,
                    DurationMs = file.DurationMs,
                });
            }

            await ReadyAsync(mediaId, prepared.Kind, renditions, cancellationToken);

            // Names nothing when the media was deleted meanwhile.
            await files.RemoveUnnamedAsync(renditions.Select(rendition => rendition.Sha256), cancellationToken);
        }

        LogReady(mediaId, prepared.Kind);
    }

    // The same file was prepared before: its renditions serve again.
    private async Task<bool> ReuseAsync(MediaItem media, CancellationToken cancellationToken)
    {
        using var held = await store.HoldAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var twin = await db.Set<MediaItem>().Include(other => other.Renditions)
            .Where(other => other.SourceSha256 == media.SourceSha256 && other.State == MediaState.Ready && other.Id != media.Id)
            .OrderBy(other => other.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (twin is null || !twin.Renditions.TrueForAll(rendition => File.Exists(store.PathOf(rendition.Sha256))))
        {
            return false;
        }

        await ReadyAsync(media.Id, twin.Kind!.Value, [.. twin.Renditions.Select(rendition => rendition.For(media.Id))], cancellationToken);
        return true;
    }

    private Task ReadyAsync(Guid mediaId, MediaKind kind, IReadOnlyList<MediaRendition> renditions, CancellationToken cancellationToken) =>
        ChangeAsync(
            mediaId,
            (db, media) =>
            {
                (media.State, media.Kind, media.Progress) = (MediaState.Ready, kind, 100);
                db.AddRange(renditions);
            },
            cancellationToken);

    private async Task RefuseAsync(Guid mediaId, IngestRefusal refusal, CancellationToken cancellationToken)
    {
        await ChangeAsync(
            mediaId,
            (_, media) => (media.State, media.FailureCode, media.FailureDetail) = (MediaState.Failed, refusal.Code, refusal.Detail),
            cancellationToken);
        LogRefused(mediaId, refusal.Code);
    }

    private async Task ChangeAsync(Guid mediaId, Action<HubDbContext, MediaItem> change, CancellationToken cancellationToken) =>
        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                // Deleted, or finished by another hub, in the meantime: nothing to do.
                if (await db.Set<MediaItem>().SingleOrDefaultAsync(media => media.Id == mediaId && media.State == MediaState.Processing, token) is { } media)
                {
                    change(db, media);
                    db.SignalChanged(Topics.Media, mediaId);
                }

                return default(Done);
            },
            cancellationToken);

    private async Task<MediaItem?> FindAsync(Guid mediaId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<MediaItem>().SingleOrDefaultAsync(media => media.Id == mediaId, cancellationToken);
    }

    [LoggerMessage(5201, LogLevel.Information, "Media {Media} is ready ({Kind}).")]
    private partial void LogReady(Guid media, MediaKind kind);

    [LoggerMessage(5202, LogLevel.Information, "Media {Media} was refused: {Code}.")]
    private partial void LogRefused(Guid media, string code);
}
