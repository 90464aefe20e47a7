namespace Kiosk.Player.Core.Commands;

/// <summary>Whatever draws the screen, as something that can be started anew.</summary>
public interface IRendererControl
{
    /// <summary>Program and version, once known.</summary>
    string? Version { get; }

    /// <summary>How often within the last ten minutes it was started again without being asked to: it had ended, hung or grown too large.</summary>
    int BrokenLately { get; }

    /// <summary>Starts it anew; true once it makes frames again.</summary>
    Task<bool> RestartAsync(CancellationToken cancellationToken);
}
