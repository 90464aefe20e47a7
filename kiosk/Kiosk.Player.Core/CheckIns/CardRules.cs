using System.Security.Cryptography;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;

namespace Kiosk.Player.Core.CheckIns;

/// <summary>Decides about a card with no network: issuer, signature, revocation, meeting, window, roster, already there. Pure.</summary>
internal static class CardRules
{
    private static readonly TimeSpan Nearby = TimeSpan.FromHours(12);

    /// <summary>The card when it is one of this organisation's and not revoked; for whoever has to know only whose it is.</summary>
    public static CheckInCard? Verify(string text, PlayerDocuments documents) =>
        CheckInCard.TryRead(text, out var card)
        && documents.Display.CardIssuers.FirstOrDefault(i => i.Issuer == card.Issuer && i.KeyId == card.KeyId) is { } issuer
        && IsSigned(card, text, issuer) && !documents.RevokedSerials.Contains(card.Serial)
            ? card
            : null;

    /// <param name="text">Normalised text.</param>
    /// <param name="isJournalled">Whether this kiosk holds a check-in of this member for this meeting.</param>
    public static CardDecision Judge(string text, PlayerDocuments documents, ClockReading clock, Func<Guid, Guid, bool> isJournalled) =>
        Judge(text, documents, clock, new DeskMemory(isJournalled, (_, _) => false, (_, _) => false));

    /// <param name="memory">What this kiosk knows beyond the documents.</param>
    /// <inheritdoc cref="Judge(string, PlayerDocuments, ClockReading, Func{Guid, Guid, bool})"/>
    public static CardDecision Judge(string text, PlayerDocuments documents, ClockReading clock, DeskMemory memory)
    {
        if (!CheckInCard.TryRead(text, out var card))
        {
            return CardDecision.Refused(CheckInOutcome.UnknownCard);
        }

        var keys = documents.Display.CardIssuers.Where(i => i.Issuer == card.Issuer).ToList();
        if (keys.Count == 0)
        {
            return CardDecision.Refused(CheckInOutcome.WrongIssuer);
        }

        if (keys.FirstOrDefault(k => k.KeyId == card.KeyId) is not { } issuer || !IsSigned(card, text, issuer))
        {
            return CardDecision.Refused(CheckInOutcome.UnknownCard);
        }

        if (documents.RevokedSerials.Contains(card.Serial))
        {
            return CardDecision.Refused(CheckInOutcome.RevokedCard, card.MemberId);
        }

        return JudgeMeeting(card.MemberId, documents, clock, memory);
    }

    private static CardDecision JudgeMeeting(Guid member, PlayerDocuments documents, ClockReading clock, DeskMemory memory)
    {
        if (documents.Room is null && documents.Display.RoomId is not null)
        {
            return CardDecision.Refused(CheckInOutcome.WrongMeeting, member) with { NotReady = true };
        }

        var meetings = documents.Room?.Meetings ?? [];
        bool Came(RoomMeeting of) => memory.IsJournalled(of.Id, member) || (Arrived(member, of, documents) && !memory.IsTakenBack(of.Id, member));
        if (clock.State != ClockState.Unknown && meetings.FirstOrDefault(m => IsExit(m, clock.Now) && Came(m) && !memory.CameJustNow(m.Id, member)) is { } left)
        {
            return new CardDecision(null, left, member, EntryOf(member, left)?.MaskedName, Late: false) { Leaving = true };
        }

        var meeting = clock.State == ClockState.Unknown ? NextOf(meetings, clock.Now) : OpenFor(member, meetings, clock.Now);
        if (meeting is null)
        {
            return WhyNone(member, meetings, clock.Now, Came);
        }

        var entry = EntryOf(member, meeting);
        var late = clock.State != ClockState.Unknown && clock.Now >= meeting.LateAfter;
        if (Came(meeting))
        {
            var arrived = Arrived(member, meeting, documents);
            // Somebody who is not expected and already journalled stays with the host; once is enough.
            return arrived || entry is not null
                ? CardDecision.Refused(CheckInOutcome.AlreadyCheckedIn, member, entry?.MaskedName)
                : CardDecision.Refused(CheckInOutcome.NotOnRoster, member) with { Kept = true };
        }

        return new CardDecision(entry is null ? CheckInOutcome.NotOnRoster : null, meeting, member, entry?.MaskedName, late);
    }

    /// <summary>Of the meetings open for check-in the one that expects the member, else the one that started first.</summary>
    private static RoomMeeting? OpenFor(Guid member, IReadOnlyList<RoomMeeting> meetings, DateTimeOffset now) =>
        meetings.Where(m => m.State == MeetingState.Scheduled && m.CheckInOpens <= now && now < m.CheckInCloses)
            .OrderBy(m => EntryOf(member, m) is null).ThenBy(m => m.Start).ThenBy(m => m.Id).FirstOrDefault();

    /// <summary>With an unknown clock no window can be judged: the first meeting that is not over for certain, and the hub decides.</summary>
    private static RoomMeeting? NextOf(IReadOnlyList<RoomMeeting> meetings, DateTimeOffset notBefore) =>
        meetings.Where(m => m.State == MeetingState.Scheduled && notBefore < m.CheckInCloses).OrderBy(m => m.Start).ThenBy(m => m.Id).FirstOrDefault();

    private static CardDecision WhyNone(Guid member, IReadOnlyList<RoomMeeting> meetings, DateTimeOffset now, Func<RoomMeeting, bool> came)
    {
        // One called off whose time it is comes first, as on the screen; else what is held before what is not.
        var nearest = meetings.Where(m => EntryOf(member, m) is not null && (m.Start - now).Duration() < Nearby)
            .OrderBy(m => m.State != MeetingState.Cancelled || now < m.CheckInOpens || now >= m.End).ThenBy(m => m.State == MeetingState.Cancelled).ThenBy(m => (m.Start - now).Duration()).FirstOrDefault();
        var outcome = nearest switch
        {
            null => CheckInOutcome.WrongMeeting,
            { State: MeetingState.Cancelled } => CheckInOutcome.MeetingCancelled,
            { State: MeetingState.Scheduled } when now < nearest.CheckInOpens => CheckInOutcome.TooEarly,
            // It is over, and they were there.
            _ when came(nearest) => CheckInOutcome.AlreadyCheckedIn,
            _ => CheckInOutcome.TooLate,
        };
        return CardDecision.Refused(outcome, member, nearest is null ? null : EntryOf(member, nearest)?.MaskedName);
    }

    /// <summary>Whether a card could count for something at this instant; by a clock nobody knows it could.</summary>
    public static bool TakesCards(PlayerDocuments documents, ClockReading clock) => clock.State == ClockState.Unknown
        || (documents.Room?.Meetings ?? []).Any(m => IsExit(m, clock.Now) || (m.State == MeetingState.Scheduled && m.CheckInOpens <= clock.Now && clock.Now < m.CheckInCloses));

    /// <summary>A card of somebody who has come means leaving now.</summary>
    public static bool IsExit(RoomMeeting meeting, DateTimeOffset now) => meeting.State != MeetingState.Cancelled && meeting.ExitOpens <= now && now < meeting.ExitCloses;

    private static bool Arrived(Guid member, RoomMeeting meeting, PlayerDocuments documents) =>
        documents.Attendance?.Meetings.FirstOrDefault(m => m.MeetingId == meeting.Id)?.CheckedIn.Contains(member) ?? false;

    private static RosterEntry? EntryOf(Guid member, RoomMeeting meeting) => meeting.Roster.FirstOrDefault(r => r.MemberId == member);

    private static bool IsSigned(CheckInCard card, string text, CardIssuer issuer)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(issuer.PublicKey), out _);
            return card.Verify(text, key);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
