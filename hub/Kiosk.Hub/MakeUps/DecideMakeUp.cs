using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Points;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.MakeUps;

/// <summary>The host's answer to a make-up, and taking an approval back; points follow by postings of their own.</summary>
internal static class DecideMakeUp
{
    public static async Task<Results<NoContent, ProblemHttpResult>> DecideAsync(
        Guid id, Guid memberId, MakeUpDecision input, OperatorAccess access, HubDbContext db, HubWriter writer, PointsRules rules, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        if (new Validation().Text(input.Note, "note", 200, optional: input.Approve, lines: true).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var (now, by) = (time.GetUtcNow(), access.Name);
        var result = await writer.WriteLedgerAsync(
            rules,
            memberId,
            async (locked, cancellation) =>
            {
                var (database, ledger, account) = locked;
                var wanted = input.Approve ? MakeUpState.Approved : MakeUpState.Returned;
                var makeUp = await FindAsync(database, id, memberId, cancellation);
                switch (makeUp)
                {
                    case null:
                        return MakeUpErrors.Unknown();
                    case var same when same.State == wanted:
                        return default(Done);
                    case { State: not MakeUpState.Submitted }:
                        return MakeUpErrors.Decided();
                    case var other when other.Revision != input.Revision:
                        return SharedErrors.RevisionChanged();
                }

                if (input.Approve)
                {
                    if (await database.Set<Attendance>().AnyAsync(row => row.MeetingId == id && row.MemberId == memberId && row.State != AttendanceState.Pending, cancellation))
                    {
                        return MeetingsErrors.AlreadyPresent();
                    }

                    makeUp.Revision++;
                    var meeting = await database.Set<Meeting>().AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
                    await ApproveAsync(makeUp, meeting, by, input.Note, ledger, account, now, cancellation);
                }
                else
                {
                    (makeUp.State, makeUp.DecidedAt, makeUp.DecidedBy, makeUp.Note) = (MakeUpState.Returned, now, by, input.Note!.Trim());
                    makeUp.Revision++;
                }

                database.SignalChanged(Topics.Meetings, id);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, Guid memberId, RevokeMakeUp input, OperatorAccess access, HubDbContext db, HubWriter writer, PointsRules rules, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindMeeting.CheckAsync(db, access, id, cancellationToken) is { } error)
        {
            return Problems.From(error);
        }

        if (new Validation().Text(input.Reason, "reason", 200).Error() is { } invalid)
        {
            return Problems.From(invalid);
        }

        var (now, by) = (time.GetUtcNow(), access.Name);
        var result = await writer.WriteLedgerAsync(
            rules,
            memberId,
            async (locked, cancellation) =>
            {
                var (database, ledger, account) = locked;
                var makeUp = await FindAsync(database, id, memberId, cancellation);
                if (makeUp is not { State: MakeUpState.Approved })
                {
                    return makeUp is null ? MakeUpErrors.Unknown() : MakeUpErrors.NotApproved();
                }

                if (makeUp.Granted > 0)
                {
                    var meeting = await database.Set<Meeting>().AsNoTracking().SingleAsync(row => row.Id == id, cancellation);
                    var request = new PostingRequest(
                        memberId, PostingKind.Reversal, PointsRules.MakeUpRevoked, KeyOf(PointsRules.MakeUpRevoked, makeUp), id, makeUp.Granted, null, now, by, input.Reason.Trim());
                    await ledger.PostAsync(account, request, PointsRules.MakeUp, MeetingTimes.LocalDate(meeting.Start, meeting.TimeZone), keyIsNew: true, cancellation);
                }

                (makeUp.State, makeUp.DecidedAt, makeUp.DecidedBy, makeUp.Note, makeUp.Granted) = (MakeUpState.Revoked, now, by, input.Reason.Trim(), 0);
                makeUp.Revision++;
                database.SignalChanged(Topics.Meetings, id);
                return default(Done);
            },
            cancellationToken);
        return result.ToHttp();
    }

    /// <summary>Approves inside a write; the revision is new, and with it the key of the posting.</summary>
    public static async Task ApproveAsync(
        MakeUp makeUp, Meeting meeting, string by, string? note, LedgerStore ledger, AccountState account, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (makeUp.State, makeUp.DecidedAt, makeUp.DecidedBy) = (MakeUpState.Approved, now, by);
        makeUp.Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        if (meeting.MakeUpPoints <= 0)
        {
            return;
        }

        var request = new PostingRequest(
            makeUp.MemberId, PostingKind.Earn, PointsRules.MakeUp, KeyOf(PointsRules.MakeUp, makeUp), meeting.Id, meeting.MakeUpPoints, null, now, null, null);
        // The day of the meeting it stands for: caps are not run down by handing in late.
        var outcome = await ledger.PostAsync(
            account, request, PointsRules.MakeUp, MeetingTimes.LocalDate(meeting.Start, meeting.TimeZone), keyIsNew: true, cancellationToken);
        makeUp.Granted = meeting.MakeUpPoints - outcome.Posting!.Withheld;
    }

    private static string KeyOf(string rule, MakeUp makeUp) => MakeUp.PostingKey(rule, makeUp.MeetingId, makeUp.Revision);

    private static Task<MakeUp?> FindAsync(HubDbContext db, Guid meetingId, Guid memberId, CancellationToken cancellationToken) =>
        db.Set<MakeUp>().SingleOrDefaultAsync(row => row.MeetingId == meetingId && row.MemberId == memberId, cancellationToken);
}
