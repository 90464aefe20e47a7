using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Displays;
using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>What meetings put into display documents: keys for rotating codes, the audience of members' sessions, issuers of cards.</summary>
internal sealed class MeetingDisplayContribution(CheckInKeyRing keys, CardIssuers issuers, TimeProvider time) : IDisplayContribution
{
    public async Task ContributeAsync(HubDbContext db, DisplayContributions contributions, CancellationToken cancellationToken)
    {
        var roomIds = contributions.RoomIds;
        var meetings = await RoomFeeds.Visible(db, time.GetUtcNow())
            .Where(meeting => roomIds.Contains(meeting.RoomId) && meeting.State != MeetingState.Cancelled)
            .OrderBy(meeting => meeting.Start).ThenBy(meeting => meeting.Id)
            .Select(meeting => new { meeting.Id, meeting.Number, meeting.RoomId, meeting.CheckInOpens, meeting.End, meeting.ClosedAt, meeting.MembersSession })
            .ToListAsync(cancellationToken);
        var byRoom = meetings.ToLookup(meeting => meeting.RoomId);
        foreach (var display in contributions.Displays)
        {
            if (display is not { RoomId: { } roomId, Pairing: { } pairing })
            {
                continue;
            }

            foreach (var meeting in byRoom[roomId])
            {
                var keyId = keys.Current;
                var secret = keys.SecretOf(keyId, display.Id, pairing, meeting.Id)!;
                contributions.AddKey(display.Id, new CheckInKey(meeting.Id, meeting.Number, keyId, Convert.ToBase64String(secret)));
            }
        }

        foreach (var meeting in meetings.Where(meeting => meeting.MembersSession))
        {
            var end = (meeting.ClosedAt ?? meeting.End) + RoomFeeds.Thanks;
            if (end > meeting.CheckInOpens)
            {
                contributions.AddSession(meeting.RoomId, new AudienceWindow(meeting.CheckInOpens, end, Disclosure.Internal));
            }
        }

        foreach (var root in contributions.Displays.Select(display => display.OrgPath[0]).Distinct())
        {
            contributions.AddIssuer(issuers.Of(root).ToContract());
        }
    }
}
