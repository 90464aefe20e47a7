using System.Text;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Playlists;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Media;

/// <summary>Writes articles: Markdown in, a sanitised HTML fragment in the media store out.</summary>
internal sealed class SaveArticle(MediaStore store, MediaFiles files, HubWriter writer, TimeProvider clock)
{
    private const int MaxMarkdown = 200_000;
    private const string ContentType = "text/html";

    /// <summary>POST /api/articles/preview: as it would be shown; nothing is kept.</summary>
    public static Results<Ok<ArticlePreview>, ProblemHttpResult> Preview(ArticlePreviewInput input) =>
        (input.Markdown?.Length ?? 0) <= MaxMarkdown
            ? TypedResults.Ok(new ArticlePreview(ArticleRenderer.Render(input.Markdown ?? "")))
            : Problems.From(new Validation().Require(false, "markdown", MediaText.Get("markdown_too_long", MaxMarkdown)).Error()!);

    public static async Task<Results<Created<MediaSummary>, ProblemHttpResult>> CreateAsync(
        ArticleInput input, OperatorAccess access, HubDbContext db, SaveArticle articles, CancellationToken cancellationToken)
    {
        if (await access.CheckAsync(OperatorRole.Editor, input.OrgUnitId, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var created = await articles.AddAsync(input, access.Id, access.Name, cancellationToken);
        if (!created.IsOk)
        {
            return Problems.From(created.Error);
        }

        return (await ListMedia.FindAsync(created.Value, access, db, cancellationToken)).ToCreated(media => $"/api/media/{media.Id}");
    }

    public static async Task<Results<Ok<MediaSummary>, ProblemHttpResult>> UpdateAsync(
        Guid id, ArticleInput input, OperatorAccess access, HubDbContext db, SaveArticle articles, CancellationToken cancellationToken)
    {
        if (await ChangeMedia.CheckAsync(id, access, db, cancellationToken) is { } refused)
        {
            return Problems.From(refused);
        }

        var changed = await articles.ReplaceAsync(id, input, cancellationToken);
        return changed.IsOk ? (await ListMedia.FindAsync(id, access, db, cancellationToken)).ToHttp() : Problems.From(changed.Error);
    }

    public static async Task<Results<Ok<ArticleView>, ProblemHttpResult>> GetAsync(
        Guid id, OperatorAccess access, HubDbContext db, CancellationToken cancellationToken)
    {
        var found = await ListMedia.FindAsync(id, access, db, cancellationToken);
        if (!found.IsOk)
        {
            return Problems.From(found.Error);
        }

        var markdown = await db.Set<MediaItem>().Where(media => media.Id == id).Select(media => media.Markdown).SingleOrDefaultAsync(cancellationToken);
        return markdown is null
            ? Problems.From(MediaErrors.NotAnArticle())
            : TypedResults.Ok(new ArticleView(id, found.Value.Name, markdown, ArticleRenderer.Render(VisibleText.WithoutHidden(markdown))));
    }

    public async Task<Result<Guid>> AddAsync(ArticleInput input, Guid? byId, string by, CancellationToken cancellationToken)
    {
        if (Check(input) is { } invalid)
        {
            return invalid;
        }

        var now = clock.GetUtcNow();
        var media = new MediaItem
        {
            Id = Guid.CreateVersion7(now),
            OrgUnitId = input.OrgUnitId,
            Name = input.Name.Trim(),
            Kind = MediaKind.Article,
            State = MediaState.Ready,
            Disclosure = input.Disclosure,
            Progress = 100,
            Markdown = input.Markdown,
            UploadedAt = now,
            UploadedById = byId,
            UploadedBy = by,
        };
        using var held = await store.HoldAsync(cancellationToken);
        var rendition = await RenderAsync(media.Id, input.Markdown, cancellationToken);
        return await writer.WriteAsync<Guid>(
            (db, _) =>
            {
                db.Add(media);
                db.Add(rendition);
                db.SignalChanged(Topics.Media, media.Id);
                return Task.FromResult<Result<Guid>>(media.Id);
            },
            cancellationToken);
    }

    private async Task<Result<Done>> ReplaceAsync(Guid id, ArticleInput input, CancellationToken cancellationToken)
    {
        if (Check(input) is { } invalid)
        {
            return invalid;
        }

        using var held = await store.HoldAsync(cancellationToken);
        var rendition = await RenderAsync(id, input.Markdown, cancellationToken);
        var now = clock.GetUtcNow();
        var written = await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                if (await db.Set<MediaItem>().Include(media => media.Renditions).SingleOrDefaultAsync(media => media.Id == id && media.Markdown != null, token) is not { } media)
                {
                    return MediaErrors.NotAnArticle();
                }

                (media.Name, media.Markdown, media.Disclosure) = (input.Name.Trim(), input.Markdown, input.Disclosure);
                string[] before = [.. media.Renditions.Select(old => old.Sha256)];
                db.RemoveRange(media.Renditions);
                await db.SaveChangesAsync(token);
                db.Add(rendition);
                await db.SaveChangesAsync(token);
                await ContentCascade.MediaChangedAsync(db, id, now, token);
                db.SignalChanged(Topics.Media, id);
                db.OnCommitted(services => services.GetRequiredService<MediaFiles>().RemoveUnnamedLater(before));
                return default(Done);
            },
            cancellationToken);
        if (!written.IsOk)
        {
            await files.RemoveUnnamedAsync([rendition.Sha256], cancellationToken);
        }

        return written;
    }

    private static InvalidInput? Check(ArticleInput input) => new Validation()
        .Text(input.Name, "name", 200)
        .Require(VisibleText.Shows(input.Markdown ?? ""), "markdown", MediaText.Get("markdown_missing"))
        .Require(input.Markdown is null || input.Markdown.Length <= MaxMarkdown, "markdown", MediaText.Get("markdown_too_long", MaxMarkdown))
        .Error();

    private async Task<MediaRendition> RenderAsync(Guid mediaId, string markdown, CancellationToken cancellationToken)
    {
        var html = Encoding.UTF8.GetBytes(ArticleRenderer.Render(markdown));
        var path = Path.Combine(store.Work, $"{Guid.NewGuid():N}.html");
        await File.WriteAllBytesAsync(path, html, cancellationToken);
        return new MediaRendition
        {
            MediaId = mediaId,
            Role = RenditionRole.Full,
            Sha256 = await store.AddAsync(path, cancellationToken),
            ContentType = ContentType,
            Bytes = html.Length,
        };
    }
}
