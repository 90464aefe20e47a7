using System.Net;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Phone;

public class PhoneTests
{
    [Fact]
    public async Task Scan_then_button_checks_in_and_the_code_has_left_the_address()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        var page = await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        Assert.Equal((HttpStatusCode.OK, "check_in"), (page.Status, page.Code));
        Assert.Contains("张小一", page.Html, StringComparison.Ordinal);
        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync()).State);
        var done = await phone.SubmitAsync("/c");
        Assert.Equal("accepted", done.Code);
        Assert.Contains("+2 points", done.Html, StringComparison.Ordinal);
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync()).State);
        // A second press is the same scan.
        Assert.Equal("accepted", (await phone.SubmitAsync("/c")).Code);
        Assert.Equal(2, (await evening.PointsAsync()).Available);
        Assert.Contains("+2", (await phone.OpenAsync("/my")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressing_twice_at_once_going_back_and_opening_again_leave_one_record()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        var code = await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting);
        await phone.OpenAsync("/c/" + code);
        Assert.Empty(await evening.RecordsAsync());
        var both = await Task.WhenAll(phone.SubmitAsync("/c"), phone.SubmitAsync("/c"));
        Assert.All(both, answer => Assert.Equal("accepted", answer.Code));
        var back = await phone.OpenAsync("/c");
        Assert.Equal("already_checked_in", back.Code);
        Assert.DoesNotContain("type=\"submit\"", back.Html, StringComparison.Ordinal);
        Assert.Equal("already_checked_in", (await phone.OpenAsync("/c/" + code)).Code);
        Assert.Single(await evening.RecordsAsync());
        Assert.Equal(2, (await evening.PointsAsync()).Available);
    }

    [Fact]
    public async Task Presence_that_has_run_out_says_how_long_it_lasts_and_what_to_do()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        evening.Time.Advance(TimeSpan.FromMinutes(5));
        var late = await phone.SubmitAsync("/c");
        Assert.Equal((HttpStatusCode.Gone, "expired_code"), (late.Status, late.Code));
        Assert.Contains("More than 5 minutes", late.Html, StringComparison.Ordinal);
        Assert.Contains("scan the code on the screen again", late.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Size_and_language_chosen_by_link_stay()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = evening.Hub.Phone();
        Assert.Contains("class=\"large\"", (await phone.OpenAsync("/my?size=large")).Html, StringComparison.Ordinal);
        Assert.Contains("class=\"large\"", (await phone.OpenAsync("/my?lang=zh-CN")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"large\"", (await phone.OpenAsync("/my?size=normal")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"large\"", (await phone.OpenAsync("/my?size=%22onload")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_sign_in_does_not_cost_the_check_in()
    {
        await using var evening = await Evening.StartAsync();
        using var own = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        using var messenger = evening.Hub.Phone();
        // Nine minutes after the start: in time. The PIN comes two minutes later: late by then.
        evening.Time.Advance(TimeSpan.FromMinutes(19));
        var page = await messenger.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        Assert.DoesNotContain("张小一", page.Html, StringComparison.Ordinal);
        evening.Time.Advance(TimeSpan.FromMinutes(2));
        var done = await messenger.SubmitAsync("/c", ("number", evening.Members[0].MemberNumber), ("pin", "480215"));
        Assert.Equal("accepted", done.Code);
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync()).State);
        Assert.Equal("my_points", (await messenger.OpenAsync("/my")).Code);
    }

    [Theory]
    [InlineData("７３９１５４", "739154")]
    [InlineData("739154", "７３９１５４")]
    public async Task Digits_of_a_chinese_input_method_are_the_digits_that_were_chosen(string chosen, string typed)
    {
        await using var evening = await Evening.StartAsync();
        using var own = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id, chosen);
        using var other = evening.Hub.Phone();
        var wide = string.Concat(evening.Members[0].MemberNumber.Select(digit => char.IsAsciiDigit(digit) ? (char)(digit + 0xFEE0) : digit));
        Assert.Contains("[0-9０-９]{6}", (await other.OpenAsync("/my")).Html, StringComparison.Ordinal);
        Assert.Equal("sign_in_failed", (await other.SubmitAsync("/my/sign-in", ("number", wide), ("pin", "７３９１５５"))).Code);
        await other.SubmitAsync("/my/sign-in", ("number", wide), ("pin", typed));
        Assert.Equal("my_points", (await other.OpenAsync("/my")).Code);
        using var door = evening.Hub.Phone();
        await door.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        Assert.Equal("accepted", (await door.SubmitAsync("/c", ("number", wide), ("pin", typed))).Code);
    }

    [Fact]
    public async Task Easy_pin_is_easy_in_any_width_and_both_fields_say_the_same_in_different_widths()
    {
        await using var evening = await Evening.StartAsync();
        var ticket = await evening.Host.PostAsync<EnrolmentTicket>($"/api/members/{evening.Members[0].Id}/enrolment");
        using var phone = evening.Hub.Phone();
        var path = new Uri(ticket.Url).AbsolutePath;
        await phone.OpenAsync(path);
        Assert.Equal("pin_trivial", (await phone.SubmitAsync(path, ("pin", "１２３４５６"), ("again", "１２３４５６"))).Code);
        Assert.Equal("pins_differ", (await phone.SubmitAsync(path, ("pin", "７３９１５４"), ("again", "739155"))).Code);
        Assert.Equal("enrolled", (await phone.SubmitAsync(path, ("pin", "７３９１５４"), ("again", "739154"))).Code);
    }

    [Fact]
    public async Task Somebody_else_on_the_same_phone_leaves_no_session()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        using (await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[1].Id, "731904"))
        {
        }

        await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        Assert.Equal("accepted", (await phone.SubmitAsync("/c")).Code);
        await phone.OpenAsync("/c?other=true");
        Assert.Equal("accepted", (await phone.SubmitAsync("/c?other=true", ("number", evening.Members[1].MemberNumber), ("pin", "731904"))).Code);
        Assert.Equal(AttendanceState.Present, (await evening.AttendanceAsync(1)).State);
        Assert.Contains("张小一", (await phone.OpenAsync("/my")).Html, StringComparison.Ordinal);
        await phone.SubmitAsync("/my/sign-out");
        Assert.Equal("sign_in", (await phone.OpenAsync("/my")).Code);
    }

    [Fact]
    public async Task Replayed_presence_after_an_undo_does_not_count_again()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        await phone.SubmitAsync("/c");
        evening.Time.Advance(TimeSpan.FromSeconds(30));
        await evening.UndoAsync();
        evening.Time.Advance(TimeSpan.FromSeconds(30));
        var replay = await phone.SubmitAsync("/c");
        Assert.Equal((HttpStatusCode.Gone, "expired_code"), (replay.Status, replay.Code));
        Assert.Equal((AttendanceState.Pending, 0), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
        await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        Assert.Equal("accepted", (await phone.SubmitAsync("/c")).Code);
    }

    [Fact]
    public async Task Codes_out_of_time_of_other_meetings_and_altered_cookies_say_what_to_do()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        var now = evening.Time.GetUtcNow();
        Assert.Equal("expired_code", (await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting, now.AddSeconds(-40)))).Code);
        Assert.Equal("expired_code", (await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting, now.AddSeconds(20)))).Code);
        var (_, elsewhere) = await evening.Hub.AddRoomWithDisplayAsync("别处");
        Assert.Equal("wrong_meeting", (await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(elsewhere, evening.Meeting))).Code);
        phone.SetCookie("kiosk-presence", "CfDJ8forged", "/c");
        Assert.Equal("expired_code", (await phone.OpenAsync("/c")).Code);
        await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        evening.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("expired_code", (await phone.SubmitAsync("/c")).Code);
        var code = await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting);
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel");
        Assert.Equal("meeting_cancelled", (await phone.OpenAsync("/c/" + code)).Code);
    }

    [Fact]
    public async Task Who_scanned_before_the_cancellation_reads_that_it_was_cancelled_and_counts_all_the_same()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        await phone.OpenAsync("/c/" + await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting));
        evening.Time.Advance(TimeSpan.FromSeconds(20));
        await evening.Host.PostAsync<object>($"/api/meetings/{evening.Meeting.Id}/cancel", new MeetingCancellation("停电"));
        // Sent, and looked at again.
        foreach (var page in (PhoneAnswer[])[await phone.SubmitAsync("/c"), await phone.OpenAsync("/c")])
        {
            Assert.Contains(page.Code, (string[])["accepted", "already_checked_in"]);
            Assert.Contains("This meeting has been cancelled. You scanned before that, so your check-in and its points count.", page.Html, StringComparison.Ordinal);
        }

        Assert.Equal((AttendanceState.Present, 2), ((await evening.AttendanceAsync()).State, (await evening.PointsAsync()).Available));
    }

    [Fact]
    public async Task Button_without_a_page_of_ours_changes_nothing()
    {
        await using var evening = await Evening.StartAsync();
        using var phone = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        using var other = evening.Hub.Phone();
        Assert.Equal("form_expired", (await other.SubmitAsync("/c")).Code);
        Assert.Equal(AttendanceState.Pending, (await evening.AttendanceAsync()).State);
    }

    [Fact]
    public async Task Ten_wrong_pins_lock_with_a_clear_sentence_and_a_new_link_opens()
    {
        await using var evening = await Evening.StartAsync();
        using var own = await evening.Hub.EnrolledPhoneAsync(evening.Host, evening.Members[0].Id);
        using var stranger = evening.Hub.Phone();
        await stranger.OpenAsync("/my");
        for (var at = 0; at < 10; at++)
        {
            Assert.Equal("sign_in_failed", (await TryAsync($"11223{at}")).Code);
        }

        var locked = await TryAsync("480215");
        Assert.Equal((HttpStatusCode.Forbidden, "pin_locked"), (locked.Status, locked.Code));
        Assert.Contains("card", locked.Html, StringComparison.Ordinal);
        // The enrolled phone goes on working, and the lock ends by itself or by a new link.
        Assert.Equal("my_points", (await own.OpenAsync("/my")).Code);
        evening.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal("my_points", (await TryAsync("480215")).Code);

        Task<PhoneAnswer> TryAsync(string pin) => stranger.SubmitAsync("/my/sign-in", ("number", evening.Members[0].MemberNumber), ("pin", pin));
    }

    [Theory]
    [InlineData("111111")]
    [InlineData("123456")]
    [InlineData("987654")]
    [InlineData("890123")]
    [InlineData("121212")]
    [InlineData("123123")]
    [InlineData("112211")]
    public async Task Trivial_pin_is_refused_and_the_link_stays_open(string pin)
    {
        await using var evening = await Evening.StartAsync(members: 1);
        var ticket = await evening.Host.PostAsync<EnrolmentTicket>($"/api/members/{evening.Members[0].Id}/enrolment");
        var path = new Uri(ticket.Url).PathAndQuery;
        using var phone = evening.Hub.Phone();
        await phone.OpenAsync(path);
        Assert.Equal("pin_trivial", (await phone.SubmitAsync(path, ("pin", pin), ("again", pin))).Code);
        Assert.Equal("pins_differ", (await phone.SubmitAsync(path, ("pin", "480215"), ("again", "480216"))).Code);
        Assert.Equal("enrolled", (await phone.SubmitAsync(path, ("pin", "480215"), ("again", "480215"))).Code);
        Assert.Equal("link_invalid", (await phone.OpenAsync(path)).Code);
    }

    [Theory]
    [InlineData("zh-CN", "签到")]
    [InlineData("en", "Check in")]
    public async Task Pages_are_small_need_no_script_and_speak_both_languages(string language, string word)
    {
        await using var evening = await Evening.StartAsync();
        using var phone = evening.Hub.Phone(language);
        var code = await evening.Hub.DisplayCodeAsync(evening.DisplayId, evening.Meeting);
        var css = await phone.OpenAsync("/phone.css");
        foreach (var page in new[] { await phone.OpenAsync("/c/" + code), await phone.OpenAsync("/c?other=true"), await phone.OpenAsync("/my"), await phone.OpenAsync("/c/ABC") })
        {
            Assert.InRange(page.Bytes + css.Bytes, 500, 30 * 1024);
            Assert.DoesNotContain("<script", page.Html, StringComparison.OrdinalIgnoreCase);
            Assert.Contains($"lang=\"{language}\"", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(code, page.Html, StringComparison.Ordinal);
        }

        Assert.Contains(word, (await phone.OpenAsync("/c")).Html, StringComparison.Ordinal);
        var other = language == "en" ? "zh-CN" : "en";
        Assert.Contains($"lang=\"{other}\"", (await phone.OpenAsync($"/c?lang={other}")).Html, StringComparison.Ordinal);
        Assert.Contains($"html lang=\"{other}\"", (await phone.OpenAsync("/c")).Html, StringComparison.Ordinal);
    }
}
