namespace Kiosk.Player.Relay;

/// <summary>Why a stream cannot be handed on, as a stable code; never with an address.</summary>
internal sealed class RelayProblem(string code, string? detail = null) : Exception(code)
{
    public const string Missing = "stream_relay_missing";

    public string Code { get; } = code;

    public string? Detail { get; } = detail;

    /// <param name="said">What ffmpeg said before it ended.</param>
    public static RelayProblem Of(string said)
    {
        bool Says(string words) => said.Contains(words, StringComparison.OrdinalIgnoreCase);
        return Says("401 Unauthorized") || Says("403 Forbidden") ? new("stream_login")
            : Says("404 Not Found") ? new("stream_lost", "404")
            : Says("Connection refused") ? new("stream_lost", "refused")
            : Says("timed out") ? new("stream_lost", "timeout")
            : Says("matches no streams") ? new("empty_media")
            : new("stream_lost");
    }
}
