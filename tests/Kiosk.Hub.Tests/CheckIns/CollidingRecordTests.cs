using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>On PostgreSQL some faults look like two writers meeting; one that comes every time must not stop everybody's check-ins.</summary>
[Trait(Databases.Trait, Databases.Postgres)]
public sealed class CollidingRecordTests
{
    [Theory]
    [InlineData("23505", CheckInOutcome.WrongMeeting)]
    [InlineData("23503", CheckInOutcome.WrongMeeting)]
    [InlineData("40001", null)]
    public async Task One_record_that_collides_every_time_leaves_those_beside_it_stored(string state, CheckInOutcome? expected)
    {
        await using var evening = await Evening.StartAsync();
        var bad = evening.Members[0].Id;
        await evening.Hub.TamperAsync($"""
            CREATE FUNCTION collide() RETURNS trigger AS $$ BEGIN IF NEW."MemberId" = TG_ARGV[0]::uuid THEN RAISE EXCEPTION 'planted' USING ERRCODE = TG_ARGV[1]; END IF; RETURN NEW; END $$ LANGUAGE plpgsql
            """);
        await evening.Hub.TamperAsync(System.Runtime.CompilerServices.FormattableStringFactory.Create(
            $"CREATE TRIGGER collide BEFORE INSERT ON \"Attendance\" FOR EACH ROW EXECUTE FUNCTION collide('{bad}', '{state}')"));
        var good = await Task.WhenAll(Enumerable.Range(1, 2).Select(async at => evening.Hub.CardScan(evening.Meeting.Id, await evening.CardAsync(at))));
        var broken = evening.Hub.CardScan(evening.Meeting.Id, await evening.CardAsync());

        CheckInEntry[] scans = [broken, .. good];
        var uploads = scans.Select(scan => evening.Hub.UploadScansAsync(evening.DisplayId, scan)).ToList();
        foreach (var upload in uploads.Skip(1))
        {
            Assert.Equal(CheckInOutcome.Accepted, (await upload)[0].Outcome);
        }

        if (expected is { } outcome)
        {
            Assert.Equal(outcome, (await uploads[0])[0].Outcome);
        }
        else
        {
            await Assert.ThrowsAnyAsync<Exception>(() => uploads[0]);
        }

        Assert.Equal(2, (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary.Present);
    }
}
