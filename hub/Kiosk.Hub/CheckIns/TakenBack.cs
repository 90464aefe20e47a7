using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;

namespace Kiosk.Hub.CheckIns;

/// <summary>
/// What no longer counts. The host's undo takes back whatever anybody had seen until then. A device's takes back its own record, and what that device saw
/// between the two, which is the same card in the hand; what others saw is not its to undo. See docs/decisions/0008.
/// </summary>
internal static class TakenBack
{
    /// <summary>Condition on a record <c>r</c>: the same card in the hand before the device that made <c>x</c>, then or later.</summary>
    public const string SameHand = """r."DisplayId" = x."DisplayId" AND r."Method" = x."Method" AND r."CountedAt" >= x."CountedAt" """;

    /// <summary>Condition on a record <c>r</c>: no device has taken it back.</summary>
    public const string Stands = $"""
        NOT EXISTS (SELECT 1 FROM "CheckInRecords" u JOIN "CheckInRecords" x ON x."Id" = u."Undoes"
            WHERE u."MeetingId" = r."MeetingId" AND u."MemberId" = r."MemberId" AND u."Kind" = 'Undo' AND u."Outcome" IN ('TakenBack', 'AlreadyCheckedIn')
                AND (x."Id" = r."Id" OR ({SameHand} AND r."CountedAt" <= u."CountedAt")))
        """;

    /// <summary>Nothing seen up to here counts, of what this device may say; null when nothing was taken back.</summary>
    public static async ValueTask<DateTimeOffset?> UntilAsync(Statements statements, CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            SELECT MAX(t."At") FROM (
                SELECT a."At" AS "At" FROM "AttendanceUndos" a WHERE a."MeetingId" = @meeting AND a."MemberId" = @member AND a."Source" = 'Host'
                UNION ALL
                SELECT u."CountedAt" FROM "CheckInRecords" u JOIN "CheckInRecords" x ON x."Id" = u."Undoes"
                WHERE u."MeetingId" = @meeting AND u."MemberId" = @member AND u."Kind" = 'Undo' AND u."Outcome" IN ('TakenBack', 'AlreadyCheckedIn')
                    AND u."DisplayId" = @display AND u."Method" = @method AND x."CountedAt" <= @at AND u."CountedAt" >= @at) t
            """, "meeting", "member", "display", "method", "at");
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", evidence.MemberId);
        // An undo asks what stands against the exits of others.
        command.Set("display", evidence.Kind is CheckInKind.Undo ? null : evidence.DisplayId);
        command.Set("method", evidence.Method.ToString());
        command.Set("at", CheckInRules.InstantOf(evidence));
        return await command.ExecuteScalarAsync(cancellationToken) is long milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }

    /// <summary>Records that nobody took back, neither the host nor the device that made them.</summary>
    public static IQueryable<CheckInRecord> Standing(HubDbContext db) => db.Set<CheckInRecord>().Where(record =>
        !db.Set<AttendanceUndo>().Any(host => host.MeetingId == record.MeetingId && host.MemberId == record.MemberId && host.Source == UndoSource.Host && host.At >= record.CountedAt)
        && !(from undo in db.Set<CheckInRecord>()
             join named in db.Set<CheckInRecord>() on undo.Undoes equals named.Id
             where undo.MeetingId == record.MeetingId && undo.MemberId == record.MemberId && undo.Kind == CheckInKind.Undo
                 && (undo.Outcome == CheckInOutcome.TakenBack || undo.Outcome == CheckInOutcome.AlreadyCheckedIn)
                 && (named.Id == record.Id || (undo.DisplayId == record.DisplayId && undo.Method == record.Method && named.CountedAt <= record.CountedAt && undo.CountedAt >= record.CountedAt))
             select undo.Id).Any());
}
