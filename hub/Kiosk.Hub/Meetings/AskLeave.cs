using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings;

/// <summary>A member asks for leave from the phone, or takes it back; a host enters it for somebody who asked by word of mouth.</summary>
internal sealed class AskLeave(HubWriter writer, PersonalData personal, TimeProvider time)
{
    /// <summary>Who enters leave and thereby approves it.</summary>
    /// <param name="Foreign">The member is of a branch that takes part, and the host is not its secretary.</param>
    internal sealed record Host(string Name, bool Foreign);

    /// <param name="host">Null when the member asks.</param>
    public Task<Result<Done>> RequestAsync(Guid meetingId, Guid memberId, LeaveKind kind, string? reason, Host? host, CancellationToken cancellationToken)
    {
        var by = host?.Name;
        var now = time.GetUtcNow();
        var why = LeaveWhy.Seal(personal, memberId, kind, (reason ?? "").Trim());
        return writer.WriteAsync<Done>(
            async (db, cancellation) =>
            {
                if (await RefusalAsync(db, meetingId, memberId, byHost: by is not null, now, cancellation) is { } refused)
                {
                    return refused;
                }

                var request = await db.Set<LeaveRequest>().SingleOrDefaultAsync(row => row.MeetingId == meetingId && row.MemberId == memberId, cancellation);
                if (request is not null && host is { Foreign: true } && request.IsDecidedByAnother(host.Name))
                {
                    return MeetingsErrors.LeaveOfPartner(request.DecidedBy!);
                }

                if (request is null)
                {
                    request = new LeaveRequest { MeetingId = meetingId, MemberId = memberId, Why = why, State = LeaveState.Requested, RequestedAt = now };
                    db.Add(request);
                }
                else
                {
                    request.Revision++;
                }

                (request.Why, request.RequestedAt) = (why, now);
                request.State = by is null ? LeaveState.Requested : LeaveState.Approved;
                (request.DecidedAt, request.DecidedBy, request.Note) = (by is null ? null : now, by, null);
                db.SignalChanged(Topics.Meetings, meetingId);
                return default(Done);
            },
            cancellationToken);
    }

    /// <summary>The member comes after all. Doing it twice is the same as once.</summary>
    public Task<Result<Done>> WithdrawAsync(Guid meetingId, Guid memberId, CancellationToken cancellationToken) => writer.WriteAsync<Done>(
        async (db, cancellation) =>
        {
            var request = await db.Set<LeaveRequest>().SingleOrDefaultAsync(row => row.MeetingId == meetingId && row.MemberId == memberId, cancellation);
            if (request is null)
            {
                return MeetingsErrors.LeaveUnknown();
            }

            if (request.State is not LeaveState.Withdrawn)
            {
                // Whoever did not come keeps the answer that was given.
                if (await RefusalAsync(db, meetingId, memberId, byHost: false, time.GetUtcNow(), cancellation) is { } refused)
                {
                    return refused;
                }

                request.State = LeaveState.Withdrawn;
                request.Revision++;
                db.SignalChanged(Topics.Meetings, meetingId);
            }

            return default(Done);
        },
        cancellationToken);

    private static async Task<Error?> RefusalAsync(HubDbContext db, Guid meetingId, Guid memberId, bool byHost, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var meeting = await db.Set<Meeting>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == meetingId, cancellationToken);
        if (meeting is null || !await db.Set<RosterMember>().AnyAsync(entry => entry.MeetingId == meetingId && entry.MemberId == memberId, cancellationToken))
        {
            return MeetingsErrors.NotOnRoster();
        }

        if (meeting.State is MeetingState.Cancelled)
        {
            return MeetingsErrors.NotOpen();
        }

        // Afterwards only the host may still say that somebody was excused.
        if (!byHost && (meeting.State is not MeetingState.Scheduled || now >= meeting.End))
        {
            return MeetingsErrors.LeaveTooLate();
        }

        return await db.Set<Attendance>().AnyAsync(row => row.MeetingId == meetingId && row.MemberId == memberId && row.State != AttendanceState.Pending, cancellationToken)
            ? MeetingsErrors.AlreadyPresent()
            : null;
    }
}
