using Kiosk.Player.Vlc.X11;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Drawing;

/// <summary>A part of the stage to draw on, in the stage's own coordinates.</summary>
internal sealed class Sheet : IDisposable
{
    private readonly SKBitmap bitmap;

    public Sheet(StageShape shape, SKRect part, SKColor ground)
    {
        Part = SKRectI.Ceiling(part);
        OnScreen = shape.OnScreen(Part);
        bitmap = new SKBitmap(new SKImageInfo(OnScreen.Width, OnScreen.Height, SKColorType.Bgra8888, SKAlphaType.Premul));
        Canvas = new SKCanvas(bitmap);
        Canvas.Clear(ground);
        if (shape.Turned)
        {
            Canvas.Translate(OnScreen.Width, 0);
            Canvas.RotateDegrees(90);
        }

        Canvas.Translate(-Part.Left, -Part.Top);
    }

    public SKCanvas Canvas { get; }

    public SKRectI Part { get; }

    public SKRectI OnScreen { get; }

    public XPicture Upload(XScreen screen)
    {
        Canvas.Flush();
        return screen.CreatePicture(bitmap.GetPixels(), OnScreen.Width, OnScreen.Height);
    }

    public SKData Png() => bitmap.Encode(SKEncodedImageFormat.Png, 90);

    public void Dispose()
    {
        Canvas.Dispose();
        bitmap.Dispose();
    }
}
