using Kiosk.Contracts.CheckIns;
using Kiosk.Player.Core.Touch;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Tests.Touch;

/// <summary>The practice meeting: everything can be tried, nothing is recorded.</summary>
public sealed partial class TouchDeskTests
{
    [Fact]
    public void Practice_goes_through_the_whole_meeting_and_back()
    {
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Practice);
        Assert.Equal(PracticeStep.CheckIn, desk.Visit!.Practice!.Step);
        Assert.Equal((null, false), desk.Practise("A", null, null));
        Assert.Equal((CheckInOutcome.AlreadyCheckedIn, false), desk.Practise("A", null, null));
        Assert.Equal((CheckInOutcome.RevokedCard, false), desk.Practise("F", CheckInOutcome.RevokedCard, null));
        Do(TouchActionKind.PracticeNext);
        Assert.Equal((null, true), desk.Practise("B", null, null));
        for (var i = 0; i < PracticeRun.Points; i++)
        {
            Assert.Equal((PracticeStep.Running, i), (desk.Visit.Practice.Step, desk.Visit.Practice.Point));
            Do(TouchActionKind.PracticeNext);
        }

        Assert.Equal((PracticeStep.Count, 2), (desk.Visit.Practice.Step, desk.Visit.Practice.Counted));
        Do(TouchActionKind.PracticeNext);
        Assert.Equal((CheckInOutcome.TooLate, false), desk.Practise("C", null, null));
        Do(TouchActionKind.PracticeBack);
        Do(TouchActionKind.PracticeBack);
        Assert.Equal((PracticeStep.Running, null), (desk.Visit.Practice.Step, desk.Visit.Practice.Counted));
        for (var i = 0; i < PracticeRun.Points; i++)
        {
            Do(TouchActionKind.PracticeBack);
        }

        Assert.Equal(PracticeStep.CheckIn, desk.Visit.Practice.Step);
        Assert.Equal(2, desk.Visit.Practice.Arrivals.Count);
    }

    [Fact]
    public void Host_panel_of_practice_goes_where_it_likes_and_only_where_it_makes_sense()
    {
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Practice);
        foreach (var tooEarly in (TouchActionKind[])[TouchActionKind.PracticePoint, TouchActionKind.PracticeCount, TouchActionKind.PracticeClose, TouchActionKind.PracticeReopen])
        {
            Do(tooEarly);
            Assert.Equal(PracticeStep.CheckIn, desk.Visit!.Practice!.Step);
        }

        Do(TouchActionKind.PracticeNext);
        Do(TouchActionKind.PracticeCount);
        Assert.Equal((PracticeStep.Count, 0, 0), (desk.Visit!.Practice!.Step, desk.Visit.Practice.Point, desk.Visit.Practice.Counted));
        Do(TouchActionKind.PracticePoint);
        Assert.Equal((PracticeStep.Running, 1, null), (desk.Visit.Practice.Step, desk.Visit.Practice.Point, desk.Visit.Practice.Counted));
        Do(TouchActionKind.PracticePoint);
        Do(TouchActionKind.PracticePoint);
        Assert.Equal(PracticeRun.Points - 1, desk.Visit.Practice.Point);
        Do(TouchActionKind.PracticeClose);
        Assert.Equal(PracticeStep.Closed, desk.Visit.Practice.Step);
        Do(TouchActionKind.PracticeReopen);
        Assert.Equal((PracticeStep.Running, PracticeRun.Points - 1), (desk.Visit.Practice.Step, desk.Visit.Practice.Point));
    }

    [Fact]
    public void Practice_ends_when_a_meeting_opens_or_nobody_is_there()
    {
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Practice);
        After(TouchDesk.Idle + TouchDesk.Warning);
        Assert.True(desk.Practising);
        After(TouchDesk.PracticeIdle);
        Assert.Null(desk.Visit);

        Do(TouchActionKind.Open);
        Do(TouchActionKind.Practice);
        After(TimeSpan.Zero, Room with { MayPractise = false });
        Assert.Null(desk.Visit);
        Do(TouchActionKind.Open);
        Do(TouchActionKind.Practice);
        Assert.Null(desk.Visit!.Practice);
    }
}
