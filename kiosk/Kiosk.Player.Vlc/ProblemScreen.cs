using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.X11;
using SkiaSharp;

namespace Kiosk.Player.Vlc;

/// <summary>Says over the whole X screen why no player runs. Wants neither a browser nor libvlc.</summary>
public static class ProblemScreen
{
    private const float Side = 5;

    /// <summary>Until the time is over.</summary>
    /// <param name="text">What is the matter.</param>
    /// <param name="foot">What helps whoever comes to mend it; may be empty.</param>
    /// <exception cref="InvalidOperationException">There is no X screen.</exception>
    public static async Task ShowAsync(string text, string foot, TimeSpan length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var screen = new XScreen();
        var shape = new StageShape(screen.Width, screen.Height, false, false);
        using var sheet = new Sheet(shape, new SKRect(0, 0, shape.Width, shape.Height), new SKColor(0xFF000000 | Tokens.Paper));
        var page = new Page(sheet.Canvas, shape, chinese: text.Any(letter => letter >= '\u2E80'));
        var (width, said, small) = (shape.Width - (2 * Side * page.U), page.Style(1.9f), page.Notice(Tokens.Stone600));
        var y = (shape.Height - Page.Height(text, said, width, 12) - page.U - small.LineHeight) / 2;
        y = page.Text(text, said, Side * page.U, y, width, 12);
        page.Text(foot, small, Side * page.U, y + page.U, width, 2);
        using var picture = sheet.Upload(screen);
        using var window = screen.CreateWindow(null, 0, 0, screen.Width, screen.Height);
        screen.HideCursor(window);
        window.SetPicture(picture);
        window.Show();
        window.Raise();
        screen.Sync();
        await Task.Delay(length, cancellationToken);
    }
}
