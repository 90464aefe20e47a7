using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling;

/// <summary>Ready sets that need no player.</summary>
public static class ReadySet
{
    /// <summary>Takes every playlist for playable: what the hub asks when it explains or previews.</summary>
    public static IReadySet Everything { get; } = new Fixed((_, _) => true);

    public static IReadySet Of(Func<PlaylistRef, Disclosure, bool> canPlay) => new Fixed(canPlay);

    private sealed class Fixed(Func<PlaylistRef, Disclosure, bool> canPlay) : IReadySet
    {
        public bool CanPlay(PlaylistRef content, Disclosure audience) => canPlay(content, audience);
    }
}
