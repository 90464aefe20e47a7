using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Feeds;
using Kiosk.Hub.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Testing;

internal sealed partial class HubApplication
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(6);

    /// <summary>Uploads through the real API; the preparation goes on afterwards.</summary>
    public static async Task<MediaSummary> UploadAsync(
        OperatorSession session, Guid orgUnitId, Stream body, string name, Disclosure disclosure = Disclosure.Internal, CancellationToken cancellationToken = default)
    {
        using var content = new StreamContent(body, 128 * 1024);
        using var response = await session.Http.PostAsync(
            new Uri($"/api/media?orgUnitId={orgUnitId}&name={Uri.EscapeDataString(name)}&disclosure={disclosure}", UriKind.Relative), content, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Accepted)
        {
            throw await RefusedException.FromAsync(response);
        }

        return (await response.Content.ReadFromJsonAsync<MediaSummary>(KioskJson.Options, cancellationToken))!;
    }

    /// <summary>Uploads a file and waits until it is ready or refused.</summary>
    public static async Task<MediaSummary> UploadFileAsync(
        OperatorSession session, Guid orgUnitId, string path, string? name = null, Disclosure disclosure = Disclosure.Internal, CancellationToken cancellationToken = default)
    {
        await using var file = File.OpenRead(path);
        var media = await UploadAsync(session, orgUnitId, file, name ?? Path.GetFileName(path), disclosure, cancellationToken);
        return await WaitForMediaAsync(session, media.Id, media => media.State != MediaState.Processing, cancellationToken);
    }

    public static async Task<MediaSummary> WaitForMediaAsync(
        OperatorSession session, Guid id, Func<MediaSummary, bool> until, CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var media = await session.GetAsync<MediaSummary>($"/api/media/{id}");
            if (until(media))
            {
                return media;
            }

            if (watch.Elapsed > _patience)
            {
                throw new TimeoutException($"{media.Name} is still {media.State} at {media.Progress} %.");
            }

            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>A ready picture without the cost of preparing one: rows and file as ingest leaves them.</summary>
    public Task<Guid> AddReadyMediaAsync(
        Guid orgUnitId, string name, MediaKind kind = MediaKind.Image, Disclosure disclosure = Disclosure.Internal, long? durationMs = null) => WriteAsync<Guid>((db, _) =>
        {
            var now = Time.GetUtcNow();
            var media = new MediaItem
            {
                Id = Guid.CreateVersion7(now),
                OrgUnitId = orgUnitId,
                Name = name,
                Kind = kind,
                State = MediaState.Ready,
                Disclosure = disclosure,
                UploadedAt = now,
                UploadedBy = "test",
            };
            db.Add(media);
            db.Add(new MediaRendition
            {
                MediaId = media.Id,
                Role = RenditionRole.Full,
                Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(media.Id.ToByteArray())),
                ContentType = kind == MediaKind.Video ? "video/mp4" : "image/jpeg",
                Bytes = 1000,
                DurationMs = kind == MediaKind.Video ? durationMs ?? 5000 : null,
            });
            return Task.FromResult<Kiosk.Hub.Shared.Result<Guid>>(media.Id);
        });

    /// <summary>Ready media of this very file, as ingest would leave it, nothing prepared. The file is moved into the store.</summary>
    public async Task<(Guid Id, string Sha256)> AddMediaFileAsync(
        Guid orgUnitId, string path, MediaKind kind, string contentType, Disclosure disclosure = Disclosure.Public, long? durationMs = null)
    {
        var store = _app.Services.GetRequiredService<MediaStore>();
        var (name, bytes) = (Path.GetFileName(path), new FileInfo(path).Length);
        using var held = await store.HoldAsync(CancellationToken.None);
        var sha256 = await store.AddAsync(path, CancellationToken.None);
        var id = await WriteAsync<Guid>((db, _) =>
        {
            var now = Time.GetUtcNow();
            var media = new MediaItem
            {
                Id = Guid.CreateVersion7(now),
                OrgUnitId = orgUnitId,
                Name = name,
                Kind = kind,
                State = MediaState.Ready,
                Disclosure = disclosure,
                UploadedAt = now,
                UploadedBy = "test",
            };
            db.Add(media);
            db.Add(new MediaRendition { MediaId = media.Id, Role = RenditionRole.Full, Sha256 = sha256, ContentType = contentType, Bytes = bytes, DurationMs = durationMs });
            return Task.FromResult<Kiosk.Hub.Shared.Result<Guid>>(media.Id);
        });
        return (id, sha256);
    }

    /// <summary>A playlist of these media as default content of everybody under the root.</summary>
    public async Task<Guid> ShowByDefaultAsync(OperatorSession session, string name, IEnumerable<(Guid Media, long? DurationMs)> items, string? scope = null)
    {
        var playlist = await session.PostAsync<PlaylistDetail>(
            "/api/playlists", new PlaylistInput(RootUnitId, name, null, [.. items.Select(item => new PlaylistEntryInput(null, item.Media, null, item.DurationMs, ItemFit.Contain))]));
        await session.PutAsync<object>("/api/schedule/defaults", new DefaultContentInput(scope ?? Scopes.Org(RootUnitId), playlist.Id));
        return playlist.Id;
    }

    /// <summary>The schedule feed as displays would get it, with its version; null while nobody has published it.</summary>
    public async Task<(ScheduleDocument Document, long Version)?> ReadScheduleAsync(string scope, Disclosure audience)
    {
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<HubDbContext>>().CreateDbContextAsync();
        var key = FeedKeys.Schedule(scope, audience);
        var feed = await db.Set<Feed>().SingleOrDefaultAsync(row => row.Key == key);
        return feed is null ? null : (System.Text.Json.JsonSerializer.Deserialize<ScheduleDocument>(feed.Body, KioskJson.Options)!, feed.Version);
    }

    public async Task<PlaylistDocument> ReadPlaylistDocumentAsync(string sha256)
    {
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<HubDbContext>>().CreateDbContextAsync();
        var document = await db.Set<FeedDocument>().SingleAsync(row => row.Sha256 == sha256);
        return System.Text.Json.JsonSerializer.Deserialize<PlaylistDocument>(document.Body, KioskJson.Options)!;
    }

    /// <summary>Files of the media store, by hash.</summary>
    public IReadOnlyList<string> StoredFiles() => [.. _app.Services.GetRequiredService<MediaStore>().All().Order(StringComparer.Ordinal)];

    /// <summary>Everything that lies in the store's work and incoming folders.</summary>
    public IReadOnlyList<string> UnfinishedFiles()
    {
        var store = _app.Services.GetRequiredService<MediaStore>();
        return [.. Directory.EnumerateFileSystemEntries(store.Work), .. Directory.EnumerateFileSystemEntries(store.Incoming)];
    }
}
