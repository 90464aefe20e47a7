using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Phone;

/// <summary>The phone takes back what it has just done, and says when somebody leaves.</summary>
public partial class PhoneUndoTests
{
    [Fact]
    public async Task Check_in_is_taken_back_on_the_page_that_showed_it_and_a_new_scan_counts()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        var done = await CheckInAsync(evening, phone);
        Assert.Equal("accepted", done.Code);
        evening.Time.Advance(TimeSpan.FromSeconds(30));
        var ticket = TicketOf(done.Html);
        Assert.Equal("taken_back", (await phone.SubmitAsync("/c/undo", ("ticket", ticket))).Code);
        Assert.Equal("taken_back", (await phone.SubmitAsync("/c/undo", ("ticket", ticket))).Code);
        Assert.Equal((AttendanceState.Pending, 0), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
        Assert.Equal(UndoSource.Phone, Assert.Single(await evening.Host.GetAsync<IReadOnlyList<UndoView>>($"/api/meetings/{evening.Meeting.Id}/undos")).Source);
        evening.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal("accepted", (await CheckInAsync(evening, phone)).Code);
        Assert.Equal(2, (await evening.PointsAsync()).Available);
    }

    [Fact]
    public async Task Who_showed_the_card_as_well_is_told_that_the_check_in_still_counts()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        var done = await CheckInAsync(evening, phone);
        evening.Time.Advance(TimeSpan.FromSeconds(30));
        await evening.ScanAsync(await evening.CardAsync());
        evening.Time.Advance(TimeSpan.FromSeconds(30));
        var answer = await phone.SubmitAsync("/c/undo", ("ticket", TicketOf(done.Html)));
        Assert.Equal("already_checked_in", answer.Code);
        Assert.Contains("still counts", answer.Html, StringComparison.Ordinal);
        Assert.Equal((AttendanceState.Present, 2), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
    }

    [Fact]
    public async Task Undo_after_a_quarter_of_an_hour_or_with_a_made_up_ticket_is_refused_by_a_sentence()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        var done = await CheckInAsync(evening, phone);
        Assert.Equal("undo_nothing", (await phone.SubmitAsync("/c/undo", ("ticket", "AAAA"))).Code);
        evening.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("too_late", (await phone.SubmitAsync("/c/undo", ("ticket", TicketOf(done.Html)))).Code);
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync()).State);
    }

    [Fact]
    public async Task Scan_in_the_exit_window_says_that_leaving_is_recorded()
    {
        await using var evening = await Evening.StartAsync();
        await evening.Host.PutAsync<AttendanceRules>($"/api/meetings/{evening.Meeting.Id}/attendance-rules", new AttendanceRules(ExitScan.Required, 10, 0, 0, 30));
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await CheckInAsync(evening, phone);
        evening.Time.Advance(TimeSpan.FromMinutes(63));
        // Whoever has come finds a button again.
        Assert.Contains("type=\"submit\"", (await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting))).Html, StringComparison.Ordinal);
        var left = await phone.SubmitAsync("/c");
        Assert.Equal("left", left.Code);
        Assert.Contains("Leaving is recorded", left.Html, StringComparison.Ordinal);
        Assert.NotNull((await evening.AttendanceAsync()).LeftAt);
    }

    private static async Task<PhoneAnswer> CheckInAsync(Evening evening, PhoneBrowser phone)
    {
        await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        return await phone.SubmitAsync("/c");
    }

    private static string TicketOf(string html) => Ticket().Match(html).Groups[1].Value;

    [System.Text.RegularExpressions.GeneratedRegex("name=\"ticket\" value=\"([^\"]+)\"")]
    private static partial System.Text.RegularExpressions.Regex Ticket();
}
