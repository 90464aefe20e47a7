namespace Kiosk.Contracts.Feeds;

/// <summary>
/// Body of <c>attendance/{room}</c>: who has come to the room's open meetings. Kept apart from <c>room/{id}</c>
/// so that each arrival rewrites a small document, not the roster and the keys.
/// </summary>
public sealed record AttendanceDocument(Guid RoomId, IReadOnlyList<MeetingAttendance> Meetings);

/// <param name="Expected">应到.</param>
/// <param name="Present">实到, late arrivals included.</param>
/// <param name="VotingPresent">有表决权到会.</param>
/// <param name="CheckedIn">Ids of members already checked in, also those who were not expected, so that the kiosk answers a second card at once.</param>
/// <param name="Observers">列席, counted apart from <paramref name="Expected"/>.</param>
/// <param name="Recent">Latest arrivals first, at most 24.</param>
/// <param name="NumbersUntil">Phones show two-digit numbers that wait to be tapped on this screen, the last until then; null when none does.</param>
public sealed record MeetingAttendance(
    Guid MeetingId,
    int Expected,
    int Present,
    int VotingExpected,
    int VotingPresent,
    IReadOnlyList<Guid> CheckedIn,
    IReadOnlyList<Arrival> Recent,
    DateTimeOffset? NumbersUntil = null,
    int Observers = 0,
    int ObserversPresent = 0);

public sealed record Arrival(string MaskedName, DateTimeOffset At, bool Late);
