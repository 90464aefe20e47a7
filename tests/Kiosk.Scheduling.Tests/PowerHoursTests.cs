using Kiosk.Contracts.Feeds;

namespace Kiosk.Scheduling.Tests;

public sealed class PowerHoursTests
{
    // Thursday 26 November 2026 in Shanghai (UTC+8).
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.FromHours(8));
    private static readonly PowerTime[] Hours = [new(4, "08:00", "20:00"), new(5, "22:00", "02:00")];

    [Theory]
    [InlineData(0, true)]
    [InlineData(7.99, true)]
    [InlineData(8, false)]
    [InlineData(33.9, false)]
    [InlineData(34, true)]
    [InlineData(37.9, true)]
    [InlineData(38, false)]
    public void Screen_rests_outside_its_hours_also_across_midnight(double hoursAfterNoon, bool lit)
    {
        var resolution = Resolve(Noon.AddHours(hoursAfterNoon));
        Assert.Equal(lit, !resolution.IsScreenOff);
        Assert.Equal(lit ? ReasonCodes.Splash : ReasonCodes.ScreenOff, resolution.Why.Code);
    }

    [Fact]
    public void Change_is_foretold()
    {
        Assert.Equal(Noon.AddHours(8), Resolve(Noon).NextChange);
        Assert.False(Resolve(Noon, hours: []).IsScreenOff);
    }

    [Fact]
    public void Running_meeting_keeps_the_screen_lit_until_its_thanks_are_over()
    {
        var meeting = Meeting(Noon.AddHours(7), Noon.AddHours(9));
        Assert.Equal(ReasonCodes.Meeting, Resolve(Noon.AddHours(8.5), meeting).Rule);
        Assert.Equal(ReasonCodes.Meeting, Resolve(Noon.AddHours(9.1), meeting).Rule);
        Assert.True(Resolve(Noon.AddHours(9.2), meeting).IsScreenOff);
        var started = MeetingRuns.Apply(meeting, [new RunAction(Guid.NewGuid(), Contracts.Hosting.HostActionKind.Extend, Noon.AddHours(8.9), "张*三", Noon.AddHours(10))]);
        Assert.Equal(ReasonCodes.Meeting, Resolve(Noon.AddHours(9.9), started).Rule);
    }

    [Fact]
    public void Takeover_wakes_it_and_an_unknown_clock_never_darkens_it()
    {
        var night = Noon.AddHours(15);
        var takeover = new NoticeItem(Guid.NewGuid(), 1, NoticeKind.Takeover, NoticeUrgency.Urgent, "紧急", "", "值班室", night.AddMinutes(-1), night.AddMinutes(5), Contracts.Disclosure.Public, null, null);
        Assert.Equal(ReasonCodes.Takeover, Resolve(night, takeover: takeover).Rule);
        Assert.True(Resolve(night).IsScreenOff);
        Assert.False(Resolve(night, clock: Contracts.Devices.ClockState.Unknown).IsScreenOff);
    }

    private static Resolution Resolve(
        DateTimeOffset now, RoomMeeting? meeting = null, NoticeItem? takeover = null, PowerTime[]? hours = null, Contracts.Devices.ClockState clock = Contracts.Devices.ClockState.Synced)
    {
        var display = Given.Display() with { TimeZone = "Asia/Shanghai", PowerHours = hours ?? Hours, RoomId = Guid.Empty };
        var notices = takeover is null ? Array.Empty<NoticesDocument>() : [new NoticesDocument("org", Contracts.Disclosure.Public, [takeover])];
        var room = new RoomDocument(Guid.Empty, "活动室", meeting is null ? [] : [meeting]);
        return ScheduleResolver.Resolve(DisplaySchedule.Create(display, [], notices, room), ReadySet.Everything, now, clock);
    }

    private static RoomMeeting Meeting(DateTimeOffset start, DateTimeOffset end) => new(
        Guid.NewGuid(), 1, "党员大会", "MemberAssembly", "党员大会", MeetingState.Scheduled, start, end, start.AddMinutes(-30), start.AddMinutes(10), end, null, true, null, [], [], 0, null, null);
}
