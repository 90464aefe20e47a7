using System.Net;

namespace Kiosk.Player.Core.Media;

/// <summary>A download that cannot go on now; what has come so far stays.</summary>
/// <param name="code">Stable: <c>size_mismatch wrong_range stalled too_slow broke_off</c>, or null where the status tells.</param>
/// <param name="retryAfter">When the hub says to come again.</param>
internal sealed class MediaRefusedException(string? code, string message, HttpStatusCode? status = null, TimeSpan? retryAfter = null, Exception? inner = null)
    : HttpRequestException(message, inner, status)
{
    public string? Code => code;

    public TimeSpan? RetryAfter => retryAfter;
}
