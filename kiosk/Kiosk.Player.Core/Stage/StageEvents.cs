using System.Collections.Concurrent;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Playback;
using Kiosk.Player.Core.Plays;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Stage;

/// <summary>What renderers tell, taken in order: it moves playback on, marks what is broken, and becomes receipts and proof of play.</summary>
internal sealed class StageEvents(PlaybackEngine engine, StagePlays plays, BrokenMedia broken, MediaSync sync, StageReceipts receipts, CameraVeil veil)
{
    /// <summary>What has played so long is taken for mended, though it has no end.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentQueue<StageEvent> events = new();
    private (Guid Play, DateTimeOffset At)? began;
    private DateTimeOffset? lastBeat;

    /// <summary>May be called by any thread.</summary>
    public void Add(StageEvent stageEvent) => events.Enqueue(stageEvent);

    /// <summary>How long nothing has been heard of the renderer; null before it was ever heard.</summary>
    public TimeSpan? SilentFor(DateTimeOffset steady) => steady - lastBeat;

    public void TakeAll(DateTimeOffset steady, DateTimeOffset now)
    {
        while (events.TryDequeue(out var stageEvent))
        {
            Take(stageEvent, steady, now);
        }
    }

    /// <summary>An item without an end that has played for long is in order again.</summary>
    public void Mend(DateTimeOffset steady)
    {
        if (began is { } good && steady - good.At >= GoodFor)
        {
            began = null;
            if (engine.Playing(good.Play) is { } lasting)
            {
                broken.Played(lasting.Source);
            }
        }
    }

    public void Broke(ProgramItem item, string code, string? detail, DateTimeOffset steady, DateTimeOffset now)
    {
        broken.Failed(item.Source, code, steady, now);
        if (item.Variant is { } file)
        {
            sync.Suspect(file.Sha256);
        }

        TellMedia(item, ReceiptState.Failed, code, detail, now);
    }

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
                receipts.Notice(id, e.Version, ReceiptState.Painted, e.Code, e.Detail, now);
                break;
            case StageEventKind.Veiled when e.Id is { } id:
                veil.Stands(id);
                break;
        }
    }

    /// <summary>Receipts are of files; of a page or stream the proof of play and the faults tell.</summary>
    private void TellMedia(ProgramItem item, ReceiptState state, string? code, string? detail, DateTimeOffset now)
    {
        if (item.Variant is { } file)
        {
            receipts.Media(file.Sha256, state, code, detail, now);
        }
    }
}
