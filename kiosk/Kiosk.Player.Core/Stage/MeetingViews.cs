using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Hosting;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;
using Phase = Kiosk.Player.Core.View.MeetingPhase;

namespace Kiosk.Player.Core.Stage;

/// <summary>Meeting mode as the room sees it.</summary>
internal static class MeetingViews
{
    /// <param name="journalled">Members in this kiosk's journal that the hub has not confirmed.</param>
    public static MeetingView Of(MeetingMoment moment, PlayerDocuments documents, Disclosure audience, ClockReading clock, bool hubReachable, IReadOnlyCollection<Guid> journalled)
    {
        var meeting = moment.Meeting;
        var attendance = documents.Attendance?.Meetings.FirstOrDefault(m => m.MeetingId == meeting.Id);
        var count = HostViews.CountOf(meeting, documents, journalled);
        var run = meeting.Run is { } actions ? MeetingRuns.Fold(actions) : null;
        var (session, agenda, point) = moment.Phase is Scheduling.MeetingPhase.During ? HostViews.PartOf(meeting, run, clock.Now) : (null, meeting.Agenda, run?.Point);
        var open = IsCheckInOpen(meeting, clock.Now);
        var step = DisplayCode.StepAt(clock.Now);
        var leaving = clock.State != ClockState.Unknown && CardRules.IsExit(meeting, clock.Now);
        var qr = (open || leaving) && hubReachable ? QrText(meeting, documents.Display, step) : null;
        var showNames = meeting.MembersSession && audience >= Disclosure.Internal;
        var next = Meetings.NextAfter(documents.Room, clock.Now, meeting.Id);
        return new MeetingView(
            meeting.Id,
            PhaseOf(moment.Phase),
            meeting.Title,
            session?.TypeName ?? meeting.TypeName,
            documents.Room?.Name ?? documents.Display.RoomName,
            run?.Leads ?? meeting.HostName,
            meeting.Start,
            meeting.End,
            open,
            qr,
            qr is null ? null : DisplayCode.StartOf(step + 1),
            showNames,
            count.Expected,
            count.Present,
            count.Present - (attendance?.Present ?? 0),
            count.VotingExpected,
            count.VotingPresent,
            meeting.QuorumNeeded,
            meeting.QuorumSource,
            agenda,
            showNames ? attendance?.Recent ?? [] : [],
            next is null ? null : new NextMeetingView(next.Title, next.Start),
            point,
            run?.Frozen is { } frozen ? HostViews.View(frozen) : null,
            hubReachable && attendance?.NumbersUntil > clock.Now ? attendance.NumbersUntil : null,
            session,
            leaving,
            meeting.SignUp,
            meeting.CancelReason);
    }

    public static bool IsCheckInOpen(RoomMeeting meeting, DateTimeOffset now) =>
        meeting.State == MeetingState.Scheduled && meeting.CheckInOpens <= now && now < meeting.CheckInCloses;

    /// <summary>Address with the code of one step; null when the hub gave no key for this meeting.</summary>
    private static string? QrText(RoomMeeting meeting, DisplayDocument display, uint step)
    {
        var key = display.CheckInKeys.LastOrDefault(k => k.MeetingId == meeting.Id);
        return key is null
            ? null
            : $"{display.HubAddress}/c/{new DisplayCode(key.KeyId, display.Number, key.MeetingNumber, step).Encode(Convert.FromBase64String(key.Secret))}";
    }

    private static Phase PhaseOf(Scheduling.MeetingPhase phase) => phase switch
    {
        Scheduling.MeetingPhase.Before => Phase.Before,
        Scheduling.MeetingPhase.During => Phase.During,
        Scheduling.MeetingPhase.Cancelled => Phase.Cancelled,
        _ => Phase.After,
    };
}
