using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>Knows what could play right now, so that nothing is chosen that would leave the screen black.</summary>
public interface IReadySet
{
    /// <summary>True when at least one item of the playlist, seen by this audience, is complete and verified.</summary>
    bool CanPlay(PlaylistRef content, Disclosure audience);
}
