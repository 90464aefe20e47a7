using Kiosk.Contracts.CheckIns;

namespace Kiosk.Player.Core.View;

/// <summary>The player as its renderers and code readers see it. Thread-safe.</summary>
public interface IPlayer
{
    /// <summary>The newest view.</summary>
    StageView View { get; }

    /// <summary>Raised after <see cref="View"/> changed; handlers must not block.</summary>
    event Action<StageView>? ViewChanged;

    /// <summary>Takes what a renderer saw.</summary>
    void Report(StageEvent stageEvent);

    /// <summary>
    /// Takes text read by a camera, a serial or a keyboard-wedge scanner, however often it is seen: the same card within
    /// 3 s is one card. Journals durably before it returns; the result is also in <see cref="StageView.CheckIn"/>.
    /// </summary>
    Task<CheckInView> ReadCardAsync(string text, CancellationToken cancellationToken);

    /// <summary>Takes what somebody did on the screen; the answer is in <see cref="StageView.Touch"/>.</summary>
    void Touch(TouchAction action);

    /// <summary>Takes what somebody does on the host panel; the result is in <see cref="StageView.Host"/>. What it changes is durable before it shows.</summary>
    Task HostAsync(HostCommand command, CancellationToken cancellationToken);

    /// <summary>A two-digit number was tapped for a meeting; null when the hub is out of reach just now.</summary>
    Task<NumberTapReply?> TapNumberAsync(Guid meetingId, int number);

    /// <summary>Opens a verified file of the cache, or null when it is not (or no longer) there.</summary>
    CachedFile? FindMedia(string sha256);
}

/// <param name="Path">Complete and verified file.</param>
public sealed record CachedFile(string Path, string ContentType);
