using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Media;

internal static class MediaText
{
    private static readonly ResourceText Text = new(typeof(MediaText));

    public static string Get(string key, params object?[] args) => Text.Get(key, args);

    /// <summary>The sentence for a stored failure.</summary>
    public static string Failure(string code, string? detail) =>
        code == "media_type_unsupported" ? Get(code, Get("kind_" + (detail ?? nameof(FileKind.Unknown)))) : Get(code, detail ?? "?");
}
