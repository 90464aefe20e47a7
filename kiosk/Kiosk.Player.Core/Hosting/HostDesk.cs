using System.Text.Json;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Hosting;

/// <summary>
/// Signs a host in by card and PIN, with or without a hub, and takes what the host does: journalled durably, then true on this screen, then
/// uploaded. The session ends by itself; nothing of it is stored.
/// </summary>
internal sealed partial class HostDesk : IDisposable
{
    private readonly ActionJournal journal;
    private readonly FeedBook book;
    private readonly PlayerClock clock;
    private readonly CheckInDesk desk;
    private readonly Action kick;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim oneAtATime = new(1);
    private HostSession? session;

    /// <param name="kick">Called when there is something new to upload.</param>
    public HostDesk(ActionJournal journal, FeedBook book, PlayerClock clock, CheckInDesk desk, Action kick, TimeProvider time, ILogger log)
    {
        (this.journal, this.book, this.clock, this.desk, this.kick, this.time, this.log) = (journal, book, clock, desk, kick, time, log);
    }

    /// <summary>Raised when the panel has changed.</summary>
    public event Action? Changed;

    /// <summary>How long until the panel changes by itself; long when it is closed.</summary>
    public TimeSpan ShowingFor
    {
        get
        {
            lock (gate)
            {
                return session is { } s ? s.Limit - time.GetElapsedTime(s.Touched) : TimeSpan.MaxValue;
            }
        }
    }

    /// <summary>The panel as it is to be shown; null while it is closed.</summary>
    public HostPanelView? View(PlayerDocuments? documents, ClockReading reading)
    {
        HostSession? s;
        lock (gate)
        {
            if (session is { } open && (time.GetElapsedTime(open.Touched) >= open.Limit || documents is null))
            {
                session = null;
            }

            s = session;
        }

        if (s is null || documents is null)
        {
            return null;
        }

        var ends = s.At + s.Limit;
        var tries = s.Read is { } card && s.Step == HostStep.Pin ? journal.Tries(card.MemberId) : PinTries.None;
        var (meeting, units) = s.Step == HostStep.Menu ? Choices(s.Host!, documents, reading.Now) : (null, []);
        return new HostPanelView(
            s.Step,
            s.Host?.MaskedName,
            s.Code,
            s.Busy,
            s.Code == "pin_wrong" ? PinLock.Left(tries) : null,
            PinLock.IsLocked(tries, reading.Now) ? tries.LockedUntil : null,
            ends - HostSession.Asks,
            ends,
            meeting is null ? null : HostViews.Of(meeting, documents, desk.Journalled(meeting.Id), s.Host!.MaskedName, reading.Now),
            StartRules.Offer(units, documents.Room?.Types ?? []),
            s.Done);
    }

    /// <summary>Somebody is at the panel, or on the way into it.</summary>
    public bool IsOpen => Current() is not null;

    public static bool CanHost(PlayerDocuments? documents) => documents?.Room?.Hosts is { Count: > 0 };

    public async Task DoAsync(HostCommand command, CancellationToken cancellationToken)
    {
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            switch (command.Kind)
            {
                case HostCommandKind.Open:
                    Open();
                    break;
                case HostCommandKind.Leave:
                    Set(_ => null);
                    break;
                case HostCommandKind.Touch:
                    Set(s => s with { Touched = time.GetTimestamp(), At = clock.Now });
                    break;
                case HostCommandKind.Pin:
                    await TryPinAsync(command.Text ?? "");
                    break;
                default:
                    await ActAsync(command);
                    break;
            }
        }
        finally
        {
            oneAtATime.Release();
        }

        Raise();
    }

    /// <summary>The hosts of an old identity are nobody's business any more.</summary>
    public void Hide() => Set(_ => null);

    public void Dispose() => oneAtATime.Dispose();

    private async Task ActAsync(HostCommand command)
    {
        var reading = clock.Read();
        if (Current() is not { Step: HostStep.Menu, Host: { } host, Card: { } card } s || book.Documents is not { } documents)
        {
            return;
        }

        var (meeting, units) = Choices(host, documents, reading.Now);
        var (record, refusal) = reading.State == ClockState.Unknown ? (null, "clock_unknown")
            : command.Kind == HostCommandKind.Start ? StartOf(command, s, units, documents, reading)
            : meeting is null ? (null, "not_now")
            : RecordOf(command, meeting, documents, host, card, reading);
        if (record is null)
        {
            Set(_ => s with { Code = refusal, Done = null, Touched = time.GetTimestamp(), At = reading.Now });
            return;
        }

        try
        {
            await Task.Run(() => journal.Append(record));
        }
        catch (Exception e) when (e is SqliteException or IOException)
        {
            LogFault(e);
            Set(_ => s with { Code = "journal_failed", Done = null, Touched = time.GetTimestamp(), At = reading.Now });
            return;
        }

        book.Relay();
        kick();
        Set(_ => s with { Code = null, Done = record.Entry.Kind, Touched = time.GetTimestamp(), At = reading.Now });
        if (command.Kind == HostCommandKind.Start)
        {
            CheckInHost(card);
        }
    }

    private (ActionRecord? Record, string? Refusal) StartOf(
        HostCommand command, HostSession s, IReadOnlyList<StandbyUnit> units, PlayerDocuments documents, ClockReading reading)
    {
        var title = (command.Text ?? "").Trim();
        if (units.FirstOrDefault(u => u.OrgUnitId == command.UnitId) is not { } unit || documents.Room?.Types?.FirstOrDefault(t => t.Code == command.Type) is not { } type || title.Length > 120
            || StartRules.RosterOf(unit, type) is not { } roster)
        {
            return (null, "not_now");
        }

        var meeting = StartRules.Started(Guid.CreateVersion7(reading.Now), roster, type, title.Length == 0 ? type.Name : title, reading.Now);
        var entry = Draft(HostActionKind.Start, meeting.Id, s.Card!, reading) with
        {
            Start = new MeetingStart(unit.OrgUnitId, type.Code, meeting.Title, HostLimits.StartMinutes, [.. roster.Select(r => r.MemberId)]),
        };
        return (new ActionRecord(entry, s.Host!.MaskedName, meeting), null);
    }

    private (ActionRecord? Record, string? Refusal) RecordOf(
        HostCommand command, RoomMeeting meeting, PlayerDocuments documents, RoomHost host, string card, ClockReading reading)
    {
        var count = HostViews.CountOf(meeting, documents, desk.Journalled(meeting.Id));
        var (action, refusal) = HostRules.Decide(command, meeting, count, Draft(HostActionKind.Close, meeting.Id, card, reading), reading.Now);
        return (action is null ? null : new ActionRecord(action, host.MaskedName), refusal);
    }

    private HostActionEntry Draft(HostActionKind kind, Guid meetingId, string card, ClockReading reading) =>
        new(Guid.CreateVersion7(reading.Now), kind, meetingId, card, reading.Now, reading.State, clock.BootId, clock.MonotonicMs);

    private (RoomMeeting? Meeting, IReadOnlyList<StandbyUnit> Units) Choices(RoomHost host, PlayerDocuments documents, DateTimeOffset now)
    {
        var here = journal.Live.Where(r => r.Entry.Start is not null).DistinctBy(r => r.Entry.MeetingId).ToDictionary(r => r.Entry.MeetingId, r => r.Entry.Start!.OrgUnitId);
        return (HostRules.MeetingOf(host, documents.Room, here, now), HostRules.UnitsOf(host, documents.Room, now));
    }

    private HostSession? Current()
    {
        lock (gate)
        {
            return session is { } s && time.GetElapsedTime(s.Touched) < s.Limit ? s : null;
        }
    }

    private void Set(Func<HostSession, HostSession?> change)
    {
        lock (gate)
        {
            // A session that is over stays over, whatever comes in late.
            session = session is { } s && time.GetElapsedTime(s.Touched) < s.Limit ? change(s) : null;
        }
    }

    private void Raise() => Changed?.Invoke();

    [LoggerMessage(3202, LogLevel.Error, "A host's action could not be journalled")]
    private partial void LogFault(Exception exception);
}
