using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Stage;

public sealed class TouchTodayTests
{
    /// <summary>What does not take place is not one of today's, and says why.</summary>
    [Fact]
    public async Task Cancelled_meeting_is_not_counted_and_says_why()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync(1920, 1080);
        var now = TimeProvider.System.GetUtcNow();
        TouchMeeting Of(string title, int minutes, bool cancelled) =>
            new(Guid.NewGuid(), title, "党课", null, now.AddMinutes(minutes), now.AddMinutes(minutes + 60), now.AddMinutes(minutes - 30), false, false, cancelled, cancelled ? "大雨，改期" : null);
        async Task<string> HomeAsync(params TouchMeeting[] meetings)
        {
            await stage.ShowAsync(v => v with { Touch = Touches.Page(TouchPage.Home) with { Meetings = meetings } });
            await stage.Page.WaitForFunctionAsync("title => document.querySelector('#touch .today b')?.textContent === title", meetings.FirstOrDefault(meeting => !meeting.Cancelled)?.Title ?? meetings[^1].Title);
            return await stage.Page.InnerTextAsync("#touch .today");
        }

        Assert.Contains("今天共 2 场", await HomeAsync(Of("第一课", 40, false), Of("第二课", 140, true), Of("第三课", 240, false)), StringComparison.Ordinal);
        var one = await HomeAsync(Of("党员大会", 40, false), Of("第五课", 140, true));
        Assert.Contains("今天的会议", one, StringComparison.Ordinal);
        Assert.DoesNotContain("大雨", one, StringComparison.Ordinal);
        Assert.Contains("原因：大雨，改期", await HomeAsync(Of("第六课", 140, true)), StringComparison.Ordinal);
        await stage.ShowAsync(v => v with { Touch = Touches.Page(TouchPage.Meetings) with { Meetings = [Of("第六课", 140, true)] } });
        await stage.Page.WaitForSelectorAsync("#touch .list");
        Assert.Contains("原因：大雨，改期", await stage.Page.InnerTextAsync("#touch .list"), StringComparison.Ordinal);
    }
}
