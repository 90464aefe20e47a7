using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.View;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.CheckIns;

/// <summary>
/// Takes cards: judges them here and now, journals durably, then tells the member. Waits for the hub's answer for a moment
/// only, and never to take a check-in.
/// </summary>
internal sealed partial class CheckInDesk : IDisposable
{
    private static readonly TimeSpan OneCard = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan HubAnswer = TimeSpan.FromMilliseconds(700);

    /// <summary>How long the attendance feed may take to show what the hub has just accepted.</summary>
    private static readonly TimeSpan FeedLag = TimeSpan.FromSeconds(30);

    private readonly CheckInJournal journal;
    private readonly JournalUploader uploader;
    private readonly FeedBook book;
    private readonly PlayerClock clock;
    private readonly LinkState link;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (long SeenAt, Task<CheckInView> Answer)> recent = new(StringComparer.Ordinal);
    private readonly Dictionary<(Guid Meeting, Guid Member), long> justAccepted = [];
    private readonly SemaphoreSlim oneAtATime = new(1);
    private (CheckInView View, long At, long Order)? showing;
    private long reads;

    public CheckInDesk(CheckInJournal journal, JournalUploader uploader, FeedBook book, PlayerClock clock, LinkState link, TimeProvider time, ILogger log)
    {
        (this.journal, this.uploader, this.book, this.clock, this.link, this.time, this.log) = (journal, uploader, book, clock, link, time, log);
        uploader.Answered += Remember;
        book.AttendanceTaken += Believe;
    }

    /// <summary>Raised when there is another result to show or another count.</summary>
    public event Action? Changed;

    /// <summary>The result on screen, until its time is over.</summary>
    public CheckInView? Showing
    {
        get
        {
            lock (gate)
            {
                return showing is { } s && time.GetElapsedTime(s.At) < Shown ? s.View : null;
            }
        }
    }

    /// <summary>How long the result stays; long when there is none.</summary>
    public TimeSpan ShowingFor
    {
        get
        {
            lock (gate)
            {
                return showing is { } s && time.GetElapsedTime(s.At) is var age && age < Shown ? Shown - age : TimeSpan.MaxValue;
            }
        }
    }

    /// <summary>Members of a meeting who count as present although the attendance feed does not say so yet.</summary>
    public IReadOnlyCollection<Guid> Journalled(Guid meetingId)
    {
        lock (gate)
        {
            return IdsOf(meetingId).SelectMany(journal.Pending)
                .Concat(justAccepted.Where(a => IdsOf(meetingId).Contains(a.Key.Meeting) && time.GetElapsedTime(a.Value) < FeedLag).Select(a => a.Key.Member)).ToHashSet();
        }
    }

    /// <summary>One card, however often a reader sees it.</summary>
    public Task<CheckInView> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var card = CardText.Normalise(text);
        TaskCompletionSource<CheckInView> answer;
        long order;
        lock (gate)
        {
            foreach (var old in recent.Where(r => r.Value.Answer.IsCompleted && time.GetElapsedTime(r.Value.SeenAt) >= OneCard).Select(r => r.Key).ToList())
            {
                recent.Remove(old);
            }

            if (recent.TryGetValue(card, out var same))
            {
                recent[card] = (time.GetTimestamp(), same.Answer);
                return same.Answer.WaitAsync(cancellationToken);
            }

            answer = new TaskCompletionSource<CheckInView>(TaskCreationOptions.RunContinuationsAsynchronously);
            recent[card] = (time.GetTimestamp(), answer.Task);
            order = ++reads;
        }

        _ = AnswerAsync(card, order, answer);
        return answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>What a card would come to now; null while there are no documents.</summary>
    public CardDecision? Judge(string card) => book.Documents is { } documents ? CardRules.Judge(card, documents, clock.Read(), Memory) : null;

    /// <summary>An answer that stands for no check-in.</summary>
    public CheckInView Make(CheckInViewKind kind, string? outcome, string? maskedName, bool late, string? practiceCard) =>
        View(kind, outcome, maskedName, late, null) with { PracticeCard = practiceCard };

    /// <summary>Shows such an answer as that of the latest card.</summary>
    public CheckInView Tell(CheckInViewKind kind, string? outcome, string? maskedName, bool late, string? practiceCard)
    {
        var view = Make(kind, outcome, maskedName, late, practiceCard);
        lock (gate)
        {
            showing = (view, time.GetTimestamp(), ++reads);
        }

        Changed?.Invoke();
        return view;
    }

    /// <summary>For a card that was meant for something else: nothing is shown.</summary>
    public CheckInView Nothing() => View(CheckInViewKind.Done, "host", null, false, null);

    /// <summary>Nothing of what came before shows any more.</summary>
    public void Hide()
    {
        lock (gate)
        {
            showing = null;
            recent.Clear();
            justAccepted.Clear();
            own.Clear();
            takenBack.Clear();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task AnswerAsync(string card, long order, TaskCompletionSource<CheckInView> answer)
    {
        CheckInView view;
        try
        {
            view = await TakeAsync(card);
        }
        catch (Exception e)
        {
            LogFault(e);
            view = View(CheckInViewKind.Refused, "journal_failed", null, false, null);
        }

        lock (gate)
        {
            // A card that waited for its points must not lay its green over the refusal of one read after it.
            if (showing is not { } shown || shown.Order < order || time.GetElapsedTime(shown.At) >= Shown)
            {
                showing = (view, time.GetTimestamp(), order);
            }
        }

        Changed?.Invoke();
        answer.TrySetResult(view);
    }

    private async Task<CheckInView> TakeAsync(string card)
    {
        Task<CheckInResult> hubAnswer;
        CardDecision decision;
        Guid id;
        await oneAtATime.WaitAsync();
        try
        {
            if (book.Documents is not { } documents)
            {
                return View(CheckInViewKind.Refused, "not_ready", null, false, null);
            }

            var reading = clock.Read();
            decision = CardRules.Judge(card, documents, reading, Memory);
            if (decision.Meeting is not { } meeting)
            {
                var kind = decision.Refusal == CheckInOutcome.AlreadyCheckedIn ? CheckInViewKind.AlreadyDone : decision.Kept ? CheckInViewKind.Noted : CheckInViewKind.Refused;
                return View(kind, decision.NotReady ? "not_ready" : Codes.Of(decision.Refusal!.Value), decision.MaskedName, false, null) with
                {
                    RecordId = kind is CheckInViewKind.AlreadyDone ? LatestOwn(decision.MemberId) : null,
                };
            }

            id = Guid.CreateVersion7(reading.Now);
            hubAnswer = uploader.Expect(id);
            try
            {
                var entry = new CheckInEntry(id, meeting.Id, card, reading.Now, reading.State, clock.BootId, clock.MonotonicMs);
                await Task.Run(() => journal.Append(new JournalRecord(entry, decision.MemberId)));
                Own(entry, decision);
            }
            catch (Exception e) when (e is SqliteException or IOException)
            {
                uploader.NoLongerExpect(id);
                LogFault(e);
                return View(CheckInViewKind.Refused, "journal_failed", decision.MaskedName, false, null);
            }
        }
        finally
        {
            oneAtATime.Release();
        }

        uploader.Kick();
        return await WithHubAsync(decision, id, hubAnswer);
    }

    private bool IsJournalled(Guid meetingId, Guid memberId)
    {
        lock (gate)
        {
            return IdsOf(meetingId).Any(id => journal.IsPending(id, memberId)
                || (justAccepted.TryGetValue((id, memberId), out var at) && time.GetElapsedTime(at) < FeedLag));
        }
    }

    /// <summary>The meeting's own id and those under which kiosks had started it by themselves.</summary>
    private IEnumerable<Guid> IdsOf(Guid meetingId) =>
        [meetingId, .. book.Documents?.Room?.Meetings.FirstOrDefault(m => m.Id == meetingId)?.Run?.Joined ?? []];

    private CheckInView View(CheckInViewKind kind, string? outcome, string? maskedName, bool late, int? points)
    {
        var now = clock.Now;
        return new CheckInView(Guid.CreateVersion7(time.GetUtcNow()), kind, outcome, maskedName, late, points, now + Shown);
    }

    [LoggerMessage(3001, LogLevel.Error, "A check-in could not be journalled")]
    private partial void LogFault(Exception exception);
}
