using Kiosk.Hub.Data;

namespace Kiosk.Hub.CheckIns;

/// <summary>A record is settled once: in the transaction of the check-in it brings, so that two hosts at once never count it for two people.</summary>
internal static class SettlementClaim
{
    /// <summary>False when somebody has settled the record already.</summary>
    public static async ValueTask<bool> MakeAsync(Statements statements, CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            INSERT INTO "RecordSettlements" ("RecordId", "MeetingId", "Accepted", "At", "By", "Reason")
            VALUES (@record, @meeting, @accepted, @at, @by, @reason) ON CONFLICT ("RecordId") DO NOTHING
            """, "record", "meeting", "accepted", "at", "by", "reason");
        command.Set("record", evidence.Settles);
        command.Set("meeting", evidence.MeetingId);
        command.Set("accepted", true);
        command.Set("at", evidence.ReceivedAt);
        command.Set("by", evidence.By);
        command.Set("reason", evidence.Reason);
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>The check-in was refused: the record waits on.</summary>
    public static async ValueTask DropAsync(Statements statements, CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        var command = statements.Get("""DELETE FROM "RecordSettlements" WHERE "RecordId" = @record""", "record");
        command.Set("record", evidence.Settles);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
