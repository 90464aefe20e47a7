using System.Globalization;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Media;

/// <summary>Refusals of the media library.</summary>
internal static class MediaErrors
{
    public static Error NotFound() => new NotFound("media_unknown", MediaText.Get("media_unknown"));

    public static Error Empty() => new Unprocessable("media_empty", MediaText.Get("media_empty"));

    public static Error TooLarge(long maxBytes) => new TooLarge("media_too_large", MediaText.Get("media_too_large", Size(maxBytes)));

    public static Error DiskFull() => new Unavailable("disk_full", MediaText.Get("disk_full"));

    public static Error UploadCut() => new InvalidInput("upload_incomplete", MediaText.Get("upload_incomplete"));

    public static Error InUse(string playlists) => new Conflict("media_in_use", MediaText.Get("media_in_use", playlists));

    public static Error NotAnArticle() => new NotFound("article_unknown", MediaText.Get("article_unknown"));

    public static Error NotALink() => new NotFound("link_unknown", MediaText.Get("link_unknown"));

    private static string Size(long bytes) => bytes >= 1 << 30
        ? string.Create(CultureInfo.CurrentCulture, $"{bytes / (double)(1 << 30):0.#} GB")
        : string.Create(CultureInfo.CurrentCulture, $"{Math.Max(1, bytes >> 20)} MB");
}
