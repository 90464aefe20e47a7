using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Stage;

namespace Kiosk.Player.Vlc.Link;

/// <summary>What the player has for its renderer.</summary>
internal interface IStageFiles
{
    /// <summary>A verified file of the player's cache; null when it is not there.</summary>
    Task<CachedFile?> FindMediaAsync(string sha256);

    /// <summary>The bytes (MPEG-TS) of a stream that the player hands on; disposing of them ends it.</summary>
    /// <exception cref="MediaProblem">Nothing comes of it.</exception>
    Task<Stream> OpenRelayAsync(Guid playId, CancellationToken cancellationToken);
}
