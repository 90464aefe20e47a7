using System.Net.Http.Json;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>A sheet of paper after a power cut, entered in one go.</summary>
public class PaperSheetTests
{
    [Fact]
    public async Task Sheet_is_entered_for_a_meeting_that_is_closed_and_nobody_loses_credit()
    {
        await using var evening = await Evening.StartAsync(4);
        var start = evening.Meeting.Start;
        var outsider = await HubApplication.AddMemberAsync(evening.Host, "李外人", evening.Hub.RootUnitId);
        await evening.ScanAsync(await evening.CardAsync());
        evening.Time.Advance(TimeSpan.FromMinutes(15));
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/close");
        evening.Time.Skip(TimeSpan.FromHours(3));
        var sheet = new PaperSheet(
            [
                new(evening.Members[0].Id), new(evening.Members[1].Id), new(evening.Members[2].Id, start.AddMinutes(40)), new(evening.Members[3].Id, start.AddHours(-5)), new(outsider.Id),
            ],
            start, "停电，按纸质签到表补录");
        var result = await EnterAsync(evening, sheet, "sheet-1");
        Assert.Equal(
            [CheckInOutcome.AlreadyCheckedIn, CheckInOutcome.Accepted, CheckInOutcome.Accepted, CheckInOutcome.TooEarly, CheckInOutcome.NotOnRoster],
            result.Rows.Select(row => row.Outcome));
        Assert.Equal((3, 2), (result.Accepted, result.Refused));
        Assert.All(result.Rows, row => Assert.NotEmpty(row.Sentence));
        // Who is not on the roster is named all the same.
        Assert.Equal("李外人", result.Rows[4].Name);
        var (second, third) = (await evening.AttendanceAsync(1), await evening.AttendanceAsync(2));
        Assert.Equal((AttendanceState.Present, start, CheckInMethod.Paper, "管理员"), (second.State, second.At, second.Method, second.By));
        Assert.Equal(AttendanceState.Late, third.State);

        // The double click, and the same sheet again after a crash.
        var again = await Task.WhenAll(EnterAsync(evening, sheet, "sheet-1"), EnterAsync(evening, sheet, "sheet-1"));
        Assert.All(again, answer => Assert.Equal(result.Rows, answer.Rows));
        Assert.Equal(2, (await evening.PointsAsync(1)).Available);
        Assert.Equal("idempotency_key_reused", (await Assert.ThrowsAsync<RefusedException>(() => EnterAsync(evening, sheet with { At = start.AddMinutes(1) }, "sheet-1"))).Code);
    }

    [Fact]
    public async Task Row_of_somebody_who_walked_in_without_a_name_is_refused_in_words()
    {
        await using var evening = await Evening.StartAsync();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => EnterAsync(evening, new PaperSheet([new(evening.Members[0].Id), new(Guid.Empty)], evening.Meeting.Start, "停电"), "walk-in"));
        Assert.Equal("invalid_input", refused.Code);
        Assert.Contains("One row names nobody", refused.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, (await evening.PointsAsync()).Available);
    }

    [Fact]
    public async Task Sheet_lifts_a_late_arrival_and_counts_after_an_undo()
    {
        await using var evening = await Evening.StartAsync();
        evening.Time.Advance(TimeSpan.FromMinutes(40));
        await evening.ScanAsync(await evening.CardAsync());
        await evening.ScanAsync(await evening.CardAsync(1));
        await evening.UndoAsync(1);
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        var result = await EnterAsync(evening, new PaperSheet([new(evening.Members[0].Id), new(evening.Members[1].Id)], evening.Meeting.Start, "停电"), "lift");
        Assert.Equal(2, result.Accepted);
        Assert.Equal([AttendanceState.Present, AttendanceState.Present], [(await evening.AttendanceAsync()).State, (await evening.AttendanceAsync(1)).State]);
        Assert.Equal((2, 2), ((await evening.PointsAsync()).Available, (await evening.PointsAsync(1)).Available));
    }

    [Fact]
    public async Task Sheet_without_rows_key_or_reason_or_with_a_member_twice_or_from_the_future_is_refused_as_a_whole()
    {
        await using var evening = await Evening.StartAsync();
        PaperRow one = new(evening.Members[0].Id);
        foreach (var (sheet, key) in ((PaperSheet, string?)[])
        [
            (new([], evening.Time.GetUtcNow(), "停电"), "k"), (new([one, one], evening.Time.GetUtcNow(), "停电"), "k"), (new([one], evening.Time.GetUtcNow(), " "), "k"),
            (new([one], evening.Time.GetUtcNow().AddMinutes(1), "停电"), "k"), (new([one], evening.Time.GetUtcNow(), "停电"), null),
        ])
        {
            Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => EnterAsync(evening, sheet, key))).Code);
        }

        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync()).State);
    }

    private static async Task<PaperSheetResult> EnterAsync(Evening evening, PaperSheet sheet, string? key)
    {
        using var content = JsonContent.Create(sheet, options: Contracts.KioskJson.Options);
        if (key is not null)
        {
            content.Headers.Add("Idempotency-Key", key);
        }

        return await evening.Host.SendAsync<PaperSheetResult>(HttpMethod.Post, $"/api/meetings/{evening.Meeting.Id}/paper-sheet", content);
    }
}
