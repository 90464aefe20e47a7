using Kiosk.Player.Core.View;

namespace Kiosk.Player.Stage;

/// <summary>Knows how old the player's view is, so that a page that connects late still shows the right time.</summary>
internal sealed class ViewClock
{
    private readonly Lock guard = new();
    private readonly TimeProvider time;
    private (long Revision, long Timestamp) newest;

    public ViewClock(IPlayer player, TimeProvider time)
    {
        this.time = time;
        newest = (player.View.Revision, time.GetTimestamp());
        player.ViewChanged += view =>
        {
            lock (guard)
            {
                newest = (view.Revision, time.GetTimestamp());
            }
        };
    }

    public TimeSpan Age(StageView view)
    {
        lock (guard)
        {
            return newest.Revision == view.Revision ? time.GetElapsedTime(newest.Timestamp) : TimeSpan.Zero;
        }
    }
}
