using Kiosk.Player.Core.View;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>What is told of plays, each thing once, and which plays are over and must not be shown again.</summary>
internal sealed class PlaybackReports(StagePlace place, Action<StageEvent> report)
{
    private readonly Queue<Guid> inOrder = new();
    private readonly HashSet<Guid> over = [];

    public bool IsOver(StageItem item) => over.Contains(item.PlayId);

    public void SetOver(Layer layer)
    {
        if (over.Add(layer.Item.PlayId))
        {
            inOrder.Enqueue(layer.Item.PlayId);
        }

        while (inOrder.Count > 200)
        {
            over.Remove(inOrder.Dequeue());
        }
    }

    public void Ended(Layer layer, string? code)
    {
        SetOver(layer);
        if (!layer.Told)
        {
            layer.Told = true;
            report(new StageEvent(StageEventKind.Ended, layer.Item.PlayId, Code: code));
        }
    }

    public void Failed(Layer layer, MediaProblem problem)
    {
        SetOver(layer);
        layer.Told = true;
        report(new StageEvent(StageEventKind.Failed, layer.Item.PlayId, Code: problem.Code, Detail: problem.Detail));
    }

    /// <summary>A play has started when a picture of it has been displayed.</summary>
    public async Task StartedAsync(Layer layer)
    {
        var deadline = place.Loop.Now + place.Loop.Clock.TimestampFrequency;
        while (layer.Pictures == 0 && layer.Moves && !layer.Removed && place.Loop.Now < deadline)
        {
            await place.Loop.Wait(TimeSpan.FromMilliseconds(10));
        }

        place.Screen.Sync();
        report(new StageEvent(StageEventKind.Started, layer.Item.PlayId));
    }
}
