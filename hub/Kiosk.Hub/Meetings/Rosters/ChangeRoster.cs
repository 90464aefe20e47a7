using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Rosters;

/// <summary>
/// PUT and DELETE /api/meetings/{id}/roster/{memberId}: the host adjusts the roster by name, also while the meeting runs; every screen follows.
/// Of a sign-up meeting it signs up and withdraws. Doing either twice is the same as once.
/// </summary>
internal static class ChangeRoster
{
    public static async Task<Results<NoContent, ProblemHttpResult>> PutAsync(
        Guid id, Guid memberId, RosterChange input, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        // Somebody who may sign up is signed up; "eligible" is what withdrawing makes of them.
        if (input.Kind is RosterKind.Eligible)
        {
            return Problems.From(MeetingsErrors.RosterUnknown());
        }

        var units = await access.UnitIdsAsync(OperatorRole.Host, null, cancellationToken);
        var (now, mine) = (time.GetUtcNow(), units.Value ?? []);
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                var (meeting, entry, refused) = await FindAsync(database, id, memberId, cancellation);
                if (refused is not null)
                {
                    return refused;
                }

                var member = await database.Set<Member>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == memberId && (mine.Contains(row.OrgUnitId) || entry != null), cancellation);
                if (member is null)
                {
                    return MeetingsErrors.RosterUnknown();
                }

                if (meeting!.RosterAdded.Count >= RosterRules.MostNames)
                {
                    return MeetingsErrors.RosterNames(RosterRules.MostNames);
                }

                var votes = input.Kind is RosterKind.Expected && !meeting.SignUp && Member.MayVote(member.Kind, member.Suspended, member.Status);
                if (entry is null)
                {
                    entry = new RosterMember { MeetingId = id, MemberId = memberId, Votes = votes };
                    database.Add(entry);
                }

                (entry.Kind, entry.Votes) = (input.Kind, votes);
                entry.SignedUpAt = meeting.SignUp && input.Kind is RosterKind.Expected ? entry.SignedUpAt ?? now : null;
                meeting.RosterRemoved = [.. meeting.RosterRemoved.Where(each => each != memberId)];
                // A sign-up is no rule: who withdraws it is not brought back by the next pass.
                meeting.RosterAdded = [.. meeting.RosterAdded.Where(each => each != memberId).Concat(input.Kind is RosterKind.Expected && !meeting.SignUp ? [memberId] : [])];
                await PublishAsync(database, meeting, rooms, now, cancellation);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        Guid id, Guid memberId, OperatorAccess access, HubDbContext db, HubWriter writer, RoomFeeds rooms, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } denied)
        {
            return Problems.From(denied);
        }

        var now = time.GetUtcNow();
        var result = await writer.WriteAsync<Done>(
            async (database, cancellation) =>
            {
                var (meeting, entry, refused) = await FindAsync(database, id, memberId, cancellation);
                if (refused is not null)
                {
                    return refused;
                }

                if (entry is null)
                {
                    return default(Done);
                }

                if (await CameAsync(database, id, memberId, cancellation))
                {
                    return MeetingsErrors.OnRosterAndPresent();
                }

                if (!meeting!.SignUp)
                {
                    database.Remove(entry);
                    meeting.RosterRemoved = [.. meeting.RosterRemoved.Append(memberId).Distinct()];
                }
                else
                {
                    Withdraw(entry);
                }

                meeting.RosterAdded = [.. meeting.RosterAdded.Where(each => each != memberId)];
                await PublishAsync(database, meeting, rooms, now, cancellation);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>The member may still sign up again.</summary>
    public static void Withdraw(RosterMember entry) => (entry.Kind, entry.SignedUpAt, entry.Votes) = (RosterKind.Eligible, null, false);

    public static Task<bool> CameAsync(HubDbContext db, Guid meetingId, Guid memberId, CancellationToken cancellationToken) =>
        db.Set<Attendance>().AnyAsync(row => row.MeetingId == meetingId && row.MemberId == memberId && row.State != AttendanceState.Pending, cancellationToken);

    public static async Task PublishAsync(HubDbContext db, Meeting meeting, RoomFeeds rooms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        meeting.Revision++;
        db.SignalChanged(Topics.Meetings, meeting.Id);
        await rooms.PublishAsync(db, [meeting.RoomId], now, cancellationToken);
    }

    private static async Task<(Meeting? Meeting, RosterMember? Entry, Error? Refused)> FindAsync(HubDbContext db, Guid id, Guid memberId, CancellationToken cancellationToken)
    {
        await db.TakeFeedTurnAsync(cancellationToken);
        var meeting = await db.Set<Meeting>().SingleAsync(candidate => candidate.Id == id, cancellationToken);
        if (meeting.State is not MeetingState.Scheduled)
        {
            return (null, null, MeetingsErrors.NotOpen());
        }

        return (meeting, await db.Set<RosterMember>().IgnoreQueryFilters().SingleOrDefaultAsync(row => row.MeetingId == id && row.MemberId == memberId, cancellationToken), null);
    }
}
