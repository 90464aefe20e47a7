using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Commands;

/// <summary>Whether what is on the screen is somebody's own: nobody far away gets a picture of it. Thread-safe.</summary>
internal sealed class ScreenPrivacy(TimeProvider time)
{
    /// <summary>A page may still be taking away what the view has already left.</summary>
    public static readonly TimeSpan Fading = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private bool isPrivate;
    private long leftAt = long.MinValue;
    private long entered;

    /// <summary>A member's own page, a host at the panel (whose PIN is typed there), the result of somebody's card.</summary>
    public static bool IsPrivate(StageView view) => view.Personal || view.Host is not null || view.CheckIn is not null;

    public void Look(StageView view)
    {
        lock (gate)
        {
            var now = IsPrivate(view);
            if (now && !isPrivate)
            {
                entered++;
            }
            else if (!now && isPrivate)
            {
                leftAt = time.GetTimestamp();
            }

            isPrivate = now;
        }
    }

    /// <summary>How often the screen has become private; null while it is, or was a moment ago.</summary>
    public long? Clear()
    {
        lock (gate)
        {
            return isPrivate || (leftAt != long.MinValue && time.GetElapsedTime(leftAt) < Fading) ? null : entered;
        }
    }
}
