using System.Globalization;
using System.Text.RegularExpressions;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.FairPlay;

public class SecondProofTests
{
    [Fact]
    public async Task Number_on_the_phone_is_tapped_in_the_room_and_the_phone_hears_of_it()
    {
        await using var fair = await FairEvening.StartAsync();
        await AskEverybodyAsync(fair);
        using var phone = await fair.Hub.SignedInPhoneAsync(fair.Evening.Members[0].Id);
        var page = await fair.CheckInAsync(phone);
        Assert.Equal("proof_waiting", page.Code);
        // It counts all the while; only the host sees that it waits.
        Assert.Equal(AttendanceState.Present, (await fair.Evening.AttendanceAsync()).State);
        Assert.Equal(ProofState.Waiting, Assert.Single((await fair.ViewAsync()).Proofs).State);
        await Eventually.TrueAsync(async () => (await WallAsync(fair)).NumbersUntil is not null, TestContext.Current.CancellationToken);

        var number = NumberOn(page);
        Assert.Equal(NumberTapOutcome.UnknownNumber, (await TapAsync(fair, number == 99 ? 98 : number + 1)).Outcome);
        var tapped = await TapAsync(fair, number);
        Assert.Equal((NumberTapOutcome.Proven, "张*一"), (tapped.Outcome, tapped.MaskedName));
        // The answer was lost on the way: the same tap again is the same answer.
        Assert.Equal(NumberTapOutcome.Proven, (await TapAsync(fair, number)).Outcome);
        Assert.Equal("proof_done", (await phone.OpenAsync("/c/proof")).Code);
        Assert.Equal((ProofState.Tapped, null), ((await fair.ViewAsync()).Proofs[0].State, (await fair.ViewAsync()).Proofs[0].SettledBy));
        await Eventually.TrueAsync(async () => (await WallAsync(fair)).NumbersUntil is null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Numbers_that_wait_together_differ_and_one_that_ran_out_is_given_anew()
    {
        await using var fair = await FairEvening.StartAsync(30);
        await AskEverybodyAsync(fair);
        var numbers = new List<int>();
        for (var at = 0; at < 30; at++)
        {
            using var phone = await fair.Hub.SignedInPhoneAsync(fair.Evening.Members[at].Id);
            numbers.Add(NumberOn(await fair.CheckInAsync(phone)));
        }

        Assert.Equal(30, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.InRange(number, 10, 99));
        using var slow = await fair.Hub.SignedInPhoneAsync(fair.Evening.Members[0].Id);
        fair.Evening.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(NumberTapOutcome.UnknownNumber, (await TapAsync(fair, numbers[0])).Outcome);
        Assert.Equal("proof_number_needed", (await slow.OpenAsync("/c/proof")).Code);
        var renewed = await slow.SubmitAsync("/c/proof");
        Assert.Equal("proof_waiting", renewed.Code);
        Assert.Equal(NumberTapOutcome.Proven, (await TapAsync(fair, NumberOn(renewed))).Outcome);
    }

    [Fact]
    public async Task Trying_all_numbers_is_stopped_and_the_display_takes_them_again_after_a_minute()
    {
        await using var fair = await FairEvening.StartAsync();
        await AskEverybodyAsync(fair);
        using var phone = await fair.Hub.SignedInPhoneAsync(fair.Evening.Members[0].Id);
        var number = NumberOn(await fair.CheckInAsync(phone));
        foreach (var wrong in Enumerable.Range(10, 90).Where(other => other != number).Take(6))
        {
            Assert.Equal(NumberTapOutcome.UnknownNumber, (await TapAsync(fair, wrong)).Outcome);
        }

        Assert.Equal(NumberTapOutcome.TooManyTries, (await TapAsync(fair, number)).Outcome);
        fair.Evening.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(NumberTapOutcome.Proven, (await TapAsync(fair, number)).Outcome);
    }

    [Fact]
    public async Task Host_confirms_by_hand_with_a_word_and_asks_one_person_alone()
    {
        await using var fair = await FairEvening.StartAsync();
        using var phone = await fair.Hub.SignedInPhoneAsync(fair.Evening.Members[0].Id);
        var path = $"/api/meetings/{fair.MeetingId}/second-proof/{fair.Evening.Members[0].Id}";
        Assert.Equal("not_checked_in", (await Assert.ThrowsAsync<RefusedException>(() => fair.Evening.Host.PostAsync<object>(path))).Code);
        Assert.Equal("accepted", (await fair.CheckInAsync(phone)).Code);
        await fair.Evening.Host.PostAsync<object>(path);
        Assert.Contains("/c/proof", (await phone.OpenAsync("/my/meetings")).Html, StringComparison.Ordinal);
        Assert.Equal("proof_number_needed", (await phone.OpenAsync("/c/proof")).Code);
        Assert.Equal("proof_waiting", (await phone.SubmitAsync("/c/proof")).Code);
        await fair.Evening.Host.PostAsync<object>(path + "/confirm", new ProofConfirmation("人在第三排"));
        var proof = Assert.Single((await fair.ViewAsync()).Proofs);
        Assert.Equal((ProofState.Confirmed, "管理员", "人在第三排", "管理员"), (proof.State, proof.SettledBy, proof.Word, proof.AskedBy));
        Assert.DoesNotContain("/c/proof", (await phone.OpenAsync("/my/meetings")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_asked_while_the_rooms_display_is_away()
    {
        await using var fair = await FairEvening.StartAsync();
        await AskEverybodyAsync(fair);
        await fair.Display.DisposeAsync();
        using var phone = await fair.Hub.SignedInPhoneAsync(fair.Evening.Members[0].Id);
        await Eventually.TrueAsync(async () =>
            !(await fair.Evening.Host.GetAsync<Page<DisplaySummary>>("/api/displays")).Items.Single(display => display.Id == fair.Display.DisplayId).Online, TestContext.Current.CancellationToken);
        Assert.Equal("accepted", (await fair.CheckInAsync(phone)).Code);
        Assert.Empty((await fair.ViewAsync()).Proofs);
    }

    [Fact]
    public async Task Number_of_another_room_or_a_cancelled_meeting_counts_nowhere()
    {
        await using var fair = await FairEvening.StartAsync();
        await AskEverybodyAsync(fair);
        using var phone = await fair.Hub.SignedInPhoneAsync(fair.Evening.Members[0].Id);
        var number = NumberOn(await fair.CheckInAsync(phone));
        await using var elsewhere = await fair.Hub.ConnectDisplayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(NumberTapOutcome.UnknownNumber, (await elsewhere.TapNumberAsync(new NumberTap(fair.MeetingId, number), TestContext.Current.CancellationToken)).Outcome);
        await Assert.ThrowsAnyAsync<Exception>(() => TapAsync(fair, 100));
        await Assert.ThrowsAnyAsync<Exception>(() => TapAsync(fair, 9));
        await fair.Evening.Host.PostAsync<object>($"/api/meetings/{fair.MeetingId}/cancel");
        Assert.Equal(NumberTapOutcome.UnknownNumber, (await TapAsync(fair, number)).Outcome);
    }

    private static async Task AskEverybodyAsync(FairEvening fair) =>
        await fair.Evening.Host.PutAsync<object>($"/api/meetings/{fair.MeetingId}/second-proof", new SecondProofInput(true));

    private static Task<NumberTapReply> TapAsync(FairEvening fair, int number) =>
        fair.Display.TapNumberAsync(new NumberTap(fair.MeetingId, number), TestContext.Current.CancellationToken);

    private static async Task<MeetingAttendance> WallAsync(FairEvening fair) =>
        (await fair.Hub.ReadFeedAsync<AttendanceDocument>(FeedKeys.Attendance(fair.Evening.RoomId)))!.Meetings.Single(meeting => meeting.MeetingId == fair.MeetingId);

    private static int NumberOn(PhoneAnswer page) => int.Parse(Regex.Match(page.Html, "class=\"number\">(\\d\\d)<").Groups[1].Value, CultureInfo.InvariantCulture);
}
