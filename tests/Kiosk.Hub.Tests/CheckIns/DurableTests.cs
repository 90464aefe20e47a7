using Kiosk.Contracts.CheckIns;
using Microsoft.Data.Sqlite;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>What the answer to a check-in rests on: a commit that is done, and a database that itself refuses a second of anything.</summary>
public sealed class DurableTests
{
    [Fact]
    public async Task Commit_that_fails_acknowledges_nothing_and_the_same_record_counts_once_there_is_room_again()
    {
        await using var evening = await Evening.StartAsync();
        var scan = evening.Hub.CardScan(evening.Meeting.Id, await evening.CardAsync());
        // Fails at COMMIT and not before: every statement of the batch goes well, as on a disk that is full when the log is written.
        await evening.Hub.TamperAsync($"""CREATE TABLE "NoRoom" ("Id" TEXT REFERENCES "Members" ("Id") DEFERRABLE INITIALLY DEFERRED)""");
        await evening.Hub.TamperAsync($"""CREATE TRIGGER "NoCommit" AFTER INSERT ON "CheckInRecords" BEGIN INSERT INTO "NoRoom" VALUES ('nobody'); END""");

        await Assert.ThrowsAsync<SqliteException>(() => evening.Hub.UploadScansAsync(evening.DisplayId, scan));
        Assert.Empty(await evening.RecordsAsync());
        Assert.Equal(0, (await evening.PointsAsync()).Available);

        await evening.Hub.TamperAsync($"""DROP TRIGGER "NoCommit" """);
        Assert.Equal(CheckInOutcome.Accepted, (await evening.Hub.UploadScansAsync(evening.DisplayId, scan))[0].Outcome);
        Assert.Single(await evening.RecordsAsync());
        Assert.Equal(2, (await evening.PointsAsync()).Available);
    }

    [Theory]
    [InlineData("CheckInRecords")]
    [InlineData("Attendance")]
    [InlineData("Postings")]
    public async Task Database_itself_refuses_a_second(string what)
    {
        await using var evening = await Evening.StartAsync();
        await evening.ScanAsync(await evening.CardAsync());
        FormattableString second = what switch
        {
            "CheckInRecords" => $"""INSERT INTO "CheckInRecords" SELECT * FROM "CheckInRecords" """,
            "Attendance" => $"""INSERT INTO "Attendance" SELECT * FROM "Attendance" """,
            // The same key under another number: what two kiosks that paid for one attendance would leave.
            _ => $"""
                INSERT INTO "Postings" ("MemberId", "Sequence", "Kind", "Rule", "Key", "MeetingId", "Requested", "Available", "Held", "Owed", "Withheld", "BalanceAfter", "At", "Hash")
                SELECT "MemberId", "Sequence" + 1, "Kind", "Rule", "Key", "MeetingId", "Requested", "Available", "Held", "Owed", "Withheld", "BalanceAfter", "At", "Hash" FROM "Postings"
                """,
        };
        await Assert.ThrowsAsync<SqliteException>(() => evening.Hub.TamperAsync(second));
    }
}
