using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

internal static class FindMeeting
{
    /// <summary>Null when the meeting exists and the operator hosts its unit.</summary>
    public static async Task<Error?> CheckAsync(HubDbContext db, OperatorAccess access, Guid meetingId, CancellationToken cancellationToken)
    {
        var unit = await db.Set<Meeting>().Where(meeting => meeting.Id == meetingId).Select(meeting => (Guid?)meeting.OrgUnitId).SingleOrDefaultAsync(cancellationToken);
        return unit is { } id ? await access.CheckAsync(OperatorRole.Host, id, cancellationToken) : MeetingsErrors.MeetingUnknown();
    }
}
