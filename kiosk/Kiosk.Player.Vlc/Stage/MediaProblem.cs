namespace Kiosk.Player.Vlc.Stage;

/// <summary>Why something cannot be shown, as a stable code.</summary>
internal sealed class MediaProblem(string code, string? detail = null) : Exception(detail ?? code)
{
    public string Code { get; } = code;

    public string? Detail { get; } = detail;
}
