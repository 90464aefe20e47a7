using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;

namespace Kiosk.Hub.FairPlay;

/// <summary>What is known of the phone behind a check-in; hashes only.</summary>
internal sealed record PhoneEvidence(string Browser, string Network, string? DisplayNetwork, long Step, int CodeAgeMs, bool Declared)
{
    /// <summary>Written in the transaction of the record it belongs to.</summary>
    public async ValueTask InsertAsync(Statements statements, CheckInEvidence evidence, CancellationToken cancellationToken)
    {
        if (evidence is not { MemberId: { } member, DisplayId: { } display })
        {
            return;
        }

        var command = statements.Get("""
            INSERT INTO "PhoneTraces" ("RecordId", "MeetingId", "MemberId", "DisplayId", "Browser", "Network", "DisplayNetwork", "Step", "CodeAgeMs", "Declared", "At")
            VALUES (@record, @meeting, @member, @display, @browser, @network, @displayNetwork, @step, @age, @declared, @at)
            """, "record", "meeting", "member", "display", "browser", "network", "displayNetwork", "step", "age", "declared", "at");
        command.Set("record", evidence.Id);
        command.Set("meeting", evidence.MeetingId);
        command.Set("member", member);
        command.Set("display", display);
        command.Set("browser", Browser);
        command.Set("network", Network);
        command.Set("displayNetwork", DisplayNetwork);
        command.Set("step", Step);
        command.Set("age", CodeAgeMs);
        command.Set("declared", Declared);
        command.Set("at", evidence.ObservedAt);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
