namespace Kiosk.Contracts.Feeds;

/// <summary>How somebody is on a roster.</summary>
public enum RosterKind
{
    /// <summary>应到, or signed up.</summary>
    Expected,

    /// <summary>列席: may come, never votes, counted apart.</summary>
    Observer,

    /// <summary>May come to a sign-up meeting and has not signed up; not counted as expected.</summary>
    Eligible,
}
