using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Tests.Support;

/// <summary>A player that says what a test tells it to and remembers what the stage said.</summary>
internal sealed class FakePlayer : IPlayer
{
    private readonly Lock guard = new();
    private readonly ConcurrentDictionary<string, CachedFile> media = new(StringComparer.Ordinal);
    private StageItem[] playlist = [];
    private int at;

    public StageView View { get; private set; } = Views.Splash(1, TimeProvider.System.GetUtcNow());

    public event Action<StageView>? ViewChanged;

    public ConcurrentQueue<StageEvent> Events { get; } = new();

    public ConcurrentQueue<string> Cards { get; } = new();

    public Exception? CardFault { get; set; }

    /// <summary>Changes the view; revision and time follow by themselves.</summary>
    public void Show(Func<StageView, StageView> change)
    {
        StageView view;
        lock (guard)
        {
            view = change(View) with { Revision = View.Revision + 1, Now = TimeProvider.System.GetUtcNow() };
            View = view;
        }

        ViewChanged?.Invoke(view);
    }

    /// <summary>Plays items in turn for ever, as the real player does: each play has its own id, Started moves on.</summary>
    public void Play(params StageItem[] items)
    {
        playlist = items;
        at = 0;
        Show(v => v with { Playback = new PlaybackView(Fresh(0), Fresh(1), "schedule", null) });
    }

    public void Report(StageEvent stageEvent)
    {
        Events.Enqueue(stageEvent);
        var next = View.Playback.Next;
        if (playlist.Length > 0 && stageEvent.Kind is StageEventKind.Started && stageEvent.Id == next?.PlayId)
        {
            at++;
            Show(v => v with { Playback = v.Playback with { Current = next, Next = Fresh(at + 1) } });
        }
        else if (playlist.Length > 0 && stageEvent.Kind is StageEventKind.Failed && stageEvent.Id == next?.PlayId)
        {
            at++;
            Show(v => v with { Playback = v.Playback with { Next = Fresh(at + 1) } });
        }
    }

    public Task<CheckInView> ReadCardAsync(string text, CancellationToken cancellationToken)
    {
        Cards.Enqueue(text);
        if (CardFault is { } fault)
        {
            return Task.FromException<CheckInView>(fault);
        }

        var result = Views.Done("张*三", 2);
        Show(v => v with { CheckIn = result });
        return Task.FromResult(result);
    }

    public ConcurrentQueue<(Guid Meeting, int Number)> Numbers { get; } = new();

    /// <summary>The hub's answer to a tapped number; null is out of reach.</summary>
    public Func<int, NumberTapReply?> OnNumber { get; set; } = _ => null;

    public Task<NumberTapReply?> TapNumberAsync(Guid meetingId, int number)
    {
        Numbers.Enqueue((meetingId, number));
        return Task.FromResult(OnNumber(number));
    }

    public ConcurrentQueue<TouchAction> Touches { get; } = new();

    /// <summary>What a touch makes of the view; nothing unless a test says so.</summary>
    public Func<StageView, TouchAction, StageView>? OnTouch { get; set; }

    public void Touch(TouchAction action)
    {
        Touches.Enqueue(action);
        if (OnTouch is { } change)
        {
            Show(view => change(view, action));
        }
    }

    public ConcurrentQueue<HostCommand> Commands { get; } = new();

    public Task HostAsync(HostCommand command, CancellationToken cancellationToken)
    {
        Commands.Enqueue(command);
        return Task.CompletedTask;
    }

    public CachedFile? FindMedia(string sha256) => media.GetValueOrDefault(sha256);

    public string AddMedia(string path, string contentType)
    {
        using var stream = File.OpenRead(path);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(stream));
        media[sha256] = new CachedFile(path, contentType);
        return sha256;
    }

    public string AddMedia(string folder, string name, string content, string contentType)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, content, new UTF8Encoding(false));
        return AddMedia(path, contentType);
    }

    public StageItem Item(PlaylistItemKind kind, string sha256, long? durationMs, string title = "片") => new(
        Guid.NewGuid(), Guid.NewGuid(), kind, title, sha256, media.TryGetValue(sha256, out var file) ? file.ContentType : "video/mp4", durationMs, ItemFit.Contain);

    /// <summary>A web page or a live stream.</summary>
    public static StageItem Item(PlaylistItemKind kind, Uri address, long? durationMs, string title = "网页") =>
        new(Guid.NewGuid(), Guid.NewGuid(), kind, title, null, "", durationMs, ItemFit.Contain, address.ToString());

    private StageItem Fresh(int index) => playlist[index % playlist.Length] with { PlayId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) };
}
