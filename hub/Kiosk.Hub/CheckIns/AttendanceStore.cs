using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Points;

namespace Kiosk.Hub.CheckIns;

/// <summary>Writes what a check-in changes: the attendance, the sign-up that comes with it and the points it brings. Hot path: prepared statements, the same on SQLite and PostgreSQL.</summary>
internal sealed class AttendanceStore(Statements statements, LedgerStore ledger)
{
    /// <summary>Key of what an attendance brings; a new revision is paid anew.</summary>
    public static string KeyOf(Guid meetingId, int revision) => $"{PointsRules.Attendance}:{meetingId:N}:{revision}";

    /// <summary>Writes the change and pays what it brings; answers what was granted.</summary>
    /// <param name="counts">The evidence is a new record, not one that was here before.</param>
    public async ValueTask<(int Granted, AccountState Account)> ChangeAsync(
        CheckInEvidence evidence, CheckInFacts facts, AttendanceChange change, AccountState account, bool counts, CancellationToken cancellationToken)
    {
        var (meeting, current) = (facts.Meeting!, facts.Current);
        if (facts.MadeUp > 0)
        {
            account = await SupersedeMakeUpAsync(evidence, meeting, facts.MadeUp, change.Revision, account, cancellationToken);
        }

        await MoveCapAsync(evidence, meeting, current, change, cancellationToken);
        var granted = 0;
        var worth = change.Points - (change.Lift ? current!.Granted : 0);
        var newRevision = current?.Revision != change.Revision;
        if (newRevision && change.Pays && worth > 0)
        {
            (granted, account) = await PayAsync(evidence, meeting, change, current, worth, account, cancellationToken);
        }

        await SaveAsync(evidence, current, change, granted + (change.Lift || !newRevision ? current!.Granted : 0), counts, cancellationToken);
        if (meeting.SignUp)
        {
            await SignUpAsync(evidence, cancellationToken);
        }

        return (granted, account);
    }

    /// <summary>The record changes nothing but is one more.</summary>
    public async ValueTask CountRecordAsync(CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            UPDATE "Attendance" SET "Records" = "Records" + 1 WHERE "MeetingId" = @meeting AND "MemberId" = @member
            """, "meeting", "member");
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", evidence.MemberId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Who turns out to have been there has nothing to make up for.</summary>
    private async ValueTask<AccountState> SupersedeMakeUpAsync(
        CheckInEvidence evidence, MeetingFacts meeting, int granted, int revision, AccountState account, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            UPDATE "MakeUps" SET "State" = 'Superseded', "Granted" = 0, "Revision" = "Revision" + 1 WHERE "MeetingId" = @meeting AND "MemberId" = @member
            """, "meeting", "member");
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", evidence.MemberId);
        await command.ExecuteNonQueryAsync(cancellationToken);
        var request = new PostingRequest(
            evidence.MemberId!.Value, PostingKind.Reversal, PointsRules.MakeUpSuperseded, $"{PointsRules.MakeUpSuperseded}:{meeting.Id:N}:{revision}", meeting.Id, granted, null,
            evidence.ReceivedAt, null, null);
        return (await ledger.PostAsync(
            account, request, PointsRules.MakeUp, MeetingTimes.LocalDate(meeting.Start, meeting.TimeZone), keyIsNew: true, cancellationToken)).Account;
    }

    private async ValueTask<(int Granted, AccountState Account)> PayAsync(
        CheckInEvidence evidence, MeetingFacts meeting, AttendanceChange change, AttendanceFacts? current, int worth, AccountState account, CancellationToken cancellationToken)
    {
        var rule = change.Lift && current is { Granted: > 0 } ? PointsRules.AttendanceInTimeAfterAll
            : change.State is AttendanceState.Late ? PointsRules.AttendanceLate
            : PointsRules.Attendance;
        var request = new PostingRequest(
            evidence.MemberId!.Value, PostingKind.Earn, rule, KeyOf(meeting.Id, change.Revision), meeting.Id, worth, null, evidence.ReceivedAt, null, null);
        var outcome = await ledger.PostAsync(
            account, request, PointsRules.Attendance, MeetingTimes.LocalDate(change.At, meeting.TimeZone), keyIsNew: true, cancellationToken);
        return (worth - outcome.Posting!.Withheld, outcome.Account);
    }

    /// <summary>Everything an attendance has brought counts on the day of the instant that counts: an undo gives it back there.</summary>
    private async ValueTask MoveCapAsync(CheckInEvidence evidence, MeetingFacts meeting, AttendanceFacts? current, AttendanceChange change, CancellationToken cancellationToken)
    {
        if (current is { Granted: > 0 } && current.At != change.At
            && (MeetingTimes.LocalDate(current.At, meeting.TimeZone), MeetingTimes.LocalDate(change.At, meeting.TimeZone)) is var (from, to) && from != to)
        {
            await ledger.MoveAsync(evidence.MemberId!.Value, PointsRules.Attendance, from, to, current.Granted, cancellationToken);
        }
    }

    private async ValueTask SaveAsync(
        CheckInEvidence evidence, AttendanceFacts? current, AttendanceChange change, int granted, bool counts, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            INSERT INTO "Attendance" ("MeetingId", "MemberId", "State", "At", "Trusted", "Revision", "CheckInId", "UndoneAt", "LeftAt", "Granted", "Records")
            VALUES (@meeting, @member, @state, @at, @trusted, @revision, @record, NULL, @left, @granted, 1)
            ON CONFLICT ("MeetingId", "MemberId") DO UPDATE SET "State" = @state, "At" = @at, "Trusted" = @trusted, "Revision" = @revision,
                "CheckInId" = @record, "LeftAt" = @left, "Granted" = @granted, "Records" = "Attendance"."Records" + @records
            """, "meeting", "member", "state", "at", "trusted", "revision", "record", "left", "granted", "records");
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", evidence.MemberId);
        command.Set("left", change.LeftAt);
        command.Set("state", change.State.ToString());
        command.Set("at", change.At);
        command.Set("trusted", change.Trusted);
        command.Set("revision", change.Revision);
        command.Set("record", change.KeepsRecord ? current!.CheckInId : evidence.Id);
        command.Set("granted", granted);
        command.Set("records", counts ? 1 : 0);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // Who comes without having signed up has done so by coming.
    private async ValueTask SignUpAsync(CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            UPDATE "RosterMembers" SET "Kind" = 'Expected', "SignedUpAt" = @at WHERE "MeetingId" = @meeting AND "MemberId" = @member AND "Kind" = 'Eligible'
            """, "meeting", "member", "at");
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", evidence.MemberId);
        command.Set("at", evidence.ReceivedAt);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
