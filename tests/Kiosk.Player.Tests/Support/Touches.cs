using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Tests.Support;

/// <summary>Touch pages to show in tests.</summary>
internal static class Touches
{
    public static TouchView Page(TouchPage page, bool english = false) => new(
        Guid.Parse("0193560c-bbbb-7000-8000-000000000001"), page, null, false, true,
        english ? EnglishMeetings : Meetings, english ? EnglishNotices : Notices, null,
        page is TouchPage.Own ? new OwnView(OwnState.AskCard, null, null) : null, null);

    public static TouchView Own(OwnState state, string? problem = null, bool english = false) => Page(TouchPage.Own, english) with
    {
        Personal = true,
        Own = new OwnView(state, problem, state is OwnState.Shown ? english ? EnglishSummary : Summary : null),
    };

    public static TouchView Notice(bool english = false)
    {
        var page = Page(TouchPage.Notices, english);
        return page with { Notice = page.Notices[0].Id };
    }

    public static TouchView Practice(PracticeStep step = PracticeStep.CheckIn, int point = 0, bool english = false) => Page(TouchPage.Practice, english) with
    {
        Practice = new PracticeView(
            step, "A", "KIOSKPRACTICECARDA", point, 3, 4,
            step is PracticeStep.CheckIn ? [new PracticeArrival("B", null, Now().AddSeconds(-20), false)]
                : [new PracticeArrival("C", null, Now().AddSeconds(-5), true), new PracticeArrival("own", english ? "A***e" : "张*三", Now().AddSeconds(-8), false), new PracticeArrival("B", null, Now().AddSeconds(-20), false)],
            step is PracticeStep.Count or PracticeStep.Closed ? 3 : null, step is PracticeStep.CheckIn ? Now().AddMinutes(12) : Now().AddMinutes(-1)),
    };

    public static CardSummary Summary { get; } = new(
        "张*三", 128, 20,
        [
            new("参加“2026年第四季度党员大会暨主题党日”", 2, Now().AddHours(-1)),
            new("参加“十一月党课：学习贯彻会议精神”", 2, Now().AddDays(-6)),
            new("人工调整：志愿服务补记", 5, Now().AddDays(-9)),
            new("“十月主题党日”的签到已撤销：点错人", -2, Now().AddDays(-30)),
            new("参加“十月主题党日”", 2, Now().AddDays(-30)),
        ],
        [new("十二月主题党日：走进社区食堂", Now().AddDays(9), "三楼活动室"), new("年度组织生活会", Now().AddDays(20), "一楼会议室")], null);

    private static CardSummary EnglishSummary { get; } = new(
        "A***e", 128, 20,
        [new("Came to “Members' assembly, fourth quarter”", 2, Now().AddHours(-1)), new("Adjusted by hand: volunteer service", 5, Now().AddDays(-9))],
        [new("Theme day in December: the community canteen", Now().AddDays(9), "Activity room, third floor")], null);

    private static IReadOnlyList<TouchMeeting> Meetings { get; } =
    [
        new(Guid.NewGuid(), "社区志愿者碰头会", "其他", "李卫国", Now().AddHours(-4), Now().AddHours(-3), Now().AddHours(-5), false, true, false),
        new(Guid.NewGuid(), "2026年第四季度党员大会暨主题党日", "党员大会", "李卫国", Now().AddMinutes(12), Now().AddMinutes(100), Now().AddMinutes(-18), true, false, false),
        new(Guid.NewGuid(), "党小组会", "党小组会", null, Now().AddMinutes(120), Now().AddMinutes(180), Now().AddMinutes(90), false, false, true),
    ];

    private static IReadOnlyList<TouchMeeting> EnglishMeetings { get; } =
        [new(Guid.NewGuid(), "Members' assembly, fourth quarter, with theme day", "Members' assembly", "Ann Lee", Now().AddMinutes(12), Now().AddMinutes(100), Now().AddMinutes(-18), true, false, false)];

    private static IReadOnlyList<NoticeView> Notices { get; } =
    [
        Views.Notice("关于本周五停水检修的通知", "因小区供水管道检修，本周五（28日）上午8时至下午4时停水，请各位居民提前储水。\n检修期间一楼大厅设有临时取水点，老人和行动不便的居民可以拨打服务电话，由志愿者送水上门。\n如有变化另行通知，给您带来不便敬请谅解。"),
        Views.Notice("十二月党费交纳提醒", "请各位党员于十二月十日前交纳党费，可到一楼党务窗口办理。") with { Urgency = Contracts.Feeds.NoticeUrgency.Normal },
    ];

    private static IReadOnlyList<NoticeView> EnglishNotices { get; } =
        [Views.Notice("No water on Friday", "The pipes are being repaired on Friday from 8 in the morning to 4 in the afternoon. Please keep some water.", "Sunrise Community Centre")];

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();
}
