using Kiosk.Contracts.Operator;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>
/// Whose name a host reads in full on the lists of a meeting: their own units' members and whoever is on its roster. Of everybody else, who came by chance or was
/// only named, they read a masked one. One rule for every list, so that no tab tells what another hides.
/// Only the papers, being the record, name whoever counts or showed their own card in full.
/// </summary>
/// <param name="mine">Units the operator hosts.</param>
/// <param name="roster">Members on the meeting's roster.</param>
internal sealed class MeetingNames(IReadOnlyCollection<Guid> mine, IReadOnlyCollection<Guid> roster)
{
    private readonly HashSet<Guid> _mine = [.. mine];
    private readonly HashSet<Guid> _roster = [.. roster];

    public static async Task<MeetingNames> OfAsync(OperatorAccess access, HubDbContext db, Guid meetingId, CancellationToken cancellationToken) => new(
        (await access.UnitIdsAsync(OperatorRole.Host, null, cancellationToken)).Value ?? [],
        await db.Set<RosterMember>().IgnoreQueryFilters().Where(entry => entry.MeetingId == meetingId).Select(entry => entry.MemberId).ToListAsync(cancellationToken));

    /// <summary>A member of a unit the operator hosts.</summary>
    public bool IsMine(Guid unitId) => _mine.Contains(unitId);

    public bool IsOpen(Guid memberId, Guid unitId) => _mine.Contains(unitId) || _roster.Contains(memberId);

    public string Of(Guid memberId, Guid unitId, string name) => IsOpen(memberId, unitId) ? name : NameMask.Mask(name);
}
