using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Player.Core.Touch;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.CheckIns;

/// <summary>
/// Where every card comes first: whatever is open on the screen, a card that can check somebody in does. Only when nothing takes check-ins
/// may it open its holder's own page or be practised with.
/// </summary>
internal sealed class CardFront(CheckInDesk desk, TouchDesk touch)
{
    public async Task<CheckInView> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var card = CardText.Normalise(text);
        if (PracticeCards.Find(card) is { } practice)
        {
            return Practise(practice.Letter, practice.Refusal, null) ?? desk.Tell(CheckInViewKind.Refused, "practice_card", null, false, null);
        }

        var checksIn = true;
        if (touch.Practising || touch.AsksForCard)
        {
            // Judged by the same rules: where no check-in is possible none can get lost.
            var decision = desk.Judge(card);
            checksIn = decision is null or { Meeting: not null } or { Refusal: CheckInOutcome.AlreadyCheckedIn };
            if (decision is { Meeting: null, NotReady: false, Refusal: CheckInOutcome.WrongMeeting or CheckInOutcome.TooEarly or CheckInOutcome.TooLate or CheckInOutcome.MeetingCancelled })
            {
                if (touch.AsksForCard)
                {
                    touch.ShowOwn(card);
                    return desk.Make(CheckInViewKind.OnlyAsked, null, decision.MaskedName, false, null);
                }

                if (Practise("own", null, decision.MaskedName) is { } practised)
                {
                    return practised;
                }
            }
        }

        var result = await desk.ReadAsync(text, cancellationToken);
        if (checksIn || !touch.Practising)
        {
            touch.CardTaken(result, card);
        }

        return result;
    }

    /// <summary>Says what the kiosk would say, and that it was practice; writes nothing.</summary>
    public CheckInView? Practise(string letter, CheckInOutcome? refusal, string? maskedName)
    {
        if (touch.Practise(letter, refusal, maskedName) is not { } said)
        {
            return null;
        }

        var kind = said.Refusal switch
        {
            null => CheckInViewKind.Done,
            CheckInOutcome.AlreadyCheckedIn => CheckInViewKind.AlreadyDone,
            _ => CheckInViewKind.Refused,
        };
        return desk.Tell(kind, said.Refusal is { } outcome ? Codes.Of(outcome) : null, maskedName, said.Late, letter);
    }
}
