using System.Net.Http.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>A kiosk that was without a link takes its own record back: what others have said about the member meanwhile stays said.</summary>
public class UndoBesidesTests
{
    [Theory]
    [InlineData("sheet scan undo")]
    [InlineData("scan sheet undo")]
    [InlineData("scan undo sheet")]
    [InlineData("undo sheet scan")]
    public async Task What_the_host_confirmed_stands_in_every_order(string order)
    {
        await using var evening = await Evening.StartAsync();
        var seen = evening.Time.GetUtcNow();
        var card = await evening.CardAsync();
        var scan = evening.Hub.CardScan(evening.Meeting.Id, card, seen);
        var undo = evening.Hub.CardScan(evening.Meeting.Id, card, seen.AddMinutes(1)) with { Undoes = scan.Id };
        evening.Time.Advance(TimeSpan.FromMinutes(20));
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/close");
        var came = evening.Time.GetUtcNow().AddMinutes(5);
        evening.Time.Advance(TimeSpan.FromMinutes(30));
        foreach (var what in order.Split(' '))
        {
            await (what == "sheet" ? SheetAsync(evening, came) : evening.Hub.UploadScansAsync(evening.DisplayId, what == "scan" ? scan : undo));
        }

        var row = await evening.AttendanceAsync();
        Assert.Equal((came, CheckInMethod.Paper), (row.At!.Value, row.Method));
        Assert.Equal(row.Points, (await evening.PointsAsync()).Available);
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
        // The host's own later undo takes the sheet back, too, and no kiosk brings it again.
        await evening.UndoAsync();
        var late = evening.Hub.CardScan(evening.Meeting.Id, card, seen.AddMinutes(2));
        await evening.Hub.UploadScansAsync(evening.DisplayId, late, evening.Hub.CardScan(evening.Meeting.Id, card, seen.AddMinutes(3)) with { Undoes = late.Id });
        Assert.Null((await evening.AttendanceAsync()).At);
        Assert.Equal(0, (await evening.PointsAsync()).Available);
    }

    [Theory]
    [InlineData(ExitScan.Required)]
    [InlineData(ExitScan.None)]
    public async Task Left_as_the_host_said_stays_when_another_sighting_takes_the_place_of_the_arrival(ExitScan exit)
    {
        await using var evening = await Evening.StartAsync();
        await ExitTests.RulesAsync(evening, exit);
        var second = await evening.Hub.AddDisplayAsync(evening.RoomId);
        var card = await evening.CardAsync();
        var first = await evening.ScanAsync(card);
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        await evening.Hub.UploadScansAsync(second, evening.Hub.CardScan(evening.Meeting.Id, card));
        var undo = evening.Hub.CardScan(evening.Meeting.Id, card) with { Undoes = first.Id };
        evening.Time.Advance(TimeSpan.FromMinutes(10));
        var left = evening.Time.GetUtcNow();
        await evening.Host.PostAsync<CheckInResult>($"/api/meetings/{evening.Meeting.Id}/check-ins", new HelperCheckIn(evening.Members[0].Id, "提前离开", Exit: true));
        Assert.Equal(CheckInOutcome.AlreadyCheckedIn, (await evening.Hub.UploadScansAsync(evening.DisplayId, undo))[0].Outcome);
        var row = await evening.AttendanceAsync();
        Assert.Equal((left, false, 2, 2), (row.LeftAt, row.ExitMissing, row.Points, (await evening.PointsAsync()).Available));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Make_up_that_gave_way_stands_again(bool byHost)
    {
        await using var evening = await Evening.StartAsync();
        await evening.Host.PutAsync<AttendanceRules>($"/api/meetings/{evening.Meeting.Id}/attendance-rules", new AttendanceRules(ExitScan.None, 10, 0, 3, 30));
        var card = await evening.CardAsync();
        var scan = evening.Hub.CardScan(evening.Meeting.Id, card);
        var undo = evening.Hub.CardScan(evening.Meeting.Id, card, evening.Time.GetUtcNow().AddMinutes(1)) with { Undoes = scan.Id };
        evening.Time.Skip(TimeSpan.FromHours(3));
        var address = $"/api/meetings/{evening.Meeting.Id}/make-ups";
        await evening.Host.PostAsync<object>(address, new MakeUpInput(evening.Members[0].Id, "看了会议录像，学习了报告。", null));
        Assert.Equal((AttendanceState.MakeUp, 3), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
        await evening.Hub.UploadScansAsync(evening.DisplayId, scan);
        Assert.Equal((AttendanceState.Present, 2), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
        await (byHost ? evening.UndoAsync() : evening.Hub.UploadScansAsync(evening.DisplayId, undo));
        Assert.Equal((AttendanceState.MakeUp, 3), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
        Assert.Equal(MakeUpState.Approved, Assert.Single(await evening.Host.GetAsync<IReadOnlyList<MakeUpView>>(address)).State);
        Assert.Null(await evening.Hub.LedgerFaultAsync(evening.Members[0].Id));
    }

    [Fact]
    public async Task Two_undos_that_waited_for_one_record_both_count()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var seen = evening.Time.GetUtcNow();
        var first = evening.Hub.CardScan(evening.Meeting.Id, card, seen);
        var again = evening.Hub.CardScan(evening.Meeting.Id, card, seen.AddMinutes(2));
        evening.Time.Advance(TimeSpan.FromMinutes(10));
        await evening.Hub.UploadScansAsync(evening.DisplayId, again);
        await evening.Hub.UploadScansAsync(
            evening.DisplayId, [.. new[] { 1, 3 }.Select(minutes => evening.Hub.CardScan(evening.Meeting.Id, card, seen.AddMinutes(minutes)) with { Undoes = first.Id })]);
        await evening.Hub.UploadScansAsync(evening.DisplayId, first);
        Assert.Equal((AttendanceState.Pending, 0), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
    }

    private static async Task SheetAsync(Evening evening, DateTimeOffset came)
    {
        using var content = JsonContent.Create(new PaperSheet([new(evening.Members[0].Id)], came, "停电"), options: KioskJson.Options);
        content.Headers.Add("Idempotency-Key", "sheet");
        Assert.Equal(1, (await evening.Host.SendAsync<PaperSheetResult>(HttpMethod.Post, $"/api/meetings/{evening.Meeting.Id}/paper-sheet", content)).Accepted);
    }
}
