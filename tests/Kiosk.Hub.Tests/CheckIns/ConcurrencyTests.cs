using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.CheckIns;

public class ConcurrencyTests
{
    [Fact]
    public async Task Two_kiosks_a_phone_and_the_host_at_once_make_one_attendance_paid_once()
    {
        await using var evening = await Evening.StartAsync();
        var card = await evening.CardAsync();
        var (_, second) = await evening.Hub.AddRoomWithDisplayAsync("第二块屏");
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        var scans = Enumerable.Range(0, 20).Select(at => evening.Hub.UploadScansAsync(at % 2 == 0 ? evening.DisplayId : second, evening.Hub.CardScan(evening.Meeting.Id, card))).ToList();
        var tapped = phone.SubmitAsync("/c");
        var helped = evening.HelpAsync();
        var outcomes = (await Task.WhenAll(scans)).SelectMany(results => results).Append(await helped).Select(result => result.Outcome).ToList();
        var answer = await tapped;
        var accepted = outcomes.Count(outcome => outcome == CheckInOutcome.Accepted) + (answer.Code == "accepted" ? 1 : 0);
        Assert.Equal(1, accepted);
        var statement = await evening.PointsAsync();
        Assert.Equal((2, 1), (statement.Available, statement.Postings.Total));
        Assert.Equal(22, (await evening.RecordsAsync()).Count);
    }

    [Fact]
    public async Task Sixty_four_in_flight_are_all_kept_once()
    {
        await using var evening = await Evening.StartAsync(members: 32);
        var cards = new List<string>();
        for (var at = 0; at < 32; at++)
        {
            cards.Add(await evening.CardAsync(at));
        }

        var results = await Task.WhenAll(cards.Concat(cards).Select(card => evening.ScanAsync(card)));
        Assert.Equal((32, 32), (results.Count(result => result.Outcome == CheckInOutcome.Accepted), results.Count(result => result.Outcome == CheckInOutcome.AlreadyCheckedIn)));
        var rows = await evening.Host.GetAsync<IReadOnlyList<AttendanceRow>>($"/api/meetings/{evening.Meeting.Id}/attendance");
        Assert.All(rows, row => Assert.Equal((AttendanceState.Present, 2), (row.State, row.Points)));
        Assert.Equal(32, (await evening.Host.GetAsync<MeetingDetail>($"/api/meetings/{evening.Meeting.Id}")).Summary.Present);
    }
}
