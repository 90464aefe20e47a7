using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>The form of a meeting: times that go together, a place that is taken, hosts who cannot host yet.</summary>
public sealed class MeetingFormTests
{
    private static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    private static readonly Guid Room = Guid.Parse("44444444-4444-4444-4444-444444444444");
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task End_goes_along_with_the_start_until_somebody_sets_it()
    {
        await using var context = Hub();
        var dialog = context.Render<MeetingDialog>();
        string End() => dialog.Find("[data-testid=meeting-end]").GetAttribute("value")!;
        Assert.Equal("20:30", End());
        dialog.Find("[data-testid=meeting-start]").Change("1755");
        Assert.Equal(("17:55", "19:25"), (dialog.Find("[data-testid=meeting-start]").GetAttribute("value"), End()));
        dialog.Find("[data-testid=meeting-start]").Change("soon");
        dialog.Find("[data-testid=meeting-start]").Change("23:00");
        Assert.Equal("00:30", End());
        dialog.Find("[data-testid=meeting-end]").Change("23:45");
        dialog.Find("[data-testid=meeting-start]").Change("22:00");
        Assert.Equal("23:45", End());
    }

    [Fact]
    public async Task Form_says_whose_meeting_it_is_also_when_another_unit_is_chosen_in_the_bar()
    {
        await using var context = Hub();
        Assert.Equal("组织：党委", context.Render<MeetingDialog>().Find("[data-testid=meeting-unit]").TextContent);
        var held = new MeetingDetail(
            new MeetingSummary(Id, 1, "党员大会", "MemberAssembly", "党员大会", AdminContext.Branch, "第一支部", Room, "活动室", Now.AddHours(1), Now.AddHours(2), "Asia/Shanghai", MeetingState.Scheduled,
                Now, Now.AddHours(2), 0, 0), true, null, [], 0, 0, null, null, 1);
        Assert.Equal("组织：第一支部", context.Render<MeetingDialog>(parameters => parameters.Add(each => each.Meeting, held)).Find("[data-testid=meeting-unit]").TextContent);
    }

    [Theory]
    [InlineData(0, "2026-11-22")]
    [InlineData(1, "2026-11-23")]
    public async Task Evening_it_proposes_is_still_to_come(int minutesAfterSeven, string day)
    {
        await using var context = Hub();
        context.Clock.Advance(TimeSpan.FromMinutes(minutesAfterSeven));
        Assert.Equal(day, context.Render<MeetingDialog>().Find("[data-testid=meeting-day]").GetAttribute("value"));
    }

    [Fact]
    public async Task Taken_place_is_said_beside_the_time_also_when_saved_from_another_part()
    {
        await using var context = Hub();
        context.Hub.Refuse("POST", "/api/meetings", 409, """{"status":409,"code":"room_taken","title":"不能这样做","detail":"这个时间活动室已有会议“支委会”。"}""");
        var dialog = context.Render<MeetingDialog>();
        dialog.Find("[data-testid=meeting-start]").Change("21:00");
        dialog.Find("[data-testid=meeting-room]").Change(Room.ToString());
        dialog.Find("[data-testid=meeting-form-tabs] [data-value=people]").Click();
        dialog.Find("[data-testid=meeting-save]").Click();
        dialog.WaitForAssertion(() => Assert.Contains("支委会", dialog.Find("[data-testid=field-error]").TextContent, StringComparison.Ordinal));
        Assert.Equal("true", dialog.Find("[data-testid=meeting-form-tabs] [data-value=basic]").GetAttribute("aria-checked") ?? dialog.Find("[data-testid=meeting-form-tabs] [data-value=basic]").GetAttribute("aria-pressed"));
        Assert.NotNull(dialog.Find("[data-testid=meeting-start]").Closest(".field")!.QuerySelector("[data-testid=field-error]"));
        Assert.Empty(dialog.FindAll("[data-testid=problem]"));
    }

    [Theory]
    [InlineData(false, true, "李建国")]
    [InlineData(true, false, "李建国")]
    [InlineData(true, true, null)]
    public async Task Host_who_cannot_sign_in_at_a_kiosk_is_named(bool pin, bool card, string? named)
    {
        await using var context = Hub();
        var li = new MeetingPerson(Guid.NewGuid(), "李建国");
        context.Hub.Answer("GET", $"/api/members/{li.MemberId}/host", new MemberHostView(li.MemberId, false, pin ? Now : null, card));
        var hint = context.Render<HostPinHint>(parameters => parameters.Add(each => each.Hosts, [new(Guid.NewGuid(), "别支部的人"), li]));
        hint.WaitForState(() => context.Hub.Requests.Count >= 2);
        if (named is null)
        {
            hint.WaitForAssertion(() => Assert.Empty(hint.FindAll("[data-testid=host-pin-hint]")));
            return;
        }

        var link = hint.WaitForElement("[data-testid=host-pin-hint] a");
        Assert.Equal((named, $"members/{li.MemberId}"), (link.TextContent, link.GetAttribute("href")));
        Assert.Single(hint.FindAll("a"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Type_with_sign_up_offers_no_absence_and_brackets_are_the_language_s_own(bool signUp)
    {
        await using var context = Hub();
        var type = new MeetingTypeView("Committee", "支委会", 30, 10, 2, 1, true, null, null, SignUp: signUp, Kinds: [PersonKind.FullMember], Posts: Enum.GetValues<MemberPost>());
        var dialog = context.Render<MeetingTypeDialog>(parameters => parameters.Add(each => each.OrgUnitId, AdminContext.Root).Add(each => each.Type, type));
        Assert.Equal(signUp ? 0 : 1, dialog.FindAll("[data-testid=type-marks-absent]").Count);
        context.Hub.Answer("GET", "/api/meeting-types", new[] { type });
        Assert.Contains("正式党员（支委会成员）", context.Render<MeetingTypesPage>().WaitForElement("[data-testid=type-row]").TextContent, StringComparison.Ordinal);
    }

    private static AdminContext Hub()
    {
        var context = new AdminContext();
        context.Hub.Answer("GET", "/api/meeting-types", new[] { new MeetingTypeView("MemberAssembly", "党员大会", 30, 10, 2, 1, true, 50, "") });
        context.Hub.Answer("GET", "/api/rooms", new[] { new RoomSummary(Room, "活动室", AdminContext.Root, "党委", 1) });
        context.Hub.Answer("GET", "/api/joint-units", Array.Empty<JointUnit>());
        context.Hub.Answer("POST", "/api/meetings/roster-preview", new RosterPreview(23, 18, 0, []));
        return context;
    }
}
