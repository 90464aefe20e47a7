using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.CheckIns;

/// <summary>What the hub says, at once or later, and how long the desk speaks for it.</summary>
internal sealed partial class CheckInDesk
{
    /// <summary>Lets the hub speak for 700 ms; what it does not say in time is said by what is known here.</summary>
    private async Task<CheckInView> WithHubAsync(CardDecision decision, Guid id, Task<CheckInResult> hubAnswer)
    {
        if (await HubAnswerAsync(id, hubAnswer) is { } result)
        {
            return FromHub(result, decision);
        }

        return decision.Refusal is { } refusal
            ? View(CheckInViewKind.Noted, Codes.Of(refusal), decision.MaskedName, false, null)
            : View(
                decision.Leaving ? CheckInViewKind.Left : link.Connected ? CheckInViewKind.Done : CheckInViewKind.SavedOffline, null, decision.MaskedName, decision.Late, null) with { RecordId = id };
    }

    private async Task<CheckInResult?> HubAnswerAsync(Guid id, Task<CheckInResult> hubAnswer)
    {
        if (link.Connected)
        {
            using var waited = new CancellationTokenSource();
            await Task.WhenAny(hubAnswer, Task.Delay(HubAnswer, time, waited.Token));
            await waited.CancelAsync();
            if (hubAnswer.IsCompletedSuccessfully)
            {
                return await hubAnswer;
            }
        }

        uploader.NoLongerExpect(id);
        return null;
    }

    private CheckInView FromHub(CheckInResult result, CardDecision decision)
    {
        var name = result.MaskedName ?? decision.MaskedName;
        return result.Outcome switch
        {
            CheckInOutcome.Accepted => View(CheckInViewKind.Done, null, name, result.Late, result.PointsGranted) with { RecordId = result.Id },
            CheckInOutcome.Left => View(CheckInViewKind.Left, null, name, false, result.PointsGranted) with { RecordId = result.Id },
            CheckInOutcome.Guest => View(CheckInViewKind.Done, Codes.Of(result.Outcome), name, result.Late, null),
            CheckInOutcome.AlreadyCheckedIn => View(CheckInViewKind.AlreadyDone, Codes.Of(result.Outcome), name, false, null),
            _ => View(CheckInViewKind.Refused, Codes.Of(result.Outcome), name, false, null),
        };
    }

    private void Remember(CheckInEntry entry, CheckInResult result)
    {
        if (entry.Undoes is not null)
        {
            Undone(entry, result);
        }
        else if (result.Outcome is CheckInOutcome.Accepted or CheckInOutcome.AlreadyCheckedIn && CheckInCard.TryRead(entry.Card, out var card))
        {
            lock (gate)
            {
                foreach (var old in justAccepted.Where(a => time.GetElapsedTime(a.Value) >= FeedLag).Select(a => a.Key).ToList())
                {
                    justAccepted.Remove(old);
                }

                // The feed may be faster than the answer; what it says already needs no bridging.
                if (!IsIn(book.Documents?.Attendance, (entry.MeetingId, card.MemberId)))
                {
                    justAccepted[(entry.MeetingId, card.MemberId)] = time.GetTimestamp();
                }
            }
        }

        Changed?.Invoke();
    }

    /// <summary>Once the feed has shown a member the feed alone speaks for them: when they leave it again, the host has undone the check-in.</summary>
    private void Believe(AttendanceDocument attendance)
    {
        lock (gate)
        {
            foreach (var seen in justAccepted.Keys.Where(k => IsIn(attendance, k)).ToList())
            {
                justAccepted.Remove(seen);
            }

            foreach (var gone in takenBack.Keys.Where(k => !IsIn(attendance, k)).ToList())
            {
                takenBack.Remove(gone);
            }
        }
    }

    private bool IsIn(AttendanceDocument? attendance, (Guid Meeting, Guid Member) key) =>
        attendance?.Meetings.FirstOrDefault(m => IdsOf(m.MeetingId).Contains(key.Meeting))?.CheckedIn.Contains(key.Member) ?? false;
}
