using System.Data.Common;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Data;
using Kiosk.Hub.Points;

namespace Kiosk.Hub.CheckIns;

/// <summary>What a check-in is decided on, read inside its transaction. Hot path: prepared statements, the same on SQLite and PostgreSQL.</summary>
internal sealed class CheckInReader(Statements statements)
{
    private readonly Dictionary<Guid, MeetingFacts?> _meetings = [];

    /// <summary>The first answer to a record that was here before; null for a new one.</summary>
    public async ValueTask<CheckInReply?> FindAsync(CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            SELECT r."Outcome", r."Late", r."PointsGranted", r."PointsAvailable", r."MeetingId", r."MemberId", m."Name"
            FROM "CheckInRecords" r LEFT JOIN "Members" m ON m."Id" = r."MemberId" WHERE r."Id" = @id
            """, "id");
        command.Set("id", evidence.Id);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        var outcome = Enum.Parse<CheckInOutcome>(reader.GetString(0));
        var member = GuidOrNull(reader, 5);
        // Another check-in under a used id is no repeat; it is told nothing about the first.
        if (reader.GetGuid(4) != evidence.MeetingId || (member is not null && evidence.MemberId is not null && member != evidence.MemberId))
        {
            return new CheckInReply(new CheckInResult(evidence.Id, CheckInOutcome.UnknownCard, null, false, 0, null), Replayed: true, null);
        }

        var available = reader.IsDBNull(3) ? (int?)null : reader.GetInt32(3);
        var name = available is null || reader.IsDBNull(6) ? null : NameMask.Mask(reader.GetString(6));
        return new CheckInReply(new CheckInResult(evidence.Id, outcome, name, reader.GetBoolean(1), reader.GetInt32(2), available), Replayed: true, null);
    }

    /// <summary>The meeting as of this transaction; null when there is none.</summary>
    public async ValueTask<MeetingFacts?> MeetingAsync(Guid meetingId, CancellationToken cancellationToken)
    {
        if (_meetings.TryGetValue(meetingId, out var known))
        {
            return known;
        }

        var command = statements.Get($"""
            SELECT "State", "ClosedAt", "CheckInOpens", "LateAfter", "CheckInCloses", "MembersSession", "Points", "LatePoints", "TimeZone", "RoomId", "Start",
                   "End", "ExitScan", "ExitOpensMinutes", "GraceSeconds", "SignUp", "CancelledAt"
            FROM "Meetings" WHERE "Id" = @id {(statements.IsPostgres ? "FOR KEY SHARE" : "")}
            """, "id");
        command.Set("id", meetingId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return _meetings[meetingId] = null;
        }

        var exit = Enum.Parse<ExitScan>(reader.GetString(12));
        return _meetings[meetingId] = new MeetingFacts(
            meetingId,
            reader.GetString(0) == nameof(Contracts.Feeds.MeetingState.Cancelled) ? InstantOrNull(reader, 16) ?? DateTimeOffset.MinValue : null,
            InstantOrNull(reader, 1),
            Instant(reader, 2),
            Instant(reader, 3),
            Instant(reader, 4),
            reader.GetBoolean(5),
            reader.GetInt32(6),
            reader.GetInt32(7),
            reader.GetString(8),
            reader.GetGuid(9),
            Instant(reader, 10))
        {
            Exit = ExitWindow.Of(exit, Instant(reader, 11), InstantOrNull(reader, 1), reader.GetInt32(13)),
            ExitRequired = exit is ExitScan.Required && reader.GetString(0) != nameof(Contracts.Feeds.MeetingState.Cancelled),
            Grace = TimeSpan.FromSeconds(reader.GetInt32(14)),
            SignUp = reader.GetBoolean(15),
        };
    }

    public async ValueTask<(CheckInFacts Facts, AccountState Account)> FactsAsync(
        CheckInEvidence evidence, MeetingFacts? meeting, CancellationToken cancellationToken)
    {
        if (evidence.MemberId is not { } memberId)
        {
            return (new CheckInFacts(meeting, null, false, null, null), AccountState.Empty);
        }

        var command = statements.Get("""
            SELECT m."Name", m."Suspended", r."Votes", a."State", a."At", a."Trusted", a."Revision", a."UndoneAt", a."Granted", a."Records",
                   p."Available", p."Held", p."Owed", p."Sequence", p."Hash", c."RevokedAt", c."MemberId",
                   a."CheckInId", a."LeftAt", u."Granted",
                   CASE WHEN m."Status" = 'Floating' AND m."OrgUnitId" <> (SELECT g."OrgUnitId" FROM "Meetings" g WHERE g."Id" = @meeting) THEN 1 ELSE 0 END,
                   CASE WHEN EXISTS (SELECT 1 FROM "CheckInRecords" k WHERE k."MeetingId" = @meeting AND k."MemberId" = m."Id" AND k."Kind" = 'Undo') THEN 1 ELSE 0 END
            FROM "Members" m
            LEFT JOIN "RosterMembers" r ON r."MeetingId" = @meeting AND r."MemberId" = m."Id"
            LEFT JOIN "Attendance" a ON a."MeetingId" = @meeting AND a."MemberId" = m."Id"
            LEFT JOIN "PointsAccounts" p ON p."MemberId" = m."Id"
            LEFT JOIN "MakeUps" u ON u."MeetingId" = @meeting AND u."MemberId" = m."Id"
            LEFT JOIN "MemberCards" c ON c."Serial" = @serial
            WHERE m."Id" = @member
            """, "member", "meeting", "serial");
        command.Set("member", memberId);
        command.Set("meeting", evidence.MeetingId);
        command.Set("serial", evidence.CardSerial);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return (new CheckInFacts(meeting, null, false, null, null), AccountState.Empty);
        }

        var current = reader.IsDBNull(3) ? null : new AttendanceFacts(
            Enum.Parse<AttendanceState>(reader.GetString(3)), Instant(reader, 4), reader.GetBoolean(5), reader.GetInt32(6),
            reader.GetInt32(8), reader.GetInt32(9)) { CheckInId = reader.GetGuid(17), LeftAt = InstantOrNull(reader, 18) };
        var account = reader.IsDBNull(10) ? AccountState.Empty : LedgerStore.StateFrom(reader, 10);
        var member = new MemberFacts(memberId, reader.GetString(0), reader.GetBoolean(1)) { Floating = reader.GetInt32(20) == 1 };
        // A serial of somebody else's card cannot come with a good signature; if it does, the card counts as unknown.
        var foreign = GuidOrNull(reader, 16) is { } owner && owner != memberId;
        var facts = new CheckInFacts(meeting, foreign ? null : member, !reader.IsDBNull(2), current, InstantOrNull(reader, 15))
        {
            MadeUp = reader.IsDBNull(19) ? 0 : reader.GetInt32(19), UndoneAt = InstantOrNull(reader, 7), AnyUndo = reader.GetInt32(21) == 1,
        };
        await reader.DisposeAsync();
        if ((facts.AnyUndo || facts.UndoneAt is not null) && evidence.Clock is not ClockState.Unknown)
        {
            facts = facts with { UndoneAt = await TakenBack.UntilAsync(statements, evidence, cancellationToken) };
        }

        // Where exits are not recorded the host may have said "left" all the same.
        return (meeting is not null && current is null or { State: AttendanceState.Pending } && (meeting?.Exit is not null || facts.AnyUndo)
            ? facts with { SeenLeaving = await SeenLeavingAsync(evidence, meeting!.Exit ?? (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), facts.UndoneAt, cancellationToken) }
            : facts, account);
    }

    /// <summary>The exit may be here before the arrival, from a kiosk that had a link.</summary>
    private async ValueTask<DateTimeOffset?> SeenLeavingAsync(
        CheckInEvidence evidence, (DateTimeOffset Opens, DateTimeOffset Closes) exit, DateTimeOffset? undoneAt, CancellationToken cancellationToken)
    {
        var command = statements.Get($"""
            SELECT MAX(r."CountedAt") FROM "CheckInRecords" r WHERE r."MeetingId" = @meeting AND r."MemberId" = @member AND r."Clock" <> 'Unknown'
                AND ((r."Kind" = 'Exit' AND r."Outcome" = 'Left') OR (r."Kind" = 'Sighting' AND r."CountedAt" >= @opens AND r."CountedAt" < @closes
                    AND r."Outcome" IN ('TooLate', 'NotOnRoster', 'Guest', 'Accepted', 'AlreadyCheckedIn', 'Left')))
                AND r."CountedAt" > @undone AND {TakenBack.Stands}
            """, "meeting", "member", "opens", "closes", "undone");
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", evidence.MemberId);
        command.Set("opens", exit.Opens);
        command.Set("closes", exit.Closes);
        command.Set("undone", undoneAt ?? DateTimeOffset.UnixEpoch);
        return await command.ExecuteScalarAsync(cancellationToken) is long milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    private static DateTimeOffset Instant(DbDataReader reader, int at) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(at));

    private static DateTimeOffset? InstantOrNull(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : Instant(reader, at);

    private static Guid? GuidOrNull(DbDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetGuid(at);
}
