namespace Kiosk.Contracts.Feeds;

/// <summary>One feed at one version, as pushed or as answered to <c>Hello</c>.</summary>
/// <param name="Key">See <see cref="FeedKeys"/>.</param>
/// <param name="Epoch">See <see cref="FeedVersion"/>.</param>
/// <param name="Version">See <see cref="FeedVersion"/>.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of the body's UTF-8 bytes; verify before use.</param>
/// <param name="Body">The document as JSON text, or null when it is ≥ 32 KB: then GET <c>/api/device/feeds/{key}</c>.</param>
/// <param name="HubTime">The hub's clock at sending; remaining times are counted from it when the own clock is not trusted.</param>
public sealed record FeedPush(string Key, string Epoch, long Version, string Sha256, string? Body, DateTimeOffset HubTime)
{
    /// <summary>Bodies of this many UTF-8 bytes or more are pulled over HTTP.</summary>
    public const int InlineLimitBytes = 32 * 1024;
}
