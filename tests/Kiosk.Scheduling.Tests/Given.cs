using CsCheck;
using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling.Tests;

/// <summary>Documents to build tests from: a lobby display in Shanghai, three org levels deep.</summary>
internal static class Given
{
    public const string Shanghai = "Asia/Shanghai";

    public static readonly Guid DisplayId = Id(1);
    public static readonly Guid RoomId = Id(2);
    public static readonly Guid GroupId = Id(3);
    public static readonly Guid Head = Id(10), Middle = Id(11), Branch = Id(12);

    public static Guid Id(int n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public static DisplayDocument Display(string zone = Shanghai, Disclosure audience = Disclosure.Public, params AudienceWindow[] windows) => new(
        DisplayId, 7, "大堂", RoomId, "活动室", Branch, "第一支部", [Head, Middle, Branch], zone, Orientation.Landscape, "zh-CN", 50, false,
        [], audience, windows, [], [], [], "http://hub.example");

    public static ScheduleEvent Event(
        int id, DateTime start, DateTime end, string? rule = null, string? zone = null, int priority = 0,
        Disclosure disclosure = Disclosure.Public, params DateTime[] except) =>
        new(Id(id), $"event {id}", start, end, zone, rule, except, priority, disclosure, Content(id));

    public static PlaylistRef Content(int id) => new(Id(1_000_000 + id), $"playlist {id}", $"{id:x64}");

    public static ScheduleDocument Schedule(string scope, params ScheduleEvent[] events) => new(scope, Disclosure.Restricted, events, null);

    public static ScheduleDocument WithDefault(this ScheduleDocument document, int id) => document with { Default = Content(id) };

    public static DisplaySchedule Compiled(DisplayDocument display, params ScheduleDocument[] schedules) =>
        DisplaySchedule.Create(display, schedules.Select(s => CompiledSchedule.Compile(s, display.TimeZone)), [], null);

    public static NoticeItem Notice(
        int id, NoticeKind kind, DateTimeOffset start, DateTimeOffset expiry, NoticeUrgency urgency = NoticeUrgency.Normal,
        Disclosure disclosure = Disclosure.Public, int version = 1) =>
        new(Id(id), version, kind, urgency, $"notice {id}", "text", "支部", start, expiry, disclosure, null, null);

    public static RoomMeeting Meeting(int id, DateTimeOffset start, int minutes = 60) => new(
        Id(id), id, $"meeting {id}", "MemberAssembly", "党员大会", MeetingState.Scheduled, start, start.AddMinutes(minutes), start.AddMinutes(-30),
        start.AddMinutes(10), start.AddMinutes(minutes), null, true, null, [], [], 0, null, null);

    public static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static DateTimeOffset Utc(int year, int month, int day, int hour = 0, int minute = 0) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    public static DateTime Local(int year, int month, int day, int hour = 0, int minute = 0) => new(year, month, day, hour, minute, 0);
}
