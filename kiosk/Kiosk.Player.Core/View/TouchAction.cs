namespace Kiosk.Player.Core.View;

/// <summary>What somebody did on the screen.</summary>
/// <param name="Id">Notice to open, or the check-in whose "看我的" was pressed.</param>
/// <param name="Value">Practice card letter.</param>
public sealed record TouchAction(TouchActionKind Kind, Guid? Id = null, string? Value = null);

public enum TouchActionKind
{
    /// <summary>The screen was touched while nothing was open.</summary>
    Open,

    /// <summary>Somebody is still there: any touch, or "继续".</summary>
    Stay,
    Home,
    Back,
    Close,
    HowTo,
    Meetings,
    Own,
    Notices,

    /// <summary>Reads the notice named by the id.</summary>
    Notice,

    /// <summary>看我的 on the result of a card.</summary>
    Mine,

    /// <summary>撤销 on the result of a card; the id is <see cref="CheckInView.RecordId"/>.</summary>
    Undo,

    /// <summary>Larger letters for this visit, or back.</summary>
    Elder,

    /// <summary>The other language for this visit, or back.</summary>
    Language,
    Practice,
    PracticeNext,
    PracticeBack,

    /// <summary>Another practice card on the screen.</summary>
    PracticeOther,

    /// <summary>Shows the practice card on the screen to the kiosk, for those who have none in hand.</summary>
    PracticeCard,

    /// <summary>On the host's panel over the practice meeting: the next point, 表决前清点, the end, and taking the end back.</summary>
    PracticePoint,
    PracticeCount,
    PracticeClose,
    PracticeReopen,
}
