using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Link;
using Kiosk.Player.Vlc.Stage;
using Kiosk.Player.Vlc.X11;

namespace Kiosk.Player.Vlc.Screens;

internal sealed class StageOverlays : IDisposable
{
    public StageOverlays(StageLoop loop, XScreen screen, XWindow all, Action<StageEvent> report, Func<string, Task<CachedFile?>> findMedia, Action duck)
    {
        all.SetColor(Tokens.Paper);
    }

    private int x;
    public bool Ducked => x < 0;

    public void Show(StageFrame frame, StageWords words, StageShape shape, bool plays)
    {
        x++;
    }

    public void PlaybackChanged(bool plays)
    {
        x++;
    }

    public void Dispose()
    {
    }
}
