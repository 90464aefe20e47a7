using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Link;
using Kiosk.Player.Vlc.X11;
using LibVLCSharp.Shared;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>Where plays are shown, and what they need for it.</summary>
/// <param name="playback">Holds the layers; everything else of the stage lies above it.</param>
internal sealed class StagePlace(StageLoop loop, XScreen screen, XWindow playback, StageShape shape, LibVLC vlc, IStageFiles files)
{
    public StageLoop Loop { get; } = loop;

    public XScreen Screen { get; } = screen;

    public StageShape Shape { get; } = shape;

    public LibVLC Vlc { get; } = vlc;

    /// <exception cref="MediaProblem">It is not, or no longer, in the cache.</exception>
    public async Task<string> FileAsync(string? sha256) =>
        sha256 is not null && await files.FindMediaAsync(sha256) is { } file ? file.Path : throw new MediaProblem("media_unavailable");

    /// <summary>A stream that the player hands on.</summary>
    /// <exception cref="MediaProblem">Nothing comes of it.</exception>
    public Task<Stream> RelayAsync(Guid playId, CancellationToken cancellationToken) => files.OpenRelayAsync(playId, cancellationToken);

    /// <summary>A window beneath all others.</summary>
    public XWindow NewLayer()
    {
        var window = Screen.CreateWindow(playback, 0, 0, Screen.Width, Screen.Height);
        window.Lower();
        window.SetColor(Tokens.Stone700);
        window.Show();
        return window;
    }
}
