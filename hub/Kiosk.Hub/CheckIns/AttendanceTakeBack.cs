using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.MakeUps;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Points;

namespace Kiosk.Hub.CheckIns;

/// <summary>Takes an attendance or an exit back inside a write; what it brought is reversed by a posting of its own.</summary>
internal sealed class AttendanceTakeBack(Statements statements, LedgerStore ledger)
{
    /// <summary>Who takes back, why, and from which instant on a check-in counts again.</summary>
    internal sealed record Order(MeetingFacts Meeting, Guid MemberId, Guid CheckInId, DateTimeOffset UndoneAt, DateTimeOffset Now, string By, string Reason, UndoSource Source);

    /// <summary>The record that a device wants to take back, and what rests on it and on what the device saw of the member from then until the undo.</summary>
    public async ValueTask<UndoneRecord?> FindAsync(CheckInEvidence undo, AttendanceFacts? current, CancellationToken cancellationToken)
    {
        var command = statements.Get($"""
            SELECT x."Id", x."MeetingId", x."MemberId", x."DisplayId", x."Method", x."ObservedAt", x."Clock", x."BootId", x."MonotonicMs",
                (SELECT COUNT(*) FROM "CheckInRecords" r WHERE r."MeetingId" = @meeting AND r."MemberId" = @member AND r."Id" = @counted
                    AND (r."Id" = x."Id" OR ({TakenBack.SameHand} AND r."CountedAt" <= @at))),
                (SELECT COUNT(*) FROM "CheckInRecords" r WHERE r."MeetingId" = @meeting AND r."MemberId" = @member AND r."CountedAt" = @left AND r."Kind" = 'Sighting'
                    AND (r."Id" = x."Id" OR ({TakenBack.SameHand} AND r."CountedAt" <= @at))),
                x."Outcome"
            FROM "CheckInRecords" x WHERE x."Id" = @id AND x."Kind" <> 'Undo'
            """, "id", "meeting", "member", "counted", "left", "at");
        command.Set("id", undo.Undoes);
        command.Set("meeting", undo.MeetingId);
        command.Set("member", undo.MemberId);
        command.Set("counted", current?.CheckInId ?? Guid.Empty);
        command.Set("left", current?.LeftAt ?? DateTimeOffset.UnixEpoch);
        command.Set("at", CheckInRules.InstantOf(undo));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) ? null : new UndoneRecord(
            reader.GetGuid(0), reader.GetGuid(1), reader.IsDBNull(2) ? null : reader.GetGuid(2), reader.IsDBNull(3) ? null : reader.GetGuid(3),
            Enum.Parse<CheckInMethod>(reader.GetString(4)), Instant(reader.GetInt64(5)), Enum.Parse<ClockState>(reader.GetString(6)),
            reader.IsDBNull(7) ? null : reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetInt64(8),
            reader.GetInt64(9) > 0, reader.GetInt64(10) > 0, reader.GetString(11) == nameof(CheckInOutcome.Left));
    }

    /// <summary>By the device that recorded it; from the undo on a new scan counts.</summary>
    public ValueTask<AccountState> AttendanceAsync(CheckInEvidence undo, CheckInFacts facts, AccountState account, CancellationToken cancellationToken) =>
        ApplyAsync(
            new Order(facts.Meeting!, undo.MemberId!.Value, facts.Current!.CheckInId, CheckInRules.InstantOf(undo), undo.ReceivedAt, undo.By ?? "", undo.Reason ?? "", SourceOf(undo)),
            facts.Current, account, cancellationToken);

    public async ValueTask<AccountState> ApplyAsync(Order order, AttendanceFacts current, AccountState account, CancellationToken cancellationToken)
    {
        account = await ReverseAsync(order, current, account, cancellationToken);
        await NoteAsync(order, cancellationToken);
        var command = statements.Get("""
            UPDATE "Attendance" SET "State" = 'Pending', "UndoneAt" = CASE WHEN "UndoneAt" > @at THEN "UndoneAt" ELSE @at END, "LeftAt" = NULL, "Granted" = 0, "Revision" = "Revision" + 1
            WHERE "MeetingId" = @meeting AND "MemberId" = @member
            """, "at", "meeting", "member");
        command.Set("at", order.UndoneAt);
        command.Set("meeting", order.Meeting.Id);
        command.Set("member", order.MemberId);
        await command.ExecuteNonQueryAsync(cancellationToken);
        if (order.Meeting.SignUp)
        {
            await WithdrawAsync(order, cancellationToken);
        }

        return account;
    }

    // Whose coming was their sign-up has not signed up after all; who did so before stays.
    private async ValueTask WithdrawAsync(Order order, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            UPDATE "RosterMembers" SET "Kind" = 'Eligible', "SignedUpAt" = NULL WHERE "MeetingId" = @meeting AND "MemberId" = @member AND "Kind" = 'Expected'
                AND "SignedUpAt" IN (SELECT "ReceivedAt" FROM "CheckInRecords" WHERE "MeetingId" = @meeting AND "MemberId" = @member AND "Kind" <> 'Undo')
            """, "meeting", "member");
        command.Set("meeting", order.Meeting.Id);
        command.Set("member", order.MemberId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>An undo that came before the record it names; it is kept as one of an unknown record.</summary>
    public async ValueTask<CheckInEvidence?> KeptAsync(CheckInEvidence sighting, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            SELECT "Id", "ObservedAt", "ReceivedAt", "Clock", "BootId", "MonotonicMs" FROM "CheckInRecords"
            WHERE "MeetingId" = @meeting AND "MemberId" = @member AND "Kind" = 'Undo' AND "Undoes" = @id AND "Outcome" = 'WrongMeeting'
                AND "DisplayId" = @display AND "Method" = @method
            ORDER BY "CountedAt" LIMIT 1
            """, "meeting", "member", "id", "display", "method");
        command.Set("meeting", sighting.MeetingId);
        command.Set("member", sighting.MemberId);
        command.Set("id", sighting.Id);
        command.Set("display", sighting.DisplayId);
        command.Set("method", sighting.Method.ToString());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken) ? null : new CheckInEvidence(
            reader.GetGuid(0), sighting.MeetingId, sighting.MemberId, sighting.Method, sighting.DisplayId, Instant(reader.GetInt64(1)), Instant(reader.GetInt64(2)),
            Enum.Parse<ClockState>(reader.GetString(3)))
        {
            BootId = reader.IsDBNull(4) ? null : reader.GetString(4), MonotonicMs = reader.IsDBNull(5) ? null : reader.GetInt64(5),
            Kind = CheckInKind.Undo, Undoes = sighting.Id,
        };
    }

    /// <summary>What else was seen of the member, earliest first, that no device took back and the host did not put aside.</summary>
    public async ValueTask<IReadOnlyList<CheckInEvidence>> OthersAsync(CheckInEvidence undo, CancellationToken cancellationToken)
    {
        var command = statements.Get($"""
            SELECT r."Id", r."Method", r."DisplayId", r."ObservedAt", r."ReceivedAt", r."Clock", r."CardSerial",
                CASE WHEN (r."Method" = 'Paper' OR EXISTS (
                        SELECT 1 FROM "RecordSettlements" w WHERE w."MeetingId" = r."MeetingId" AND w."At" = r."ReceivedAt" AND w."By" = r."By" AND r."Method" = 'Helper'))
                    AND NOT EXISTS (SELECT 1 FROM "AttendanceUndos" a
                        WHERE a."MeetingId" = r."MeetingId" AND a."MemberId" = r."MemberId" AND a."Source" = 'Host' AND a."At" >= r."ReceivedAt") THEN 1 ELSE 0 END
            FROM "CheckInRecords" r
            WHERE r."MeetingId" = @meeting AND r."MemberId" = @member AND r."Kind" = 'Sighting' AND r."Clock" <> 'Unknown'
                AND r."Outcome" IN ('Accepted', 'AlreadyCheckedIn', 'Left') AND {TakenBack.Stands}
                AND NOT EXISTS (SELECT 1 FROM "RecordSettlements" s WHERE s."RecordId" = r."Id")
            ORDER BY r."CountedAt", r."Id"
            """, "meeting", "member");
        command.Set("meeting", undo.MeetingId);
        command.Set("member", undo.MemberId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var others = new List<CheckInEvidence>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var method = Enum.Parse<CheckInMethod>(reader.GetString(1));
            others.Add(new CheckInEvidence(
                reader.GetGuid(0), undo.MeetingId, undo.MemberId, method, reader.IsDBNull(2) ? null : reader.GetGuid(2), Instant(reader.GetInt64(3)), Instant(reader.GetInt64(4)),
                Enum.Parse<ClockState>(reader.GetString(5)))
            {
                // What the host confirmed stays confirmed, unless the host took it back since; whom the host let in is let in.
                HostDecides = reader.GetInt32(7) == 1,
                CardSerial = reader.IsDBNull(6) ? null : reader.GetInt32(6), Admitted = method is CheckInMethod.Helper or CheckInMethod.Paper,
            });
        }

        return others;
    }

    /// <summary>What became of an undo.</summary>
    public async ValueTask AnswerAsync(Guid id, CheckInOutcome outcome, int? available, CancellationToken cancellationToken)
    {
        var command = statements.Get("""UPDATE "CheckInRecords" SET "Outcome" = @outcome, "PointsAvailable" = @available WHERE "Id" = @id""", "outcome", "available", "id");
        command.Set("outcome", outcome.ToString());
        command.Set("available", available);
        command.Set("id", id);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A make-up that had given way to an attendance stands again when that was taken back and nothing else took its place.</summary>
    public async ValueTask<AccountState> RestoreMakeUpAsync(MeetingFacts meeting, Guid memberId, DateTimeOffset now, AccountState account, CancellationToken cancellationToken)
    {
        var found = statements.Get("""
            SELECT u."Revision", m."MakeUpPoints" FROM "MakeUps" u JOIN "Meetings" m ON m."Id" = u."MeetingId"
            WHERE u."MeetingId" = @meeting AND u."MemberId" = @member AND u."State" = 'Superseded'
            """, "meeting", "member");
        found.Set("meeting", meeting.Id);
        found.Set("member", memberId);
        int revision, points;
        await using (var reader = await found.ExecuteReaderAsync(cancellationToken))
        {
            if (!await reader.ReadAsync(cancellationToken))
            {
                return account;
            }

            (revision, points) = (reader.GetInt32(0) + 1, reader.GetInt32(1));
        }

        var granted = 0;
        if (points > 0)
        {
            var request = new PostingRequest(
                memberId, PostingKind.Earn, PointsRules.MakeUp, MakeUp.PostingKey(PointsRules.MakeUp, meeting.Id, revision), meeting.Id, points, null, now, null, null);
            var outcome = await ledger.PostAsync(account, request, PointsRules.MakeUp, MeetingTimes.LocalDate(meeting.Start, meeting.TimeZone), keyIsNew: true, cancellationToken);
            (granted, account) = (points - outcome.Posting!.Withheld, outcome.Account);
        }

        var command = statements.Get("""
            UPDATE "MakeUps" SET "State" = 'Approved', "Granted" = @granted, "Revision" = @revision WHERE "MeetingId" = @meeting AND "MemberId" = @member
            """, "granted", "revision", "meeting", "member");
        command.Set("granted", granted);
        command.Set("revision", revision);
        command.Set("meeting", meeting.Id);
        command.Set("member", memberId);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return account;
    }

    /// <summary>The newest other record of the member leaving that nobody has taken back, or null.</summary>
    private async ValueTask<DateTimeOffset?> OtherExitAsync(CheckInEvidence undo, CheckInFacts facts, CancellationToken cancellationToken)
    {
        var command = statements.Get($"""
            SELECT MAX(r."CountedAt") FROM "CheckInRecords" r WHERE r."MeetingId" = @meeting AND r."MemberId" = @member AND r."Clock" <> 'Unknown' AND r."CountedAt" > @after
                AND (r."Outcome" = 'Left' OR (r."Kind" = 'Sighting' AND r."Outcome" IN ('TooLate', 'NotOnRoster', 'Guest', 'Accepted', 'AlreadyCheckedIn') AND r."CountedAt" >= @opens AND r."CountedAt" < @closes))
                AND {TakenBack.Stands}
            """, "meeting", "member", "after", "opens", "closes");
        var (meeting, after) = (facts.Meeting!, facts.Current!.At + ExitWindow.ShortestStay);
        command.Set("meeting", meeting.Id);
        command.Set("member", undo.MemberId);
        command.Set("after", facts.UndoneAt > after ? facts.UndoneAt.Value : after);
        command.Set("opens", meeting.Exit?.Opens ?? DateTimeOffset.UnixEpoch);
        command.Set("closes", meeting.Exit?.Closes ?? DateTimeOffset.UnixEpoch);
        return await command.ExecuteScalarAsync(cancellationToken) is long milliseconds ? Instant(milliseconds) : null;
    }

    /// <summary>The member has not left after all: points that came with the exit wait for it again, unless another exit stands.</summary>
    public async ValueTask<AccountState> ExitAsync(CheckInEvidence undo, CheckInFacts facts, AccountState account, CancellationToken cancellationToken)
    {
        var (meeting, current) = (facts.Meeting!, facts.Current!);
        var order = new Order(meeting, undo.MemberId!.Value, undo.Undoes!.Value, CheckInRules.InstantOf(undo), undo.ReceivedAt, undo.By ?? "", undo.Reason ?? "", SourceOf(undo));
        var other = await OtherExitAsync(undo, facts, cancellationToken);
        var reverses = meeting.ExitRequired && other is null;
        account = reverses ? await ReverseAsync(order, current, account, cancellationToken) : account;
        await NoteAsync(order, cancellationToken);
        var command = statements.Get("""
            UPDATE "Attendance" SET "LeftAt" = @left, "Granted" = @granted, "Revision" = "Revision" + @step WHERE "MeetingId" = @meeting AND "MemberId" = @member
            """, "left", "granted", "step", "meeting", "member");
        command.Set("left", other);
        command.Set("granted", reverses ? 0 : current.Granted);
        command.Set("step", reverses ? 1 : 0);
        command.Set("meeting", meeting.Id);
        command.Set("member", undo.MemberId);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return account;
    }

    private async ValueTask<AccountState> ReverseAsync(Order order, AttendanceFacts current, AccountState account, CancellationToken cancellationToken)
    {
        if (current.Granted <= 0)
        {
            return account;
        }

        var request = new PostingRequest(
            order.MemberId, PostingKind.Reversal, PointsRules.AttendanceUndone, $"{PointsRules.AttendanceUndone}:{order.Meeting.Id:N}:{current.Revision}",
            order.Meeting.Id, current.Granted, null, order.Now, order.By, order.Reason);
        return (await ledger.PostAsync(
            account, request, PointsRules.Attendance, MeetingTimes.LocalDate(current.At, order.Meeting.TimeZone), keyIsNew: true, cancellationToken)).Account;
    }

    private async ValueTask NoteAsync(Order order, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            INSERT INTO "AttendanceUndos" ("Id", "MeetingId", "MemberId", "CheckInId", "At", "By", "Source", "Reason")
            VALUES (@id, @meeting, @member, @record, @at, @by, @source, @reason)
            """, "id", "meeting", "member", "record", "at", "by", "source", "reason");
        command.Set("id", Guid.CreateVersion7(order.Now));
        command.Set("meeting", order.Meeting.Id);
        command.Set("member", order.MemberId);
        command.Set("record", order.CheckInId);
        command.Set("at", order.Now);
        command.Set("by", order.By);
        command.Set("source", order.Source.ToString());
        command.Set("reason", order.Reason);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static UndoSource SourceOf(CheckInEvidence undo) => undo.Method is CheckInMethod.Phone ? UndoSource.Phone : UndoSource.Kiosk;

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
