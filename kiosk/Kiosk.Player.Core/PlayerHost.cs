using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.CheckIns;
using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Commands;
using Kiosk.Player.Core.Feeds;
using Kiosk.Player.Core.Hosting;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Pairing;
using Kiosk.Player.Core.Playback;
using Kiosk.Player.Core.Plays;
using Kiosk.Player.Core.Receipts;
using Kiosk.Player.Core.Stage;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Touch;
using Kiosk.Player.Core.View;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core;

/// <summary>The whole player behind <see cref="IPlayer"/>: puts the parts together and runs them. One per data folder.</summary>
public sealed partial class PlayerHost : IPlayer, IDisposable
{
    private static readonly TimeSpan NumberAnswer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RememberClockEvery = TimeSpan.FromSeconds(20);

    private readonly PlayerOptions options;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly PlayerFolderLock folderLock;
    private readonly PlayerFolder folder;
    private readonly DocumentStore store;
    private readonly CheckInJournal journal;
    private readonly PlayerClock clock;
    private readonly FeedBook book;
    private readonly MediaCache cache;
    private readonly MediaSync media;
    private readonly ReceiptOutbox receipts;
    private readonly PlayLog plays;
    private readonly DiskFault disk = new();
    private readonly LinkState link = new();
    private readonly OpenLink openLink = new();
    private readonly LinkKeeper? keeper;
    private readonly FeedReceiver? receiver;
    private readonly CheckInDesk desk;
    private readonly TouchDesk touch;
    private readonly CardFront cards;
    private readonly ActionJournal actions;
    private readonly HostDesk hosts;
    private readonly StageKeeper stage;
    private readonly FirstPicture firstPicture;
    private readonly DevicePorts ports;
    private readonly CommandLog commandLog;
    private readonly CommandDesk? commands;
    private readonly PowerOverride power;
    private int disposed;
    private readonly CancellationTokenSource ended = new();
    private readonly IHubTransport? transport;

    private PlayerHost(PlayerOptions options, PlayerFolderLock folderLock, PlayerFolder folder, IHubTransport? transport, IBoot boot, TimeProvider time, ILoggerFactory logs, Func<double> random, DevicePorts ports)
    {
        (this.options, this.folderLock, this.folder, this.transport, this.time, this.ports) = (options, folderLock, folder, transport, time, ports);
        startedAt = time.GetTimestamp();
        firstPicture = new FirstPicture(time);
        log = logs.CreateLogger<PlayerHost>();
        store = new DocumentStore(folder.Documents);
        journal = new CheckInJournal(folder);
        actions = new ActionJournal(folder);
        clock = new PlayerClock(time, boot, store.LoadClock());
        plays = new PlayLog(folder, clock, () => Guid.CreateVersion7(time.GetUtcNow()));
        book = new FeedBook(store);
        cache = new MediaCache(folder, store, time);
        receipts = new ReceiptOutbox(store, time);
        media = new MediaSync(
            options, cache, transport ?? NoHub.Instance, () => keeper?.Token, receipts.Add, clock, disk, time, logs.CreateLogger<MediaSync>());
        var actionUploader = new ActionUploader(actions, clock, logs.CreateLogger<ActionUploader>());
        var uploader = new JournalUploader(journal, clock, Epoch, time, actionUploader);
        actionUploader.Changed += OnActionsChanged;
        book.RoomTaken += OnRoomTaken;
        book.Overlay = (display, room) => RoomOverlay.Lay(display, room, actions.Live);
        book.Relay();
        book.Trial = documents => StageTrial.Run(documents, options, clock.Read());
        desk = new CheckInDesk(journal, uploader, book, clock, link, time, logs.CreateLogger<CheckInDesk>());
        touch = new TouchDesk(clock, openLink, time);
        cards = new CardFront(desk, touch);
        hosts = new HostDesk(actions, book, clock, desk, uploader.Kick, time, logs.CreateLogger<HostDesk>());
        var broken = new BrokenMedia();
        commandLog = new CommandLog(folder);
        power = new PowerOverride(commandLog);
        stage = new StageKeeper(options, clock, book, cache, media, new Library(cache, broken, store, options.Renderer, options.Relays), broken, link, desk, touch, receipts.Add, time, logs.CreateLogger<StageKeeper>(), hosts, plays, power);
        stage.ViewChanged += view => ViewChanged?.Invoke(view);
        if (transport is not null)
        {
            var privacy = new ScreenPrivacy(time);
            stage.ViewChanged += privacy.Look;
            var pictures = new PictureSender(ports, privacy, stage.Veil, () => stage.View, transport, () => keeper?.Token, time);
            commands = new CommandDesk(commandLog, new CommandActions(folder, ports, stage, book, cache, media, power, pictures, clock).DoAsync, clock, time, logs.CreateLogger<CommandDesk>());
            receiver = new FeedReceiver(book, transport, OnReceipt, () => clock.Now, logs.CreateLogger<FeedReceiver>());
            var session = new HubSession(options, book, receiver, receipts, new StatusReporter(Status, time), [uploader, new PlayUploader(plays, Epoch, time, logs.CreateLogger<PlayUploader>()), new CommandUploader(commands, time, logs.CreateLogger<CommandUploader>())], clock, openLink, random, time,
                given => commands.Take(given, ended.Token));
            var identities = new IdentityStore(folder, LogDamaged);
            keeper = new LinkKeeper(
                options, transport, identities, new Pairer(options, transport, identities, link, OnForgotten, time), session, link, clock, Epoch, OnConnected, OnRefused, random, time, logs.CreateLogger<LinkKeeper>());
        }
        else
        {
            link.Down(new RefusalView(options.HubAddress.Length == 0 ? "hub_address_missing" : "hub_address_wrong", options.HubAddress));
        }
    }

    public event Action<StageView>? ViewChanged;

    public StageView View => stage.View;

    /// <summary>The loop that decides what is on screen.</summary>
    public LoopWatch StageLoop => stage.Loop;

    /// <summary>Opens or makes the data folder.</summary>
    /// <param name="ports">What the program around the player can do for commands.</param>
    /// <param name="held">The data folder's lock where it is taken already; the player lets go of it at its end.</param>
    /// <exception cref="PlayerStartException">It is not writable, or another player uses it.</exception>
    public static PlayerHost Create(PlayerOptions options, TimeProvider time, ILoggerFactory logs, DevicePorts? ports = null, PlayerFolderLock? held = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = options.HubAddress.TrimEnd('/') + "/";
        var transport = Uri.TryCreate(address, UriKind.Absolute, out var hub) && hub.Scheme is "http" or "https" ? new HubTransport(hub) : null;
#pragma warning disable CA5394 // spreads retries; nothing secret depends on it
        return Create(options, transport, new SystemBoot(time), time, logs, Random.Shared.NextDouble, ports, held);
#pragma warning restore CA5394
    }

    internal static PlayerHost Create(PlayerOptions options, IHubTransport? transport, IBoot boot, TimeProvider time, ILoggerFactory logs, Func<double> random, DevicePorts? ports = null, PlayerFolderLock? held = null)
    {
        var folderLock = held ?? PlayerFolderLock.Take(options.DataFolder);
        try
        {
            return new PlayerHost(options, folderLock, folderLock.Place, transport, boot, time, logs, random, ports ?? DevicePorts.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            folderLock.Dispose();
            throw PlayerFolderLock.NotWritable(folderLock.Place.StandsInFor ?? options.DataFolder, e);
        }
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        LogStart(options.HubAddress, folder.Root);
        if (folder.StandsInFor is { } unwritable)
        {
            LogStandIn(unwritable);
        }

        foreach (var damaged in folderLock.PutAside.Concat([store.Damaged, journal.Damaged, actions.Damaged, plays.Damaged, commandLog.Damaged]).OfType<string>())
        {
            LogDamaged(damaged);
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] work =
        [
            Task.Run(() => stage.RunAsync(ending.Token), CancellationToken.None),
            Task.Run(() => media.RunAsync(ending.Token), CancellationToken.None),
            Task.Run(() => RememberClockAsync(ending.Token), CancellationToken.None),
            Task.Run(() => KeepLinkAsync(ending.Token), CancellationToken.None),
        ];
        var first = await Task.WhenAny(work);
        await ending.CancelAsync();
        await Task.WhenAll(work).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        RememberClock();
        if (!cancellationToken.IsCancellationRequested)
        {
            await first; // one part broke: say which, and let the supervisor start the player again
        }
    }

    public void Report(StageEvent stageEvent)
    {
        ArgumentNullException.ThrowIfNull(stageEvent);
        firstPicture.Look(stageEvent);
        stage.Report(stageEvent);
    }

    public void Touch(TouchAction action)
    {
        ArgumentNullException.ThrowIfNull(action);
        touch.Take(action);
        if (action is { Kind: TouchActionKind.Undo, Id: { } record })
        {
            // The answer is in the view; a fault on the way is told there, too.
            _ = desk.UndoAsync(record);
        }

        if (action.Kind is TouchActionKind.PracticeCard && touch.Visit?.Practice?.OfferedCard is { } card)
        {
            cards.Practise(card.Letter, card.Refusal, null);
        }
    }

    public Task<CheckInView> ReadCardAsync(string text, CancellationToken cancellationToken) =>
        hosts.TakeCard(text) ? Task.FromResult(desk.Nothing()) : cards.ReadAsync(text, cancellationToken);

    public Task HostAsync(HostCommand command, CancellationToken cancellationToken) => hosts.DoAsync(command, cancellationToken);

    public Task<NumberTapReply?> TapNumberAsync(Guid meetingId, int number) => openLink.TapAsync(new NumberTap(meetingId, number), NumberAnswer, time);

    public CachedFile? FindMedia(string sha256) => cache.Find(sha256);

    public void Dispose()
    {
        // A container that knows it by two names disposes of it twice.
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        ended.Cancel();
        (transport as IDisposable)?.Dispose();
        media.Dispose();
        hosts.Dispose();
        desk.Dispose();
        journal.Dispose();
        plays.Dispose();
        actions.Dispose();
        commandLog.Dispose();
        store.Dispose();
        folderLock.Dispose();
        ended.Dispose();
    }

    /// <summary>For tests: what the player starts with when there is no network.</summary>
    internal DocumentStore Store => store;

    /// <summary>For tests: does what is due now, without the running loop.</summary>
    internal TimeSpan Step() => stage.Step();

    private string? Epoch() =>
        book.Documents is { } documents ? book.VersionOf(FeedKeys.Display(documents.Display.DisplayId))?.Epoch : null;

    private async Task KeepLinkAsync(CancellationToken cancellationToken)
    {
        if (options.PictureFirst && book.Documents is not null)
        {
            await firstPicture.AwaitAsync(cancellationToken);
        }

        await (keeper?.RunAsync(cancellationToken) ?? Task.Delay(Timeout.Infinite, cancellationToken));
    }

    private void OnReceipt(Receipt receipt)
    {
        receipts.Add(receipt);
        stage.Wake(); // a feed was taken or refused: either way there may be something new to show
    }

    private void OnRoomTaken(RoomDocument room)
    {
        try
        {
            actions.Settle(room.Meetings.SelectMany(m => m.Run?.Actions ?? []).Select(a => a.Id).ToHashSet(), clock.Now);
        }
        catch (SqliteException e)
        {
            disk.Failed(e, clock.Now); // laid over the document once more it says the same; settled by the next one
        }
    }

    private void OnActionsChanged()
    {
        book.Relay();
        stage.Wake();
    }

    private void OnConnected()
    {
        RememberClock();
        media.Retry();
        stage.Wake();
    }

    /// <summary>Nothing of the hub's shows any more; what was recorded here stays.</summary>
    private void OnRefused() => DoAll([book.Wipe, receipts.Clear, desk.Hide, touch.Forget, hosts.Hide, stage.Forget]);

    /// <summary>The records of the identity before are nobody's business any more; check-ins and acts the hub has not are kept all the same.</summary>
    private void OnForgotten() => DoAll([journal.WipeAcknowledged, actions.WipeAcknowledged, plays.Forget, () => commands?.Forget(), power.Clear]);

    /// <summary>One after the other, whatever the disk does not take.</summary>
    private void DoAll(ReadOnlySpan<Action> steps)
    {
        foreach (var step in steps)
        {
            try
            {
                step();
            }
            catch (Exception e) when (DiskFault.Is(e))
            {
                disk.Failed(e, clock.Now);
                LogStoreFailed(e.Message);
            }
        }
    }

    private async Task RememberClockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(RememberClockEvery, time, cancellationToken);
            RememberClock();
            if (folderLock.IsWritableAgain && ports.App is { } app)
            {
                LogWritableAgain();
                app.Restart();
            }
        }
    }

    private void RememberClock()
    {
        try
        {
            if (clock.Mark() is { } mark)
            {
                store.SaveClock(mark);
            }

            book.Store();
            receipts.Store();
            plays.Note();
            disk.Well();
        }
        catch (SqliteException e)
        {
            disk.Failed(e, clock.Now);
            LogStoreFailed(e.Message); // a full disk must not stop the screen
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Player for {Address} in {Folder}")]
    private partial void LogStart(string address, string folder);

    [LoggerMessage(3, LogLevel.Error, "What the player keeps was damaged or could not be used: it was put aside as {File}, and a new one is begun")]
    private partial void LogDamaged(string file);

    [LoggerMessage(4, LogLevel.Error, "The data folder {Folder} cannot be written: what is there is shown, and no card is taken, until it can")]
    private partial void LogStandIn(string folder);

    [LoggerMessage(5, LogLevel.Information, "The data folder can be written again: starting anew with it")]
    private partial void LogWritableAgain();

    [LoggerMessage(2, LogLevel.Error, "State could not be stored: {Reason}")]
    private partial void LogStoreFailed(string reason);
}
