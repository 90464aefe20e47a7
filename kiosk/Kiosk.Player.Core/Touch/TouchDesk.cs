using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Touch;

/// <summary>
/// Who stands at the screen and what they have opened. A visit ends by itself: after a while without a touch it asks, then it is wiped.
/// Thread-safe; the stage ticks it.
/// </summary>
internal sealed class TouchDesk(PlayerClock clock, OpenLink open, TimeProvider time)
{
    /// <summary>Without a touch for so long the screen asks whether to go on.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(60);

    /// <summary>Somebody's own page is left open for no next person.</summary>
    public static readonly TimeSpan OwnIdle = TimeSpan.FromSeconds(30);

    /// <summary>While a check-in is open the meeting screen with its code is nobody's to keep from the others.</summary>
    public static readonly TimeSpan BusyIdle = TimeSpan.FromSeconds(20);

    public static readonly TimeSpan PracticeIdle = TimeSpan.FromMinutes(3);

    /// <summary>How long it asks; WCAG 2.2.1 wants 20 s at least.</summary>
    public static readonly TimeSpan Warning = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ResultShown = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MineAfterCard = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HubAnswer = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private TouchVisit? visit;
    private TouchRoom room = TouchRoom.Closed;
    private (Guid CheckIn, string Card, long At)? shown;
    private long lastTouch;
    private long? leaving;
    private int asked;
    private bool hosted;

    /// <summary>Raised when there is something else to show.</summary>
    public event Action? Changed;

    public TouchVisit? Visit
    {
        get
        {
            lock (gate)
            {
                return visit;
            }
        }
    }

    public bool Practising => Visit?.Practice is not null;

    /// <summary>Somebody wants to see their own page and has not shown a card yet.</summary>
    public bool AsksForCard => Visit?.Own is { State: OwnState.AskCard };

    /// <summary>How long <see cref="Tick"/> has nothing to do.</summary>
    public TimeSpan DueIn
    {
        get
        {
            lock (gate)
            {
                if (visit is null)
                {
                    return TimeSpan.MaxValue;
                }

                var left = IdleOf(visit) + (visit.EndsAt is null ? TimeSpan.Zero : Warning) - time.GetElapsedTime(lastTouch);
                return leaving is { } since && ResultShown - time.GetElapsedTime(since) is var soon && soon < left ? soon : left;
            }
        }
    }

    public void Take(TouchAction action)
    {
        lock (gate)
        {
            if (!room.MayOpen)
            {
                return;
            }

            visit = Next(action);
            lastTouch = time.GetTimestamp();
        }

        Changed?.Invoke();
    }

    /// <summary>Ends what is over.</summary>
    public void Tick(TouchRoom now)
    {
        lock (gate)
        {
            room = now;
            if (shown is { } card && time.GetElapsedTime(card.At) >= MineAfterCard)
            {
                shown = null;
            }

            // Letters and language stay as they are while the host is at the panel; no page comes back after it.
            if (now.Hosting && visit is { Practice: null })
            {
                visit = visit.On(TouchPage.Home) with { EndsAt = null };
                (hosted, lastTouch) = (true, time.GetTimestamp());
            }
            else if (hosted)
            {
                hosted = false;
                End();
            }

            if (visit is null)
            {
                return;
            }

            var quiet = time.GetElapsedTime(lastTouch);
            var idle = IdleOf(visit);
            if (!room.MayOpen || quiet >= idle + Warning || (leaving is { } since && time.GetElapsedTime(since) >= ResultShown) || (visit.Practice is not null && !room.MayPractise))
            {
                End();
            }
            else if (quiet >= idle && visit.EndsAt is null)
            {
                visit = visit with { EndsAt = clock.Now + (idle + Warning - quiet) };
            }
        }
    }

    /// <summary>A card was answered by the check-in desk: it wins over what was open, and whoever asked for their own page gets it.</summary>
    public void CardTaken(CheckInView result, string card)
    {
        lock (gate)
        {
            // Whoever shows a card is there: nothing asks over the answer.
            lastTouch = time.GetTimestamp();
            var known = result.Kind is not (CheckInViewKind.Refused or CheckInViewKind.Noted);
            shown = known ? (result.Id, card, time.GetTimestamp()) : null;
            if (visit is { Own.State: OwnState.AskCard })
            {
                if (known)
                {
                    Ask(card);
                }
            }
            else if (visit is not null)
            {
                // Letters and language stay as they are while the result shows.
                visit = visit.On(TouchPage.Home) with { EndsAt = null };
                leaving = time.GetTimestamp();
            }
        }

        Changed?.Invoke();
    }

    /// <summary>A valid card for somebody who asked for their own page, while no meeting takes check-ins.</summary>
    public void ShowOwn(string card)
    {
        lock (gate)
        {
            if (visit is { Own.State: OwnState.AskCard })
            {
                Ask(card);
            }
        }

        Changed?.Invoke();
    }

    /// <summary>A card while practising; null when nobody practises any more.</summary>
    public (CheckInOutcome? Refusal, bool Late)? Practise(string card, CheckInOutcome? refusal, string? maskedName)
    {
        (CheckInOutcome? Refusal, bool Late) said;
        lock (gate)
        {
            if (visit?.Practice is not { } run)
            {
                return null;
            }

            var (after, outcome, late) = run.Take(card, refusal, maskedName, clock.Now);
            (visit, said, lastTouch) = (visit with { Practice = after, EndsAt = null }, (outcome, late), time.GetTimestamp());
        }

        Changed?.Invoke();
        return said;
    }

    /// <summary>The display is somebody else's now.</summary>
    public void Forget()
    {
        lock (gate)
        {
            End();
            shown = null;
        }
    }

    private TimeSpan IdleOf(TouchVisit of) => of.Practice is not null ? PracticeIdle : room.CheckInOpen ? BusyIdle : of.IsPersonal ? OwnIdle : Idle;

    private TouchVisit? Next(TouchAction action)
    {
        // A touch on the result of a card is about that card.
        leaving = action.Kind is TouchActionKind.Stay or TouchActionKind.Undo ? leaving : null;
        if (action.Kind is TouchActionKind.Mine)
        {
            if (shown is { } card && card.CheckIn == action.Id)
            {
                visit ??= New();
                Ask(card.Card);
            }

            return visit;
        }

        if (visit is null)
        {
            return action.Kind is TouchActionKind.Open ? New() : null;
        }

        var here = visit with { EndsAt = null };
        return action.Kind switch
        {
            TouchActionKind.Home => here.On(TouchPage.Home),
            TouchActionKind.Back when here.Notice is not null => here with { Notice = null },
            TouchActionKind.Back when here.Page is not TouchPage.Home => here.On(TouchPage.Home),
            TouchActionKind.Back or TouchActionKind.Close => null,
            TouchActionKind.HowTo => here.On(TouchPage.HowTo),
            TouchActionKind.Meetings => here.On(TouchPage.Meetings),
            TouchActionKind.Notices => here.On(TouchPage.Notices),
            TouchActionKind.Notice => here.On(TouchPage.Notices) with { Notice = action.Id },
            TouchActionKind.Own => here.On(TouchPage.Own) with { Own = new OwnView(OwnState.AskCard, null, null) },
            TouchActionKind.Elder => here with { Elder = !(here.Elder ?? room.Elder) },
            TouchActionKind.Language => here with { OtherLanguage = !here.OtherLanguage },
            TouchActionKind.Practice when room.MayPractise => here.On(TouchPage.Practice) with { Practice = PracticeRun.Begin(clock.Now) },
            TouchActionKind.PracticeNext when here.Practice is { } run => here with { Practice = run.Next(clock.Now) },
            TouchActionKind.PracticeBack when here.Practice is { } run => here with { Practice = run.Back(clock.Now) },
            TouchActionKind.PracticePoint or TouchActionKind.PracticeCount or TouchActionKind.PracticeClose or TouchActionKind.PracticeReopen when here.Practice is { } run =>
                here with { Practice = run.Host(action.Kind) },
            TouchActionKind.PracticeOther when here.Practice is { } run => here with { Practice = run.Other() },
            _ => here,
        };
    }

    private TouchVisit New() => new(Guid.CreateVersion7(time.GetUtcNow()), TouchPage.Home);

    private void Ask(string card)
    {
        var mine = ++asked;
        visit = visit!.On(TouchPage.Own) with { Own = new OwnView(OwnState.Loading, null, null), Asked = mine, EndsAt = null };
        (lastTouch, leaving) = (time.GetTimestamp(), null);
        var request = new CardSummaryRequest(card, room.LanguageOf(visit));
        _ = Task.Run(() => AskAsync(request, mine)); // not under the gate
    }

    private async Task AskAsync(CardSummaryRequest request, int mine)
    {
        var reply = await open.AskAsync(request, HubAnswer, time);
        lock (gate)
        {
            if (visit is not { Own: not null } waiting || waiting.Asked != mine)
            {
                return;
            }

            visit = waiting with
            {
                Own = reply switch
                {
                    null => new OwnView(OwnState.Failed, "hub_unreachable", null),
                    { Summary: { } summary } => new OwnView(OwnState.Shown, null, summary),
                    _ => new OwnView(OwnState.Failed, reply.Refusal ?? "other", null),
                },
            };
            lastTouch = time.GetTimestamp();
        }

        Changed?.Invoke();
    }

    private void End() => (visit, leaving) = (null, null);
}
