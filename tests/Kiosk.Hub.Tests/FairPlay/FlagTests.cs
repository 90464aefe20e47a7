using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.FairPlay;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Tests.FairPlay;

public class FlagTests
{
    [Fact]
    public async Task Two_accounts_on_one_phone_are_shown_to_the_host_and_both_count()
    {
        await using var fair = await FairEvening.StartAsync();
        await fair.EnrolAsync(1, "731904");
        using var phone = await fair.Hub.EnrolledPhoneAsync(fair.Evening.Host, fair.Evening.Members[0].Id);
        Assert.Equal("accepted", (await fair.CheckInAsync(phone)).Code);
        await phone.OpenAsync("/my");
        await phone.SubmitAsync("/my/sign-out");
        await phone.OpenAsync("/c/" + await fair.Hub.DisplayCodeAsync(fair.Display.DisplayId, fair.Evening.Meeting));
        Assert.Equal("accepted", (await phone.SubmitAsync("/c", ("number", fair.Evening.Members[1].MemberNumber), ("pin", "731904"))).Code);

        var flag = await fair.FlagAsync("one_phone");
        Assert.NotNull(flag);
        Assert.Equal(FlagWeight.Look, flag.Weight);
        Assert.Equal(Sorted("张小一", "张小丁"), Sorted([.. FairEvening.NamesOf(flag)]));
        Assert.Contains("张小一", flag.Text, StringComparison.Ordinal);
        Assert.Equal((AttendanceState.Present, AttendanceState.Present), ((await fair.Evening.AttendanceAsync(0)).State, (await fair.Evening.AttendanceAsync(1)).State));
    }

    [Fact]
    public async Task Couple_that_declares_its_phone_is_explained_not_flagged_and_leaves_no_session()
    {
        await using var fair = await FairEvening.StartAsync();
        await fair.EnrolAsync(1, "731904");
        using var phone = await fair.Hub.EnrolledPhoneAsync(fair.Evening.Host, fair.Evening.Members[0].Id);
        await fair.CheckInAsync(phone);
        var done = await fair.CheckInOtherAsync(phone, 1, "731904");
        Assert.Equal("accepted", done.Code);
        Assert.Empty(await fair.ToLookAtAsync());
        var flag = Assert.Single((await fair.ViewAsync()).Flags);
        Assert.Equal(("shared_phone", FlagWeight.Explained), (flag.Code, flag.Weight));
        Assert.Contains("张小丁", flag.Text, StringComparison.Ordinal);
        Assert.Equal(1, await fair.Hub.SessionsAsync(fair.Evening.Members[0].Id));
        Assert.Equal(1, await fair.Hub.SessionsAsync(fair.Evening.Members[1].Id));
        Assert.Contains("张小一", (await phone.OpenAsync("/my")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Borrowed_phone_keeps_no_session_of_either()
    {
        await using var fair = await FairEvening.StartAsync();
        await fair.EnrolAsync(0, "480215");
        await fair.EnrolAsync(1, "731904");
        using var phone = fair.Hub.Phone();
        // The first signs in with number and PIN as on an own phone, then hands it on.
        await phone.OpenAsync("/c/" + await fair.Hub.DisplayCodeAsync(fair.Display.DisplayId, fair.Evening.Meeting));
        fair.Evening.Time.Advance(TimeSpan.FromSeconds(20));
        await phone.SubmitAsync("/c", ("number", fair.Evening.Members[0].MemberNumber), ("pin", "480215"));
        Assert.Contains("Nobody stays signed in", (await fair.CheckInOtherAsync(phone, 1, "731904")).Html, StringComparison.Ordinal);
        Assert.Equal("sign_in", (await phone.OpenAsync("/my")).Code);
        Assert.Equal((1, 1), (await fair.Hub.SessionsAsync(fair.Evening.Members[0].Id), await fair.Hub.SessionsAsync(fair.Evening.Members[1].Id)));
        Assert.Empty(await fair.ToLookAtAsync());
    }

    [Fact]
    public async Task Third_person_on_a_declared_phone_is_worth_a_look()
    {
        await using var fair = await FairEvening.StartAsync();
        await fair.EnrolAsync(1, "731904");
        await fair.EnrolAsync(2, "260718");
        using var phone = await fair.Hub.EnrolledPhoneAsync(fair.Evening.Host, fair.Evening.Members[0].Id);
        await fair.CheckInAsync(phone);
        await fair.CheckInOtherAsync(phone, 1, "731904");
        await fair.CheckInOtherAsync(phone, 2, "260718");
        Assert.Equal(["one_phone"], await fair.ToLookAtAsync());
    }

    [Fact]
    public async Task Three_cards_within_seconds_are_flagged_and_a_brisk_queue_is_not()
    {
        await using var fair = await FairEvening.StartAsync(7);
        for (var at = 0; at < 4; at++)
        {
            await fair.ScanCardAsync(at, 10_000 + 2_500 * at);
        }

        Assert.Empty(await fair.ToLookAtAsync());
        for (var at = 4; at < 7; at++)
        {
            await fair.ScanCardAsync(at, 60_000 + 1_200 * at);
        }

        var flag = await fair.FlagAsync("cards_in_a_row");
        Assert.Equal(3, flag!.Subjects.Count);
        Assert.All(flag.Subjects, subject => Assert.Equal((CheckInMethod.Card, true), (subject.Method, subject.CheckedIn)));
    }

    [Fact]
    public async Task Forty_people_behind_one_address_in_two_minutes_raise_nothing()
    {
        await using var fair = await FairEvening.StartAsync(40);
        for (var at = 0; at < 40; at++)
        {
            await fair.CheckInAsync(at, codeAge: TimeSpan.FromSeconds(at % 9));
            fair.Evening.Time.Advance(TimeSpan.FromSeconds(3));
        }

        var view = await fair.ViewAsync();
        Assert.Empty(view.Flags);
        Assert.Empty(view.Proofs);
    }

    [Fact]
    public async Task Everybody_on_mobile_data_raises_nothing()
    {
        await using var fair = await FairEvening.StartAsync(12);
        for (var at = 0; at < 12; at++)
        {
            await fair.CheckInAsync(at, $"127.3.{at + 1}.1", TimeSpan.FromSeconds(at % 9));
        }

        Assert.Empty(await fair.ToLookAtAsync());
    }

    [Fact]
    public async Task Phones_from_elsewhere_are_one_flag_and_no_address_is_kept()
    {
        await using var fair = await FairEvening.StartAsync(10);
        for (var at = 0; at < 8; at++)
        {
            await fair.CheckInAsync(at);
        }

        await fair.CheckInAsync(8, "127.9.1.1");
        await fair.CheckInAsync(9, "127.9.2.1");
        var flag = await fair.FlagAsync("far_network");
        Assert.Equal(Sorted(fair.Evening.Members[8].Name, fair.Evening.Members[9].Name), Sorted([.. FairEvening.NamesOf(flag!)]));
        var networks = await fair.Hub.QueryAsync(db => db.Set<PhoneTrace>().Select(trace => trace.Network).Distinct().ToListAsync());
        Assert.Equal(3, networks.Count);
        Assert.All(networks, network => Assert.Matches("^[0-9a-f]{24}$", network));
    }

    [Fact]
    public async Task Many_at_once_from_another_house_are_flagged()
    {
        await using var fair = await FairEvening.StartAsync(14);
        for (var at = 0; at < 9; at++)
        {
            await fair.CheckInAsync(at);
        }

        for (var at = 9; at < 14; at++)
        {
            await fair.CheckInAsync(at, "127.9.1." + at);
            fair.Evening.Time.Advance(TimeSpan.FromSeconds(4));
        }

        var flag = await fair.FlagAsync("burst");
        Assert.Equal(5, flag!.Subjects.Count);
    }

    [Fact]
    public async Task Code_opened_from_many_networks_after_it_left_the_screen_is_flagged()
    {
        await using var fair = await FairEvening.StartAsync();
        for (var at = 0; at < 3; at++)
        {
            await fair.CheckInAsync(at, $"127.5.{at + 1}.1", TimeSpan.FromSeconds(18));
        }

        Assert.Equal(3, (await fair.FlagAsync("code_shared"))!.Subjects.Count);
    }

    [Fact]
    public async Task Card_read_in_another_room_meanwhile_is_flagged()
    {
        await using var fair = await FairEvening.StartAsync();
        await fair.CheckInAsync(0);
        var (room, elsewhere) = await fair.Hub.AddRoomWithDisplayAsync("图书室");
        var other = await fair.Hub.AddMeetingAsync(fair.Evening.Host, room, [fair.Evening.Members[0].Id]);
        await fair.Hub.UploadScansAsync(elsewhere, fair.Hub.CardScan(other.Summary.Id, await fair.Evening.CardAsync()));
        var flag = await fair.FlagAsync("two_places");
        Assert.Contains("图书室", flag!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_settles_a_flag_with_who_and_why_until_somebody_joins()
    {
        await using var fair = await FairEvening.StartAsync();
        await fair.EnrolAsync(1, "731904");
        await fair.EnrolAsync(2, "260718");
        using var phone = fair.Hub.Phone();
        await SignInAndCheckInAsync(0, "480215");
        await SignInAndCheckInAsync(1, "731904");
        var refused = await Assert.ThrowsAsync<RefusedException>(AnswerEmptyAsync);
        Assert.Equal("invalid_input", refused.Code);
        await fair.AnswerAsync((await fair.FlagAsync("one_phone"))!, "都在场，父女俩");
        Assert.Empty(await fair.ToLookAtAsync());
        Assert.Equal(("都在场，父女俩", "管理员"), ((await fair.FlagAsync("one_phone"))!.Answer!.Word, (await fair.FlagAsync("one_phone"))!.Answer!.By));
        await SignInAndCheckInAsync(2, "260718");
        Assert.Equal(["one_phone"], await fair.ToLookAtAsync());

        async Task AnswerEmptyAsync() => await fair.AnswerAsync((await fair.FlagAsync("one_phone"))!, " ");

        async Task SignInAndCheckInAsync(int member, string pin)
        {
            if (member == 0)
            {
                await fair.EnrolAsync(0, pin);
            }

            await phone.OpenAsync("/c/" + await fair.Hub.DisplayCodeAsync(fair.Display.DisplayId, fair.Evening.Meeting));
            Assert.Equal("accepted", (await phone.SubmitAsync("/c", ("number", fair.Evening.Members[member].MemberNumber), ("pin", pin))).Code);
            await phone.OpenAsync("/my");
            await phone.SubmitAsync("/my/sign-out");
        }
    }

    [Fact]
    public async Task Check_in_taken_back_settles_its_flag_and_an_answered_one_stays_to_be_read()
    {
        await using var fair = await FairEvening.StartAsync(10);
        for (var at = 0; at < 9; at++)
        {
            await fair.CheckInAsync(at);
        }

        await fair.CheckInAsync(9, "127.9.1.1");
        await fair.AnswerAsync((await fair.FlagAsync("far_network"))!, "打过电话，不在会场");
        fair.Evening.Time.Advance(TimeSpan.FromSeconds(30));
        await fair.Evening.UndoAsync(9);
        var flag = await fair.FlagAsync("far_network");
        Assert.Equal(("打过电话，不在会场", false), (flag!.Answer!.Word, flag.Subjects[0].CheckedIn));
        Assert.Equal("flag_gone", (await Assert.ThrowsAsync<RefusedException>(() => fair.AnswerAsync(flag))).Code);
    }

    [Fact]
    public async Task Traces_are_forgotten_after_their_time_and_answers_stay()
    {
        await using var fair = await FairEvening.StartAsync();
        await fair.CheckInAsync(0);
        await fair.Hub.CleanAsync(fair.Evening.Time.GetUtcNow().AddDays(29));
        Assert.Equal(1, await fair.Hub.QueryAsync(db => db.Set<PhoneTrace>().CountAsync()));
        await fair.Hub.CleanAsync(fair.Evening.Time.GetUtcNow().AddDays(31));
        Assert.Equal(0, await fair.Hub.QueryAsync(db => db.Set<PhoneTrace>().CountAsync()));
        Assert.Equal(1, await fair.Hub.QueryAsync(db => db.Set<Attendance>().CountAsync(row => row.State == AttendanceState.Present)));
    }

    [Fact]
    public async Task Flags_are_the_hosts_alone()
    {
        await using var fair = await FairEvening.StartAsync();
        await fair.EnrolAsync(1, "731904");
        using var phone = await fair.Hub.EnrolledPhoneAsync(fair.Evening.Host, fair.Evening.Members[0].Id);
        await fair.CheckInAsync(phone);
        await fair.CheckInOtherAsync(phone, 1, "731904");
        using var elsewhere = await fair.Hub.SignInAsAsync(OperatorRole.Host, await fair.Hub.CreateOrgUnitAsync("第二支部"));
        Assert.Equal("not_found", (await Assert.ThrowsAsync<RefusedException>(() => fair.ViewAsync(elsewhere))).Code);
        foreach (var page in (string[])["/my", "/my/meetings", "/c"])
        {
            Assert.DoesNotContain("flag", (await phone.OpenAsync(page)).Html, StringComparison.OrdinalIgnoreCase);
        }

        var wall = await fair.Hub.ReadFeedAsync<AttendanceDocument>(FeedKeys.Attendance(fair.Evening.RoomId));
        Assert.Null(wall!.Meetings[0].NumbersUntil);
    }

    private static string[] Sorted(params string[] names) => [.. names.Order(StringComparer.Ordinal)];
}
