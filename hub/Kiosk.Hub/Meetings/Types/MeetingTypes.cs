using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Types;

/// <summary>The types of an organisation: the ten, as it has set them, then its own.</summary>
internal static class MeetingTypes
{
    public static async Task<IReadOnlyList<MeetingType>> OfAsync(HubDbContext db, Guid orgRootId, CancellationToken cancellationToken)
    {
        var stored = await db.Set<StoredMeetingType>().AsNoTracking().Where(type => type.OrgRootId == orgRootId).ToDictionaryAsync(type => type.Code, cancellationToken);
        return
        [
            .. MeetingType.Defaults.Select(type => stored.TryGetValue(type.Code, out var changed) ? changed.ToType() : type),
            .. stored.Values.Where(type => MeetingType.Default(type.Code) is null).OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => type.ToType()),
        ];
    }

    /// <summary>The organisation a unit belongs to.</summary>
    public static async Task<Guid> RootOfAsync(HubDbContext db, Guid orgUnitId, CancellationToken cancellationToken) =>
        OrgUnit.IdsOf(await db.Set<OrgUnit>().Where(unit => unit.Id == orgUnitId).Select(unit => unit.Path).SingleAsync(cancellationToken))[0];
}
