using Bunit;
using Kiosk.Admin.Features.Meetings;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Tests;

/// <summary>Forms that a first user found odd: whose name it is, a button in the browser's own words, a field alone in its row.</summary>
public sealed class FormWordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Person_has_a_full_name_and_not_a_label()
    {
        using var context = new AdminContext();
        var meeting = new MeetingSummary(
            Guid.NewGuid(), 1, "十一月党员大会", "MemberAssembly", "党员大会", AdminContext.Root, "党委", Guid.NewGuid(), "活动室", Now, Now.AddHours(1), "Asia/Shanghai", MeetingState.Scheduled,
            Now.AddMinutes(-30), Now.AddHours(1), 3, 1);
        var dialog = context.Render<GuestDialog>(parameters => parameters.Add(each => each.Meeting, meeting));
        Assert.Contains("姓名", dialog.Find("label[for=guest-name]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("名称", dialog.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Photos_are_added_by_a_button_of_our_own()
    {
        using var context = new AdminContext();
        var field = context.Render<MinutesPhotosField>(parameters => parameters.Add(each => each.MeetingId, Guid.NewGuid()));
        var input = field.Find("[data-testid=minutes-photo-add]");
        Assert.Equal("sr", input.ClassName);
        Assert.Equal(("LABEL", "添加照片"), (input.ParentElement!.TagName, input.ParentElement.TextContent.Trim()));
    }

    [Fact]
    public void End_of_check_in_stands_beside_its_beginning()
    {
        using var context = new AdminContext();
        var dialog = context.Render<MeetingTypeDialog>(parameters => parameters.Add(each => each.Type, new MeetingTypeView("PartyLecture", "党课", 30, 10, 2, 1, false, null, null)));
        var row = dialog.Find("[data-testid=type-opens]").Closest(".cols")!;
        Assert.Equal(["type-opens", "type-closing", "type-closes"], row.QuerySelectorAll("input, select").Select(each => each.GetAttribute("data-testid")));
        Assert.All(dialog.FindAll(".cols"), each => Assert.Equal(2, each.Children.Length));
    }
}
