using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Plays;

/// <summary>Reads the proof of play out of what the renderer tells: only what somebody could see counts. Not thread-safe.</summary>
internal sealed class StagePlays(PlayLog? log)
{
    private PlayOf? onScreen;
    private bool hidden;

    /// <param name="silence">Since the renderer was last heard.</param>
    public void Hear(StageEvent e, TimeSpan silence)
    {
        switch (e.Kind)
        {
            case StageEventKind.Ready:
                // A page that comes up anew: the one before it is gone, and was gone from about when it was last heard.
                onScreen = null;
                log?.Cut(silence);
                break;
            case StageEventKind.Ended or StageEventKind.Failed when e.Id is { } id:
                onScreen = onScreen?.PlayId == id ? null : onScreen;
                log?.End(id, completed: e.Kind is StageEventKind.Ended && e.Code is null);
                break;
        }
    }

    public void Began(PlayOf play)
    {
        onScreen = play;
        if (!hidden)
        {
            log?.Begin(play);
        }
    }

    /// <param name="covered">An urgent notice over the whole screen hides what plays on under it.</param>
    /// <param name="unheard">Since when the renderer has been silent for so long that it cannot be said to show anything; else null.</param>
    public void Look(bool covered, TimeSpan? unheard)
    {
        var now = covered || unheard is not null;
        if (now == hidden)
        {
            return;
        }

        hidden = now;
        if (hidden)
        {
            log?.Cut(unheard ?? TimeSpan.Zero);
        }
        else if (onScreen is not null)
        {
            log?.Begin(onScreen);
        }
    }
}
