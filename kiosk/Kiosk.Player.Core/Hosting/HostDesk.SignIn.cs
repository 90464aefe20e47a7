using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.View;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.Hosting;

/// <summary>From the card to the menu: the card, the PIN and its lock.</summary>
internal sealed partial class HostDesk
{
    /// <summary>Takes the card when the panel waits for one and its holder may host here, or when it could mean nothing else; false leaves it to the check-in desk.</summary>
    public bool TakeCard(string text)
    {
        var normal = CardText.Normalise(text);
        lock (gate)
        {
            if (session is not { Step: HostStep.Card } waiting || time.GetElapsedTime(waiting.Touched) >= waiting.Limit || book.Documents is not { } documents)
            {
                return false;
            }

            if (CardRules.Verify(normal, documents) is not { } card || documents.Room?.Hosts?.FirstOrDefault(h => h.MemberId == card.MemberId) is not { } host)
            {
                // What a reader garbled says nothing about whose card it was.
                session = waiting with { Code = CheckInCard.TryRead(normal, out _) ? "not_a_host" : "card_unread" };
                Raise();
                // Where no card counts, that it opens nothing here is the whole answer.
                return !CardRules.TakesCards(documents, clock.Read());
            }

            session = new HostSession(HostStep.Pin, time.GetTimestamp(), clock.Now) { Card = normal, Read = card, Host = host };
        }

        Raise();
        return true;
    }

    private void Open()
    {
        var code = clock.Read().State == ClockState.Unknown ? "clock_unknown" : null;
        if (Current() is null && CanHost(book.Documents))
        {
            lock (gate)
            {
                session = new HostSession(HostStep.Card, time.GetTimestamp(), clock.Now) { Code = code };
            }
        }
    }

    private async Task TryPinAsync(string pin)
    {
        var reading = clock.Read();
        if (Current() is not { Step: HostStep.Pin, Read: { } card, Host: { } host } s)
        {
            return;
        }

        if (reading.State == ClockState.Unknown)
        {
            Set(_ => s with { Code = "clock_unknown" });
            return;
        }

        var tries = journal.Tries(card.MemberId);
        if (PinLock.IsLocked(tries, reading.Now))
        {
            Set(_ => s with { Code = "pin_locked", Touched = time.GetTimestamp(), At = reading.Now });
            return;
        }

        try
        {
            // Counted before it is looked at: pulling the plug while it is checked gives nothing back.
            tries = PinLock.Counted(tries, reading.Now);
            journal.SaveTries(card.MemberId, tries);
            Set(_ => s with { Busy = true, Code = null, Touched = time.GetTimestamp(), At = reading.Now });
            Raise();
            if (pin.Length == HostLimits.PinLength && await Task.Run(() => HostPinCheck.Matches(host, card, pin)))
            {
                journal.SaveTries(card.MemberId, PinTries.None);
                Set(_ => s with { Step = HostStep.Menu, Code = null, Touched = time.GetTimestamp(), At = reading.Now });
                CheckInHost(s.Card!);
                return;
            }

            if (tries.LockedUntil is not null)
            {
                journal.Append(new ActionRecord(Draft(HostActionKind.PinLocked, Guid.Empty, s.Card!, reading), host.MaskedName));
                kick();
            }

            Set(_ => s with { Code = tries.LockedUntil is null ? "pin_wrong" : "pin_locked", Touched = time.GetTimestamp(), At = reading.Now });
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            LogFault(e);
            Set(_ => s with { Code = "journal_failed" });
        }
    }

    /// <summary>Whoever signs in to host is there: the same card checks in, when a meeting expects it. It never means leaving: the host is here to close.</summary>
    private void CheckInHost(string card)
    {
        if (desk.Judge(card) is { Refusal: null, Leaving: false })
        {
            _ = desk.ReadAsync(card, CancellationToken.None);
        }
    }
}
