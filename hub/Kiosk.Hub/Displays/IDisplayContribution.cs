using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;

namespace Kiosk.Hub.Displays;

/// <summary>What another slice puts into display documents (meetings: check-in keys, card issuers, members' sessions). Register any number.</summary>
internal interface IDisplayContribution
{
    /// <summary>Called inside the transaction that derives the documents; add only what belongs to <see cref="DisplayContributions.Displays"/>.</summary>
    Task ContributeAsync(HubDbContext db, DisplayContributions contributions, CancellationToken cancellationToken);
}

/// <summary>Collects what slices contribute to the documents of some displays.</summary>
/// <param name="Displays">The displays being derived.</param>
/// <param name="From">Windows that end before this are of no use.</param>
/// <param name="Until">Windows that start after this are not needed yet.</param>
internal sealed record DisplayContributions(IReadOnlyList<DisplayPlace> Displays, DateTimeOffset From, DateTimeOffset Until)
{
    private readonly Dictionary<Guid, List<CheckInKey>> _keys = [];
    private readonly Dictionary<Guid, List<AudienceWindow>> _sessions = [];
    private readonly List<CardIssuer> _issuers = [];

    /// <summary>Rooms of the displays, for one query instead of many.</summary>
    public IReadOnlyCollection<Guid> RoomIds => [.. Displays.Where(display => display.RoomId is not null).Select(display => display.RoomId!.Value).Distinct()];

    /// <summary>A secret from which the display makes the rotating codes of a meeting.</summary>
    public void AddKey(Guid displayId, CheckInKey key) => ListOf(_keys, displayId).Add(key);

    /// <summary>Every display verifies cards of this issuer.</summary>
    public void AddIssuer(CardIssuer issuer) => _issuers.Add(issuer);

    /// <summary>A members' session: while it lasts the room's displays have this audience.</summary>
    public void AddSession(Guid roomId, AudienceWindow window) => ListOf(_sessions, roomId).Add(window);

    internal IReadOnlyList<CheckInKey> KeysOf(Guid displayId) =>
        [.. _keys.GetValueOrDefault(displayId, []).OrderBy(key => key.MeetingId).ThenBy(key => key.KeyId)];

    internal IReadOnlyList<AudienceWindow> SessionsOf(Guid? roomId) => roomId is { } id ? _sessions.GetValueOrDefault(id, []) : [];

    internal IReadOnlyList<CardIssuer> Issuers => [.. _issuers.OrderBy(issuer => issuer.Issuer).ThenBy(issuer => issuer.KeyId)];

    private static List<T> ListOf<T>(Dictionary<Guid, List<T>> lists, Guid id)
    {
        if (!lists.TryGetValue(id, out var list))
        {
            lists[id] = list = [];
        }

        return list;
    }
}
