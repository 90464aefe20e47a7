using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Meetings;

/// <summary>What the host may do for somebody who has not checked in; nothing is offered that the hub would refuse.</summary>
public enum CheckInOffer
{
    None,

    /// <summary>Check-in is open.</summary>
    Now,

    /// <summary>Check-in is over: who is on the paper sheet is entered with the time they came.</summary>
    Afterwards,
}

internal static class CheckInOffers
{
    public static CheckInOffer Of(MeetingSummary meeting, DateTimeOffset now) => meeting.State switch
    {
        MeetingState.Cancelled => CheckInOffer.None,
        _ when now < meeting.CheckInOpens => CheckInOffer.None,
        MeetingState.Scheduled when now < meeting.CheckInCloses => CheckInOffer.Now,
        // Ended before it began to take check-ins: there is no time at which somebody could have come.
        _ => meeting.CheckInCloses > meeting.CheckInOpens ? CheckInOffer.Afterwards : CheckInOffer.None,
    };
}
