using System.Collections.Concurrent;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.CheckIns;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Commands;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Hosting;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Playback;
using Kiosk.Player.Core.Plays;
using Kiosk.Player.Core.Touch;
using Kiosk.Player.Core.View;
using Kiosk.Scheduling;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Stage;

/// <summary>
/// The one task that decides what is on screen: takes renderer events in order, asks the resolver, drives the engine, publishes the view.
/// Others only wake it.
/// </summary>
internal sealed partial class StageKeeper
{
    private static readonly TimeSpan AtLeastEvery = TimeSpan.FromSeconds(1);
    /// <summary>What a monitor takes to come on.</summary>
    private static readonly TimeSpan WakesAhead = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan RendererSilent = TimeSpan.FromSeconds(10);

    /// <summary>Long enough to decode a first frame on a busy machine, short enough to hold a third decoder.</summary>
    private static readonly TimeSpan LookAhead = TimeSpan.FromSeconds(12);

    /// <summary>What has played so long is taken for mended, though it has no end.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);
    private const int LookAheadSteps = 8;

    private readonly PlayerOptions options;
    private readonly PlayerClock clock;
    private readonly FeedBook book;
    private readonly MediaCache cache;
    private readonly MediaSync sync;
    private readonly Library library;
    private readonly BrokenMedia broken;
    private readonly LinkState link;
    private readonly CheckInDesk desk;
    private readonly TouchDesk touch;
    private readonly HostDesk? hosts;
    private readonly StagePlays plays;
    private readonly PowerOverride? power;
    private readonly StageReceipts receipts;
    private readonly PlaybackEngine engine;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Signal wake;
    private readonly ConcurrentQueue<StageEvent> events = new();
    private DateTimeOffset? lastBeat;
    private string shape = "";
    private (PlayerDocuments? Documents, Guid? Content, Disclosure Audience, ClockState Clock) wantedFor;
    private volatile bool mediaChanged = true;
    private volatile bool forget;
    private volatile bool broke;
    private (Guid Play, DateTimeOffset At)? began;
    private long identifyUntil;
    private volatile StageView view;
    private volatile StageFacts facts = StageFacts.None;

    public StageKeeper(
        PlayerOptions options, PlayerClock clock, FeedBook book, MediaCache cache, MediaSync sync, Library library, BrokenMedia broken, LinkState link,
        CheckInDesk desk, TouchDesk touch, Action<Receipt> report, TimeProvider time, ILogger log, HostDesk? hosts = null, PlayLog? playLog = null,
        PowerOverride? power = null)
    {
        (this.log, this.hosts, this.power) = (log, hosts, power);
        plays = new StagePlays(playLog);
        (this.options, this.clock, this.book, this.cache, this.sync, this.library, this.broken, this.link, this.desk, this.touch, this.time) =
            (options, clock, book, cache, sync, library, broken, link, desk, touch, time);
        receipts = new StageReceipts(report);
        Loop = new LoopWatch(time);
        engine = new PlaybackEngine(() => Guid.CreateVersion7(time.GetUtcNow()));
        wake = new Signal(time);
        view = Compose(clock.Read(), null, null);
        cache.Changed += () =>
        {
            mediaChanged = true;
            wake.Set();
        };
        link.Changed += wake.Set;
        desk.Changed += wake.Set;
        touch.Changed += wake.Set;
        if (hosts is not null)
        {
            hosts.Changed += wake.Set;
        }
    }

    public event Action<StageView>? ViewChanged;

    public StageView View => view;

    /// <summary>Turns at least every second.</summary>
    public LoopWatch Loop { get; }

    /// <summary>What the status says about the screen.</summary>
    public StageFacts Facts => facts;

    /// <summary>The last turn broke off, and not by the disk.</summary>
    public bool IsBroken => broke;

    public void Wake() => wake.Set();

    /// <summary>The screen says which one it is.</summary>
    public void Identify(TimeSpan during)
    {
        Interlocked.Exchange(ref identifyUntil, (Steady() + during).UtcTicks);
        wake.Set();
    }

    public void Report(StageEvent stageEvent)
    {
        events.Enqueue(stageEvent);
        wake.Set();
    }

    /// <summary>The identity is gone: what was shown before must not be taken for told.</summary>
    public void Forget()
    {
        forget = true;
        wake.Set();
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;
            try
            {
                wait = Step();
                broke = false;
            }
            catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
            {
                // A full or broken disk must not turn the screen black: what shows stays, and this is tried again.
                LogFailed(e.Message);
                wait = AtLeastEvery;
            }
#pragma warning disable CA1031 // Nor must anything else: the link goes on, and what it brings next may be the cure.
            catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
            {
                if (!broke)
                {
                    LogBroke(e);
                }

                broke = true;
                wait = AtLeastEvery;
            }

            Loop.Turn(wait);
            await wake.WaitAsync(wait, cancellationToken);
        }
    }

    /// <summary>Does everything that is due; returns how long nothing more will be.</summary>
    public TimeSpan Step()
    {
        var steady = Steady();
        var reading = clock.Read();
        if (forget)
        {
            forget = false;
            library.Clear();
            receipts.Clear();
        }

        while (events.TryDequeue(out var stageEvent))
        {
            Take(stageEvent, steady, reading.Now);
        }

        var documents = book.Documents;
        var resolution = documents is null ? null : Resolve(documents, reading, steady);
        Want(documents, resolution, reading.Now, reading.State);
        SetProgram(documents, resolution, steady);
        var covered = resolution?.Takeover is not null || resolution?.Meeting is not null || link.Pairing is not null || touch.Visit is not null;
        var alive = lastBeat is { } beat && steady - beat < RendererSilent && !covered;
        if (engine.Tick(steady, alive) is { } stuck)
        {
            Broke(stuck, "stalled", null, steady, reading.Now);
            SetProgram(documents, resolution, steady);
        }

        plays.Look(resolution?.Takeover is not null, lastBeat is { } heard && steady - heard >= RendererSilent ? steady - heard : null);
        if (began is { } good && steady - good.At >= GoodFor)
        {
            began = null;
            if (engine.Playing(good.Play) is { } lasting)
            {
                broken.Played(lasting.Source);
            }
        }

        engine.Foresee(documents is null || resolution is null ? null : Soon(documents, resolution, reading, steady));
        touch.Tick(RoomOf(documents, resolution));
        Publish(Compose(reading, documents, resolution, Identifying(documents, steady), Wakes(documents, resolution, reading, steady)));
        facts = StageFacts.Of(documents, resolution, engine, cache, broken);
        return NextDue(resolution, reading.Now, steady);
    }

    private Resolution Resolve(PlayerDocuments documents, ClockReading reading, DateTimeOffset steady, DateTimeOffset? at = null)
    {
        var instant = at ?? reading.Now;
        var resolution = ScheduleResolver.Resolve(documents.Schedule, library.ReadySet(documents, steady), instant, reading.State);
        return power?.Apply(resolution, reading with { Now = instant }, isNow: at is null) ?? resolution;
    }

    private bool Wakes(PlayerDocuments? documents, Resolution? resolution, ClockReading reading, DateTimeOffset steady) =>
        documents is not null && resolution is { IsScreenOff: true } && resolution.NextChange - reading.Now <= WakesAhead
        && !Resolve(documents, reading, steady, resolution.NextChange).IsScreenOff;

    private IdentifyView? Identifying(PlayerDocuments? documents, DateTimeOffset steady) => Interlocked.Read(ref identifyUntil) > steady.UtcTicks
        ? new IdentifyView(documents?.Display.Name, documents?.Display.Number, options.HubAddress.TrimEnd('/'), OwnAddresses.Find())
        : null;

    private void Take(StageEvent e, DateTimeOffset steady, DateTimeOffset now)
    {
        plays.Hear(e, lastBeat is { } last ? steady - last : TimeSpan.Zero);
        lastBeat = steady;
        switch (e.Kind)
        {
            case StageEventKind.Ready:
                engine.Restarted(steady);
                break;
            case StageEventKind.Started when e.Id is { } id && engine.Started(id, steady) is { } item:
                began = (id, steady);
                plays.Began(new PlayOf(id, item.Item.MediaId, item.Item.Title, engine.PlaylistId, engine.View.Rule));
                TellMedia(item, ReceiptState.Painted, null, null, now);
                break;
            case StageEventKind.Ended when e.Id is { } id:
                // Only what came to its end is mended: what starts and then breaks waits longer every time.
                if (e.Code is null && engine.Playing(id) is { } whole)
                {
                    broken.Played(whole.Source);
                }

                engine.Ended(id, steady);
                break;
            case StageEventKind.Failed when e.Id is { } id && engine.Failed(id, steady) is { } item:
                Broke(item, e.Code ?? "unknown", e.Detail, steady, now);
                break;
            case StageEventKind.NoticePainted when e.Id is { } id:
                receipts.Notice(id, e.Version, ReceiptState.Painted, null, null, now);
                break;
            case StageEventKind.NoticeFailed when e.Id is { } id:
                receipts.Notice(id, e.Version, ReceiptState.Failed, e.Code ?? "unknown", e.Detail, now);
                break;
        }
    }

    private void Broke(ProgramItem item, string code, string? detail, DateTimeOffset steady, DateTimeOffset now)
    {
        broken.Failed(item.Source, code, steady, now);
        if (item.Variant is { } file)
        {
            sync.Suspect(file.Sha256);
        }

        TellMedia(item, ReceiptState.Failed, code, detail, now);
    }

    /// <summary>Receipts are of files; of a page or stream the proof of play and the faults tell.</summary>
    private void TellMedia(ProgramItem item, ReceiptState state, string? code, string? detail, DateTimeOffset now)
    {
        if (item.Variant is { } file)
        {
            receipts.Media(file.Sha256, state, code, detail, now);
        }
    }

    private void SetProgram(PlayerDocuments? documents, Resolution? resolution, DateTimeOffset steady) =>
        engine.SetProgram(documents is null || resolution is null ? PlayProgram.Splash : Program(documents, resolution, steady), steady);

    private PlayProgram Program(PlayerDocuments documents, Resolution resolution, DateTimeOffset steady)
    {
        if (resolution.IsScreenOff || resolution.Content is not { } content)
        {
            return PlayProgram.Splash;
        }

        var items = library.Playable(documents, content, resolution.Audience, steady);
        return items.Count > 0 ? new PlayProgram(content.Id, resolution.ContentRule, resolution.Event?.Event.Title ?? content.Name, items) : PlayProgram.Splash;
    }

    /// <summary>What playback will come to within seconds without being asked: another program, or the same one from under a meeting.</summary>
    private PlayProgram? Soon(PlayerDocuments documents, Resolution resolution, ClockReading reading, DateTimeOffset steady)
    {
        var ahead = resolution;
        for (var steps = 0; steps < LookAheadSteps && ahead.NextChange - reading.Now <= LookAhead; steps++)
        {
            ahead = ScheduleResolver.Resolve(documents.Schedule, library.ReadySet(documents, steady), ahead.NextChange, reading.State);
            if (ahead.Meeting is null && (resolution.Meeting is not null || ahead.Content?.Id != resolution.Content?.Id))
            {
                return Program(documents, ahead, steady);
            }
        }

        return null;
    }

    private void Want(PlayerDocuments? documents, Resolution? resolution, DateTimeOffset now, ClockState clockState)
    {
        if (documents is null || resolution is null)
        {
            if (wantedFor.Documents is not null)
            {
                wantedFor = default;
                sync.Need(null);
            }

            return;
        }

        var held = library.Held;
        if (mediaChanged || documents != wantedFor.Documents)
        {
            mediaChanged = false;
            library.Remember(documents);
            receipts.NoticesReady(documents.Notices, cache.IsReady, now);
        }

        var wants = (documents, resolution.Content?.Id, resolution.Audience, clockState);
        if (wants != wantedFor || !library.Held.SequenceEqual(held))
        {
            wantedFor = wants;
            sync.Need(new MediaNeeds(documents, library.Held, resolution.Content?.Id, resolution.Audience, clockState));
        }
    }

    private StageView Compose(ClockReading reading, PlayerDocuments? documents, Resolution? resolution, IdentifyView? identify = null, bool waking = false)
    {
        var (visit, room) = (touch.Visit, RoomOf(documents, resolution));
        documents = documents?.In(room.LanguageOf(visit));
        return ViewComposer.Compose(new StageInputs(
            options, reading, documents, resolution, engine.View, link.Connected, link.Pairing, link.Problem, desk.Showing, desk.Journalled, cache.IsReady,
            visit, room, hosts?.View(documents, reading), identify, waking));
    }

    private TouchRoom RoomOf(PlayerDocuments? documents, Resolution? resolution) => new(
        documents is not null && resolution?.Takeover is null && link.Pairing is null,
        resolution?.Meeting is null or { Phase: Scheduling.MeetingPhase.After or Scheduling.MeetingPhase.Cancelled },
        documents?.Display.ElderMode ?? false,
        documents?.Display.Language ?? options.Language,
        resolution?.Meeting is { } moment && (MeetingViews.IsCheckInOpen(moment.Meeting, resolution.At) || CardRules.IsExit(moment.Meeting, resolution.At)),
        hosts?.IsOpen ?? false);

    private void Publish(StageView made)
    {
        var looks = JsonSerializer.Serialize(made with { Now = default }, KioskJson.Options);
        if (looks == shape)
        {
            return;
        }

        shape = looks;
        view = made with { Revision = view.Revision + 1 };
        ViewChanged?.Invoke(view);
    }

    private TimeSpan NextDue(Resolution? resolution, DateTimeOffset now, DateTimeOffset steady)
    {
        var due = AtLeastEvery;
        due = Sooner(due, engine.Deadline - steady);
        due = Sooner(due, desk.ShowingFor);
        due = Sooner(due, touch.DueIn);
        due = Interlocked.Read(ref identifyUntil) is > 0 and var until && until > steady.UtcTicks ? Sooner(due, TimeSpan.FromTicks(until - steady.UtcTicks)) : due;
        due = Sooner(due, hosts?.ShowingFor ?? TimeSpan.MaxValue);
        due = Sooner(due, (resolution?.NextChange ?? DateTimeOffset.MaxValue) - now);
        if (resolution?.Meeting is not null)
        {
            due = Sooner(due, DisplayCode.StartOf(DisplayCode.StepAt(now) + 1) - now);
        }

        return due > TimeSpan.Zero ? due : TimeSpan.FromMilliseconds(1);
    }

    private static TimeSpan Sooner(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(4001, LogLevel.Error, "The disk failed while deciding what to show: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(4002, LogLevel.Error, "What to show could not be decided; what shows stays.")]
    private partial void LogBroke(Exception fault);

    private DateTimeOffset Steady() => DateTimeOffset.UnixEpoch + time.GetElapsedTime(0);
}
