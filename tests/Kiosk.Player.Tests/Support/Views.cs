using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Tests.Support;

internal static class Views
{
    public static StageView Splash(long revision, DateTimeOffset now) => new(
        revision, now, "zh-CN", "Asia/Shanghai", Orientation.Landscape, ElderMode: false, VolumePercent: 30, "幸福社区党群服务中心 · 一楼大厅", HubReachable: true,
        Pairing: null, PlaybackView.Splash, [], Banner: null, Takeover: null, Meeting: null, CheckIn: null, Refusal: null);

    public static NoticeView Notice(string title, string text, string from = "幸福社区党支部") => new(
        Guid.NewGuid(), 1, NoticeUrgency.Important, title, text, from, Now(), Now().AddHours(2), null, null);

    public static CheckInView Done(string name, int? points) => new(
        Guid.NewGuid(), CheckInViewKind.Done, null, name, Late: false, points, Now().AddSeconds(3));

    public static CheckInView Refused(string outcome) => new(
        Guid.NewGuid(), CheckInViewKind.Refused, outcome, null, Late: false, null, Now().AddSeconds(3));

    public static MeetingView Meeting(MeetingPhase phase, bool showNames = true) => new(
        Guid.Parse("0193560c-aaaa-7000-8000-000000000001"),
        phase,
        "2026年第四季度党员大会暨主题党日",
        "党员大会",
        "三楼活动室",
        "李卫国",
        phase is MeetingPhase.Before ? Now().AddSeconds(754) : Now().AddMinutes(-20),
        Now().AddMinutes(90),
        CheckInOpen: phase is MeetingPhase.Before or MeetingPhase.During,
        phase is MeetingPhase.After or MeetingPhase.Cancelled ? null : "https://kiosk.example.org/c/AEAQAAAAAAAQAAAAAJ5HTUGQ2LW4ZRMYXKQ3V7A",
        Now().AddSeconds(8),
        showNames,
        Expected: 42,
        Present: 31,
        OfflinePresent: 2,
        VotingExpected: 38,
        VotingPresent: 29,
        QuorumNeeded: 19,
        "《中国共产党基层组织选举工作条例》及本支部设置",
        ["传达学习上级会议精神", "通报第四季度党支部工作情况", "讨论接收预备党员事宜并表决", "“十五分钟便民服务圈”志愿服务分工"],
        [.. Names.Select((n, i) => new Arrival(n, Now().AddSeconds(-i * 20), i == 2))],
        new NextMeetingView("十二月主题党日：走进社区食堂", Now().AddDays(20)));

    public static MeetingView EnglishMeeting(MeetingPhase phase, bool showNames = true) => Meeting(phase, showNames) with
    {
        Title = "Members' assembly, fourth quarter, with theme day",
        TypeName = "Members' assembly",
        RoomName = "Activity room, third floor",
        HostName = "Ann Lee",
        QuorumSource = "Rules of the branch, section 3",
        Agenda = ["Report on the last quarter", "Admission of new members, with a vote", "Volunteer service in December"],
        Arrivals = [.. EnglishNames.Select((n, i) => new Arrival(n, Now().AddSeconds(-i * 20), i == 1))],
        NextMeeting = new NextMeetingView("Theme day in December", Now().AddDays(20)),
    };

    private static readonly string[] EnglishNames = ["A***e", "B**b", "C***n", "D***s", "E***a", "F***k", "G***e"];

    private static readonly string[] Names =
        ["张*三", "王*", "欧**明", "李*芳", "赵*刚", "陈*", "刘*英", "周*华", "吴*", "郑*国", "孙*梅", "马*", "朱*兰", "胡*", "林*生", "何*", "高*平", "罗*"];

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();
}
