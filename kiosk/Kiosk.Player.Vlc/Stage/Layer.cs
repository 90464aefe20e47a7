using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.X11;

namespace Kiosk.Player.Vlc.Stage;

/// <summary>One play: made beneath what is shown, shown, then removed.</summary>
internal abstract class Layer : IDisposable
{
    private static readonly TimeSpan PrepareLimit = TimeSpan.FromSeconds(15);

    protected Layer(StageItem item, StagePlace place)
    {
        Item = item;
        Place = place;
        Window = place.NewLayer();
    }

    public StageItem Item { get; }

    /// <summary>Its first picture is decoded.</summary>
    public bool Ready { get; private set; }

    public bool Removed { get; private set; }

    /// <summary>Its time is over, whether or not something has taken its place.</summary>
    public bool Ended { get; set; }

    /// <summary>It came to its own end.</summary>
    public bool Reached { get; set; }

    /// <summary>Its end has been told already.</summary>
    public bool Told { get; set; }

    /// <summary>On the loop's clock.</summary>
    public long StartedAt { get; set; }

    public virtual bool Moves => false;

    protected StagePlace Place { get; }

    protected XWindow Window { get; }

    /// <summary>Raised on the loop when a moving play has come to its end by itself.</summary>
    public event Action? ReachedEnd;

    /// <summary>Raised on the loop when what is shown breaks.</summary>
    public event Action<MediaProblem>? Broke;

    /// <exception cref="MediaProblem">It cannot be shown.</exception>
    public async Task PrepareAsync()
    {
        var preparing = LoadAsync();
        if (await Task.WhenAny(preparing, Place.Loop.Wait(PrepareLimit)) != preparing)
        {
            throw new MediaProblem("stalled", "no picture within 15 s");
        }

        await preparing;
        Ready = !Removed;
    }

    /// <summary>Lets it run, a moment before it is brought to the front.</summary>
    public virtual void Roll()
    {
    }

    /// <summary>Brings it to the front and lets it run.</summary>
    public virtual void Begin() => Window.Raise();

    public virtual void SetVolume(int percent)
    {
    }

    /// <summary>Time until it ends by itself; null when that is not known.</summary>
    public virtual TimeSpan? Left => null;

    /// <summary>How many pictures of it have been displayed; compared with an earlier number to see whether it moves.</summary>
    public virtual int Pictures => 0;

    public void Dispose() => Remove();

    public void Remove()
    {
        if (!Removed)
        {
            Removed = true;
            Release();
        }
    }

    /// <exception cref="MediaProblem">It cannot be shown.</exception>
    protected abstract Task LoadAsync();

    protected virtual void Release() => Window.Dispose();

    protected void OnReachedEnd() => ReachedEnd?.Invoke();

    protected void OnBroke(MediaProblem problem) => Broke?.Invoke(problem);
}
