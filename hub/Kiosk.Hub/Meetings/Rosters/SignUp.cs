using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Meetings.Rosters;

/// <summary>A member signs up for a meeting of free will, or withdraws. Doing either twice is the same as once.</summary>
internal sealed class SignUp(HubWriter writer, RoomFeeds rooms, TimeProvider time)
{
    public Task<Result<Done>> SignUpAsync(Guid meetingId, Guid memberId, CancellationToken cancellationToken) =>
        ChangeAsync(meetingId, memberId, signUp: true, cancellationToken);

    public Task<Result<Done>> WithdrawAsync(Guid meetingId, Guid memberId, CancellationToken cancellationToken) =>
        ChangeAsync(meetingId, memberId, signUp: false, cancellationToken);

    private Task<Result<Done>> ChangeAsync(Guid meetingId, Guid memberId, bool signUp, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return writer.WriteAsync<Done>(
            async (db, cancellation) =>
            {
                await db.TakeFeedTurnAsync(cancellation);
                var meeting = await db.Set<Meeting>().SingleOrDefaultAsync(row => row.Id == meetingId, cancellation);
                var entry = await db.Set<RosterMember>().IgnoreQueryFilters().SingleOrDefaultAsync(row => row.MeetingId == meetingId && row.MemberId == memberId, cancellation);
                if (meeting is null || entry is null)
                {
                    return MeetingsErrors.NotOnRoster();
                }

                if (!meeting.SignUp || entry.Kind is RosterKind.Observer)
                {
                    return MeetingsErrors.NoSignUp();
                }

                if (meeting.State is not MeetingState.Scheduled || now >= meeting.End)
                {
                    return MeetingsErrors.SignUpTooLate();
                }

                if (signUp == (entry.Kind is RosterKind.Expected))
                {
                    return default(Done);
                }

                if (signUp)
                {
                    (entry.Kind, entry.SignedUpAt) = (RosterKind.Expected, now);
                }
                else if (await ChangeRoster.CameAsync(db, meetingId, memberId, cancellation))
                {
                    return MeetingsErrors.SignedUpAndPresent();
                }
                else
                {
                    ChangeRoster.Withdraw(entry);
                }

                await ChangeRoster.PublishAsync(db, meeting, rooms, now, cancellation);
                return default(Done);
            },
            cancellationToken);
    }
}
