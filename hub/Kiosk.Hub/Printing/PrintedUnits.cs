using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Printing;

/// <summary>党组织 as it is printed: who holds the meeting, and at a joint one every unit that takes part.</summary>
internal static class PrintedUnits
{
    public static async Task<string> OfAsync(HubDbContext db, Guid meetingId, string holder, CancellationToken cancellationToken)
    {
        var partners = await (
            from joint in db.Set<MeetingUnit>()
            join unit in db.Set<OrgUnit>() on joint.OrgUnitId equals unit.Id
            where joint.MeetingId == meetingId && joint.State == JointState.Accepted
            orderby unit.Name, unit.Id
            select unit.Name).ToListAsync(cancellationToken);
        return partners.Count == 0 ? holder : string.Join(PrintText.Get("name_separator"), [PrintText.Get("unit_holds", holder), .. partners]);
    }

    /// <summary>Each name needs its unit beside it.</summary>
    public static bool Several(IEnumerable<PrintedPerson> people) => people.Select(person => person.Unit).Distinct().Skip(1).Any();
}
