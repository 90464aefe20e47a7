namespace Kiosk.Contracts.Operator;

/// <summary>
/// GET /api/media?orgUnitId=&amp;search=&amp;kind=&amp;files= (true leaves out pages and streams)&amp;skip=&amp;take=, GET /api/media/{id}.
/// POST /api/media?orgUnitId=&amp;name=&amp;disclosure= with the raw file as body (Editor) → 202 with this.
/// DELETE /api/media/{id}: 409 <c>media_in_use</c> with the playlists named.
/// </summary>
/// <param name="State">Ready may be used in playlists.</param>
/// <param name="Progress">0–100 of the preparation, while processing.</param>
/// <param name="FailureCode">Stable code, e.g. <c>media_truncated</c>, <c>media_no_picture</c>.</param>
/// <param name="Failure">The reason in a sentence, in the caller's language.</param>
/// <param name="ThumbnailUrl">/media/{sha256} of the thumbnail.</param>
/// <param name="Url">/media/{sha256} of what players get.</param>
/// <param name="Address">Of a web page or live stream.</param>
/// <param name="StandInId">What is shown in its place while it cannot be.</param>
/// <param name="StandInName">Null when the caller may not see it.</param>
public sealed record MediaSummary(
    Guid Id,
    string Name,
    MediaKind? Kind,
    MediaState State,
    int Progress,
    string? FailureCode,
    string? Failure,
    Guid OrgUnitId,
    string OrgUnitName,
    Disclosure Disclosure,
    long Bytes,
    long? DurationMs,
    int? Width,
    int? Height,
    string? Sha256,
    string? Url,
    string? ThumbnailUrl,
    DateTimeOffset UploadedAt,
    string UploadedBy,
    string? Address = null,
    Guid? StandInId = null,
    string? StandInName = null);

public enum MediaKind
{
    Video,
    Image,
    Article,

    /// <summary>A page of the web, by its address.</summary>
    WebPage,

    /// <summary>A live stream, by its address.</summary>
    Stream,
}

public enum MediaState
{
    Processing,
    Ready,
    Failed,
}

/// <summary>POST /api/articles, PUT /api/articles/{mediaId} (Editor).</summary>
/// <param name="Name">Title, 1–200 characters.</param>
/// <param name="Markdown">At most 200,000 characters; rendered to sanitised HTML.</param>
public sealed record ArticleInput(Guid OrgUnitId, string Name, string Markdown, Disclosure Disclosure);

/// <summary>POST /api/articles/preview (Editor): the HTML a text would become; nothing is kept.</summary>
public sealed record ArticlePreviewInput(string Markdown);

public sealed record ArticlePreview(string Html);

/// <summary>GET /api/articles/{mediaId}.</summary>
public sealed record ArticleView(Guid Id, string Name, string Markdown, string Html);

/// <summary>PATCH /api/media/{id} (Editor).</summary>
public sealed record MediaInput(string Name, Disclosure Disclosure);

/// <summary>
/// POST /api/links, PUT /api/links/{mediaId} (Editor): a web page or live stream that players fetch themselves. 400 <c>invalid_input</c>; 404 <c>link_unknown</c>.
/// </summary>
/// <param name="Name">Title, 1–200 characters.</param>
/// <param name="Kind"><c>web_page</c> or <c>stream</c>; stays as it was made.</param>
/// <param name="Address">Page: http or https. Stream: http or https (HLS), rtsp (with <c>user:password@</c> where the camera asks for one; <c>***@</c> keeps the known one), rtp or udp. At most 2,000 characters.</param>
/// <param name="StandInId">A ready picture or video to show while the page or stream cannot be.</param>
public sealed record LinkInput(Guid OrgUnitId, string Name, MediaKind Kind, string Address, Disclosure Disclosure, Guid? StandInId);
