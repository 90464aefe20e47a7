using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Stage;
using Kiosk.Player.Vlc.X11;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>One part of the stage that lies over what plays; drawn anew only when what it shows has changed.</summary>
internal sealed class Overlay(XScreen screen, XWindow parent) : IDisposable
{
    private readonly XWindow window = screen.CreateWindow(parent, 0, 0, 1, 1);
    private object? key;

    public bool Shown => window.Mapped;

    public XWindow Window => window;

    /// <summary>Where it is on the screen.</summary>
    public SKRectI Place { get; private set; }

    /// <param name="what">Equal to the last one as long as the same is to be seen.</param>
    /// <returns>True when it was drawn anew.</returns>
    public bool Show(object what, StageShape shape, StageWords words, SKRect part, uint ground, Action<Page> draw)
    {
        var now = (what, shape, words.Language, part);
        if (now.Equals(key) && Shown)
        {
            return false;
        }

        key = now;
        part = part with { Right = Math.Max(part.Right, part.Left + 1), Bottom = Math.Max(part.Bottom, part.Top + 1) };
        using var sheet = new Sheet(shape, part, new SKColor(0xFF000000 | ground));
        try
        {
            draw(new Page(sheet.Canvas, shape, words.Chinese));
        }
#pragma warning disable CA1031 // One text that cannot be laid out must not take the whole screen with it, again and again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine($"Not drawn: {e}");
        }

        using var picture = sheet.Upload(screen);
        Place = sheet.OnScreen;
        window.Place(Place.Left, Place.Top, Place.Width, Place.Height);
        window.SetPicture(picture);
        window.Show();
        return true;
    }

    public void Hide()
    {
        key = null;
        if (Shown)
        {
            window.Hide();
        }
    }

    public void Dispose() => window.Dispose();
}
