using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Player.Core.View;
using Microsoft.Data.Sqlite;

namespace Kiosk.Player.Core.CheckIns;

/// <summary>Taking back what this kiosk has just recorded: journalled like a check-in, so it is never lost either.</summary>
internal sealed partial class CheckInDesk
{
    private static readonly TimeSpan ShortestStay = TimeSpan.FromMinutes(CheckInEntry.ShortestStayMinutes);

    private readonly Dictionary<Guid, (CheckInEntry Entry, CardDecision Decision, long At)> own = [];

    /// <summary>Members the feed may still show although they were taken back here, with when the hub answered.</summary>
    private readonly Dictionary<(Guid Meeting, Guid Member), long?> takenBack = [];

    private DeskMemory Memory => new(IsJournalled, IsTakenBack, CameJustNow);

    /// <summary>Takes one of this kiosk's own check-ins back; null when it is not one, or longer ago than a quarter of an hour.</summary>
    /// <param name="recordId">As the result named it.</param>
    public async Task<CheckInView?> UndoAsync(Guid recordId)
    {
        Task<CheckInResult> hubAnswer;
        CheckInEntry undo;
        (CheckInEntry Entry, CardDecision Decision, long At) made;
        await oneAtATime.WaitAsync();
        try
        {
            lock (gate)
            {
                if (!own.TryGetValue(recordId, out made) || time.GetElapsedTime(made.At) > TimeSpan.FromMinutes(CheckInEntry.UndoMinutes))
                {
                    return null;
                }
            }

            var reading = clock.Read();
            undo = made.Entry with
            {
                Id = Guid.CreateVersion7(reading.Now), ObservedAt = reading.Now, Clock = reading.State, BootId = clock.BootId, MonotonicMs = clock.MonotonicMs, Undoes = recordId,
            };
            hubAnswer = uploader.Expect(undo.Id);
            try
            {
                await Task.Run(() => journal.Append(new JournalRecord(undo, made.Decision.MemberId)));
            }
            catch (Exception e) when (e is SqliteException or IOException)
            {
                uploader.NoLongerExpect(undo.Id);
                LogFault(e);
                return Replace(View(CheckInViewKind.Refused, "journal_failed", made.Decision.MaskedName, false, null));
            }

            var key = (undo.MeetingId, made.Decision.MemberId);
            lock (gate)
            {
                own.Remove(recordId);
                recent.Remove(undo.Card);
                if (!made.Decision.Leaving)
                {
                    justAccepted.Remove(key);
                    takenBack[key] = null;
                }
            }
        }
        finally
        {
            oneAtATime.Release();
        }

        uploader.Kick();
        var answer = await HubAnswerAsync(undo.Id, hubAnswer);
        var (kind, code) = answer?.Outcome switch
        {
            null or CheckInOutcome.TakenBack => (CheckInViewKind.TakenBack, null),
            // What another device saw of them still counts.
            CheckInOutcome.AlreadyCheckedIn => (CheckInViewKind.AlreadyDone, "seen_elsewhere"),
            { } other => (CheckInViewKind.Refused, Codes.Of(other)),
        };
        return Replace(View(kind, code, made.Decision.MaskedName, false, null));
    }

    /// <summary>What this kiosk recorded of the member's coming within the last quarter of an hour: whoever shows the card again may take it back.</summary>
    private Guid? LatestOwn(Guid memberId)
    {
        lock (gate)
        {
            return own.Values.Where(o => o.Decision.MemberId == memberId && !o.Decision.Leaving && time.GetElapsedTime(o.At) <= TimeSpan.FromMinutes(CheckInEntry.UndoMinutes))
                .OrderByDescending(o => o.At).Select(o => (Guid?)o.Entry.Id).FirstOrDefault();
        }
    }

    private void Own(CheckInEntry entry, CardDecision decision)
    {
        lock (gate)
        {
            foreach (var old in own.Where(o => time.GetElapsedTime(o.Value.At) > TimeSpan.FromMinutes(CheckInEntry.UndoMinutes)).Select(o => o.Key).ToList())
            {
                own.Remove(old);
            }

            own[entry.Id] = (entry, decision, time.GetTimestamp());
            takenBack.Remove((entry.MeetingId, decision.MemberId));
        }
    }

    /// <summary>The hub has answered an undo: from now on the feed has a moment to follow.</summary>
    private void Undone(CheckInEntry undo, CheckInResult result)
    {
        if (!CheckInCard.TryRead(undo.Card, out var card))
        {
            return;
        }

        lock (gate)
        {
            var key = (undo.MeetingId, card.MemberId);
            if (result.Outcome != CheckInOutcome.TakenBack)
            {
                takenBack.Remove(key);
            }
            else if (takenBack.ContainsKey(key))
            {
                takenBack[key] = time.GetTimestamp();
            }
        }
    }

    private bool IsTakenBack(Guid meetingId, Guid memberId)
    {
        lock (gate)
        {
            return IdsOf(meetingId).Any(id => journal.IsUndoPending(id, memberId)
                || (takenBack.TryGetValue((id, memberId), out var answered) && (answered is null || time.GetElapsedTime(answered.Value) < FeedLag)));
        }
    }

    private bool CameJustNow(Guid meetingId, Guid memberId)
    {
        lock (gate)
        {
            var ids = IdsOf(meetingId).ToList();
            return own.Values.Any(o => ids.Contains(o.Entry.MeetingId) && o.Decision.MemberId == memberId && !o.Decision.Leaving && time.GetElapsedTime(o.At) < ShortestStay);
        }
    }

    private CheckInView Replace(CheckInView view)
    {
        lock (gate)
        {
            showing = (view, time.GetTimestamp(), ++reads);
        }

        Changed?.Invoke();
        return view;
    }
}
