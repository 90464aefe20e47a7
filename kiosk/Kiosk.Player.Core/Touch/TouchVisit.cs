using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Touch;

/// <summary>One person's time at the screen. Immutable; what it holds of a person goes with it.</summary>
internal sealed record TouchVisit(Guid Id, TouchPage Page)
{
    /// <summary>Letters as this person wants them; null as the display is set.</summary>
    public bool? Elder { get; init; }

    /// <summary>The language the display does not have.</summary>
    public bool OtherLanguage { get; init; }

    public Guid? Notice { get; init; }

    public OwnView? Own { get; init; }

    /// <summary>Which request for somebody's page is waited for: a late answer meets only its own.</summary>
    public int Asked { get; init; }

    public PracticeRun? Practice { get; init; }

    /// <summary>Set while the screen asks whether to go on.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public bool IsPersonal => Own is { State: OwnState.Loading or OwnState.Shown or OwnState.Failed };

    public TouchVisit On(TouchPage page) => this with { Page = page, Notice = null, Own = null, Practice = null };
}
