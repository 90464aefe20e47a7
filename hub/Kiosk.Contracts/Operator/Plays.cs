using Kiosk.Contracts.Devices;

namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/plays?orgUnitId=&amp;displayId=&amp;mediaId=&amp;from=&amp;to=&amp;skip=&amp;take=: showings, newest first. <c>from</c> and <c>to</c> are instants, half-open.</summary>
/// <param name="MediaName">As in the library; of a file that is no longer there, what it was called when it was shown.</param>
/// <param name="DisplayName">Of a removed display, its last name.</param>
/// <param name="From">Of a player that did not know the time (<see cref="ClockState.Unknown"/>), when the hub heard of it.</param>
/// <param name="ShownMs">Milliseconds on screen.</param>
/// <param name="Plays">1, or how many showings of an hour its player summed.</param>
/// <param name="Completed">How many of them came to their end.</param>
public sealed record PlayRow(
    Guid Id, DateTimeOffset From, DateTimeOffset To, Guid MediaId, string MediaName, Guid DisplayId, string DisplayName, string TimeZone, string OrgUnitName,
    string Rule, long ShownMs, int Plays, int Completed, ClockState Clock);

/// <summary>What the sums of a report are of.</summary>
public enum PlayGrouping
{
    Media,
    Display,
    OrgUnit,
}

/// <summary>GET /api/plays/report?by=…: sums, most showings first.</summary>
/// <param name="Id">Of the file, display or unit.</param>
/// <param name="Gone">The file or display is no longer there; <paramref name="Name"/> is its last one.</param>
/// <param name="Displays">On how many displays.</param>
/// <param name="Last">End of the last showing.</param>
public sealed record PlaySum(Guid Id, string Name, bool Gone, int Plays, int Completed, long ShownMs, int Displays, DateTimeOffset Last);

/// <param name="Plays">Of everything the filter lets through, not of this page.</param>
public sealed record PlaySums(Page<PlaySum> Page, int Plays, int Completed, long ShownMs);
