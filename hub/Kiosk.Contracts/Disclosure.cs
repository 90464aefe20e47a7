namespace Kiosk.Contracts;

/// <summary>
/// How far an item may be seen, and equally what the audience in front of a display may see at a moment.
/// An item is shown only where <c>item &lt;= audience</c>.
/// </summary>
public enum Disclosure
{
    /// <summary>Anyone: a lobby with visitors.</summary>
    Public = 0,

    /// <summary>Members of the organisation.</summary>
    Internal = 1,

    /// <summary>A named circle, e.g. a branch committee in session.</summary>
    Restricted = 2,
}
