using System.Text.Json;
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
    private static readonly TimeSpan RendererSilent = TimeSpan.FromSeconds(10);

    private readonly PlayerOptions options;
    private readonly PlayerClock clock;
    private readonly FeedBook book;
    private readonly MediaCache cache;
    private readonly Library library;
    private readonly BrokenMedia broken;
    private readonly LinkState link;
    private readonly CheckInDesk desk;
    private readonly TouchDesk touch;
    private readonly HostDesk? hosts;
    private readonly StagePlays plays;
    private readonly StageReceipts receipts;
    private readonly PlaybackEngine engine;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Signal wake;
    private readonly StageEvents events;
    private readonly StageDecisions decisions;
    private readonly StageWants wants;
    private readonly IdentifyCall identify;
    private string shape = "";
    private volatile bool forget;
    private volatile bool broke;
    private volatile StageView view;
    private volatile StageFacts facts = StageFacts.None;

    public StageKeeper(
        PlayerOptions options, PlayerClock clock, FeedBook book, MediaCache cache, MediaSync sync, Library library, BrokenMedia broken, LinkState link,
        CheckInDesk desk, TouchDesk touch, Action<Receipt> report, TimeProvider time, ILogger log, HostDesk? hosts = null, PlayLog? playLog = null,
        PowerOverride? power = null)
    {
        (this.log, this.hosts) = (log, hosts);
        plays = new StagePlays(playLog);
        (this.options, this.clock, this.book, this.cache, this.library, this.broken, this.link, this.desk, this.touch, this.time) =
            (options, clock, book, cache, library, broken, link, desk, touch, time);
        receipts = new StageReceipts(report);
        Loop = new LoopWatch(time);
        engine = new PlaybackEngine(() => Guid.CreateVersion7(time.GetUtcNow()));
        Veil = new CameraVeil(time);
        events = new StageEvents(engine, plays, broken, sync, receipts, Veil);
        decisions = new StageDecisions(library, power);
        wants = new StageWants(library, cache, sync, receipts);
        identify = new IdentifyCall(options);
        wake = new Signal(time);
        view = Compose(clock.Read(), null, null);
        cache.Changed += () =>
        {
            wants.MediaChanged();
            wake.Set();
        };
        link.Changed += wake.Set;
        Veil.Changed += wake.Set;
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

    public CameraVeil Veil { get; }

    /// <summary>What the status says about the screen.</summary>
    public StageFacts Facts => facts;

    /// <summary>The last turn broke off, and not by the disk.</summary>
    public bool IsBroken => broke;

    public void Wake() => wake.Set();

    /// <summary>The screen says which one it is.</summary>
    public void Identify(TimeSpan during)
    {
        identify.Show(Steady() + during);
        wake.Set();
    }

    public void Report(StageEvent stageEvent)
    {
        events.Add(stageEvent);
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

        events.TakeAll(steady, reading.Now);

        var documents = book.Documents;
        var resolution = documents is null ? null : decisions.Resolve(documents, reading, steady);
        wants.Look(documents, resolution, reading.Now, reading.State);
        engine.SetProgram(decisions.Program(documents, resolution, steady), steady);
        var covered = resolution?.Takeover is not null || resolution?.Meeting is not null || link.Pairing is not null || touch.Visit is not null;
        var silent = events.SilentFor(steady);
        var alive = silent < RendererSilent && !covered;
        if (engine.Tick(steady, alive) is { } stuck)
        {
            events.Broke(stuck, "stalled", null, steady, reading.Now);
            engine.SetProgram(decisions.Program(documents, resolution, steady), steady);
        }

        plays.Look(resolution?.Takeover is not null, silent >= RendererSilent ? silent : null);
        events.Mend(steady);
        engine.Foresee(documents is null || resolution is null ? null : decisions.Soon(documents, resolution, reading, steady));
        touch.Tick(RoomOf(documents, resolution));
        Publish(Compose(reading, documents, resolution, identify.View(documents, steady), decisions.Wakes(documents, resolution, reading, steady)) with { Veil = Veil.Id });
        facts = StageFacts.Of(documents, resolution, engine, cache, broken, options.Renderer, options.Relays);
        return NextDue(resolution, reading.Now, steady);
    }

    private StageView Compose(ClockReading reading, PlayerDocuments? documents, Resolution? resolution, IdentifyView? identifying = null, bool waking = false)
    {
        var (visit, room) = (touch.Visit, RoomOf(documents, resolution));
        documents = documents?.In(room.LanguageOf(visit));
        return ViewComposer.Compose(new StageInputs(
            options, reading, documents, resolution, engine.View, link.Connected, link.Pairing, link.Problem, desk.Showing, desk.Journalled, cache.IsReady,
            visit, room, hosts?.View(documents, reading), identifying, waking));
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
        var looks = JsonSerializer.Serialize(made with { Now = default }, PlayerJson.Options);
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
        due = Sooner(due, identify.DueIn(steady));
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
