using Kiosk.Player.Browser;
using Kiosk.Player.Core.Commands;

namespace Kiosk.Player.Screen;

/// <summary>The picture of the X screen, whatever is on it; where there is none to ask (no screen, or Wayland), what the browser paints.</summary>
internal sealed class ScreenPicture(BrowserEye? eye) : IScreenPicture
{
    public async Task<ScreenImage?> TakeAsync(CancellationToken cancellationToken)
    {
        if (eye is { IsOpen: true })
        {
            return await eye.LookAsync(cancellationToken) is { } painted ? PictureMaker.Of(painted) : null;
        }

        return await Task.Run(() => XScreen.Grab() is { } pixels ? PictureMaker.Of(pixels) : null, cancellationToken);
    }
}
