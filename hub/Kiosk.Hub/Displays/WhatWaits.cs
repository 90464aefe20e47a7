using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.FairPlay;
using Kiosk.Hub.MakeUps;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Meetings.Rosters;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>What waits for the word of those who host, with the number of each; part of <see cref="GetToday"/>.</summary>
internal static class WhatWaits
{
    private const int MostRows = 30;

    /// <summary>Meetings of this evening whose flags are worked out.</summary>
    private const int MostFlagged = 20;

    /// <summary>Older ones are still on their meeting's page; here they would only hide what is due.</summary>
    private static readonly TimeSpan _shown = TimeSpan.FromDays(60);

    private sealed record Waiting(Guid Id, string Title, DateTimeOffset Start, string TimeZone, int Count)
    {
        public WaitingItem As(string code) => new(code, Count, Id, Title, Start, TimeZone);
    }

    /// <param name="units">Units the operator hosts.</param>
    /// <param name="secretaryOf">Units whose secretary the operator is: leave of their members at another branch's meeting is theirs to decide.</param>
    /// <param name="today">The meetings of today.</param>
    public static async Task<IReadOnlyList<WaitingItem>> ForHostAsync(
        HubDbContext db, IReadOnlyList<Guid> units, IReadOnlyList<Guid> secretaryOf, IReadOnlyList<MeetingSummary> today, FairPlayOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - _shown;
        var meetings = db.Set<Meeting>().AsNoTracking().Where(meeting => units.Contains(meeting.OrgUnitId) && meeting.End > since);
        var records = await RowsAsync(meetings, SettleRecords.Open(db).Select(record => record.MeetingId), cancellationToken);
        var leave = await RowsAsync(
            meetings.Where(meeting => meeting.State != MeetingState.Cancelled), LeaveRequest.OnRoster(db).Where(row => row.State == LeaveState.Requested).Select(row => row.MeetingId), cancellationToken);
        var jointLeave = await JointLeaveAsync(db, units, secretaryOf, since, cancellationToken);
        var makeUps = await RowsAsync(
            meetings.Where(meeting => meeting.State != MeetingState.Cancelled), db.Set<MakeUp>().Where(row => row.State == MakeUpState.Submitted).Select(row => row.MeetingId), cancellationToken);
        var invitations = await (
            from joint in db.Set<MeetingUnit>()
            join meeting in db.Set<Meeting>() on joint.MeetingId equals meeting.Id
            where joint.State == JointState.Invited && units.Contains(joint.OrgUnitId) && !units.Contains(meeting.OrgUnitId)
                && meeting.End > now && meeting.State == MeetingState.Scheduled
            select joint).CountAsync(cancellationToken);
        var unmatched = await UnmatchedRecords.Open(db, units).CountAsync(cancellationToken);
        return
        [
            .. await FlagsAsync(db, today, options, now, cancellationToken),
            .. records.Select(row => row.As("records")),
            .. leave.Select(row => row.As("leave")),
            .. jointLeave,
            .. makeUps.Select(row => row.As("make_ups")),
            .. invitations > 0 ? [new WaitingItem("invitations", invitations)] : Array.Empty<WaitingItem>(),
            .. unmatched > 0 ? [new WaitingItem("unmatched", unmatched)] : Array.Empty<WaitingItem>(),
        ];
    }

    private static async Task<IReadOnlyList<WaitingItem>> JointLeaveAsync(
        HubDbContext db, IReadOnlyList<Guid> units, IReadOnlyList<Guid> secretaryOf, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var rows = await (
            from joint in db.Set<MeetingUnit>()
            join meeting in db.Set<Meeting>() on joint.MeetingId equals meeting.Id
            join partner in db.Set<OrgUnit>() on joint.OrgUnitId equals partner.Id
            join request in LeaveRequest.OnRoster(db) on meeting.Id equals request.MeetingId
            join member in db.Set<Member>() on request.MemberId equals member.Id
            join own in db.Set<OrgUnit>() on member.OrgUnitId equals own.Id
            where joint.State == JointState.Accepted && secretaryOf.Contains(joint.OrgUnitId) && own.Path.StartsWith(partner.Path)
                && !units.Contains(meeting.OrgUnitId) && meeting.End > since && meeting.State != MeetingState.Cancelled && request.State == LeaveState.Requested
            group request by new { meeting.Id, meeting.Title, meeting.Start, meeting.TimeZone, joint.OrgUnitId } into found
            orderby found.Key.Start, found.Key.Id
            select new { found.Key, Count = found.Count() }).Take(MostRows).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new WaitingItem("joint_leave", row.Count, row.Key.Id, row.Key.Title, row.Key.Start, row.Key.TimeZone) { OrgUnitId = row.Key.OrgUnitId })];
    }

    private static Task<List<Waiting>> RowsAsync(IQueryable<Meeting> meetings, IQueryable<Guid> open, CancellationToken cancellationToken) => (
        from meeting in meetings
        join id in open on meeting.Id equals id
        group id by new { meeting.Id, meeting.Title, meeting.Start, meeting.TimeZone } into rows
        orderby rows.Key.Start, rows.Key.Id
        select new Waiting(rows.Key.Id, rows.Key.Title, rows.Key.Start, rows.Key.TimeZone, rows.Count())).Take(MostRows).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<WaitingItem>> FlagsAsync(
        HubDbContext db, IReadOnlyList<MeetingSummary> today, FairPlayOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = new List<WaitingItem>();
        foreach (var meeting in today.Where(meeting => meeting.CheckInOpens <= now && meeting.Present > 0).Take(MostFlagged))
        {
            var flags = await ReadFlags.OfAsync(db, meeting.Id, options, cancellationToken);
            if (flags.Any(flag => flag.Weight is FlagWeight.Look))
            {
                var answers = await db.Set<FlagAnswer>().AsNoTracking().Where(answer => answer.MeetingId == meeting.Id).OrderByDescending(answer => answer.At).ToListAsync(cancellationToken);
                var waiting = flags.Count(flag => flag.Weight is FlagWeight.Look && ListFairPlay.AnswerTo(flag, answers) is null);
                if (waiting > 0)
                {
                    found.Add(new WaitingItem("flags", waiting, meeting.Id, meeting.Title, meeting.Start, meeting.TimeZone));
                }
            }
        }

        return found;
    }
}
