using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Stage;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>Banner over the lower third, and takeover over everything.</summary>
internal static class NoticeScreens
{
    private const string Warning = "M12 2.6 22.4 20.8H1.6Z M12 9v5.4 M12 17.6v.01";

    /// <summary>Where the banner is: as high as its words need, within limits. In a meeting it is a low band.</summary>
    public static SKRect BannerPart(StageShape shape, StageWords words, NoticeView notice, bool withImage, bool inMeeting, float ticker)
    {
        var (u, width) = (shape.Unit, shape.Width - (2 * shape.SafeX));
        using var nowhere = new SKNWayCanvas(1, 1);
        var page = new Page(nowhere, shape, words.Chinese);
        var height = Words(page, notice, words, new SKRect(0, 0, width - (withImage && !shape.Portrait ? ImageWidth(shape, inMeeting) : 0), 0), inMeeting, draw: false);
        if (!inMeeting)
        {
            var least = 0.29f * shape.Height;
            height = Math.Max(least, height) + (withImage && shape.Portrait ? 0.17f * shape.Height : 0);
        }

        var bottom = shape.Height - (inMeeting ? Math.Max(shape.SafeY, ticker + (0.6f * u)) : shape.SafeY + ticker);
        return new SKRect(MathF.Floor(shape.SafeX), MathF.Floor(bottom - height), MathF.Floor(shape.SafeX + width), MathF.Floor(bottom));
    }

    public static void Banner(Page page, SKRect part, NoticeView notice, StageWords words, SKImage? image, bool inMeeting)
    {
        // Windows cast no shadow: a hair line parts it from paper beneath.
        page.Outline(SKRect.Inflate(part, -0.04f * page.U, -0.04f * page.U), Tokens.Stone300, 0.08f * page.U, 0);
        page.Fill(SKRect.Create(part.Left, part.Top, 0.6f * page.U, part.Height), Tokens.Red600);
        var rest = part;
        if (image is not null)
        {
            SKRect area;
            if (page.Shape.Portrait)
            {
                area = new SKRect(part.Left + (0.6f * page.U), part.Top, part.Right, part.Top + (0.17f * page.Shape.Height));
                rest.Top = inMeeting ? rest.Top : area.Bottom;
            }
            else
            {
                area = new SKRect(part.Right - ImageWidth(page.Shape, inMeeting), part.Top, part.Right, part.Bottom);
                rest.Right = area.Left;
            }

            if (!page.Shape.Portrait || !inMeeting)
            {
                Picture.Draw(page.Canvas, image, area, cover: true, null);
            }
        }

        Words(page, notice, words, rest, inMeeting, draw: true);
    }

    public static void Takeover(Page page, NoticeView notice, StageWords words, SKImage? image)
    {
        var (shape, u) = (page.Shape, page.U);
        var (left, right) = (shape.SafeX + u, shape.Width - shape.SafeX - u);
        var (top, bottom) = (shape.SafeY + (0.8f * u), shape.Height - shape.SafeY - (0.8f * u));
        page.Icon(Warning, 24, SKRect.Create(left, top, 3.4f * u, 3.4f * u), Tokens.White, 2);
        var label = page.Subtitle(Tokens.White, bold: true);
        page.Text(words.Get("takeover.label"), label, left + (4.3f * u), top + (1.7f * u) - (label.LineHeight / 2), right - left);

        var foot = page.Notice(Tokens.White);
        var until = words.Get("takeover.until", ("time", words.When(notice.Expiry)));
        var untilWidth = TextBlock.Measure(until, foot with { Bold = true });
        var whoWidth = right - left - untilWidth - (2 * u);
        var whoHeight = Page.Height(WhoAndWhen(notice, words), foot, whoWidth, 2);
        var footTop = bottom - whoHeight - (0.8f * u);
        page.Rule(left, footTop, right - left, 0.08f * u, Tokens.White, 100);
        page.Text(WhoAndWhen(notice, words), foot, left, footTop + (0.8f * u), whoWidth, 2);
        page.Text(until, foot with { Bold = true, Align = SKTextAlign.Right }, left, bottom - foot.LineHeight, right - left);

        var middle = new SKRect(left, top + (4.6f * u), right, footTop - (1.2f * u));
        if (image is not null && !shape.Portrait)
        {
            var area = new SKRect(right - ((right - left) * 0.38f), middle.Top, right, middle.Bottom);
            Picture.Draw(page.Canvas, image, area, cover: false, null);
            middle.Right = area.Left - (2 * u);
        }

        // Large letters where the words then fit, smaller ones for more, and as many lines as there is room for.
        var gap = notice.Text.Length > 0 ? 1.1f * u : 0;
        var room = middle.Height - (image is not null && shape.Portrait ? (0.2f * middle.Height) + (2 * u) : 0);
        var (title, text) = (page.Heading(4, Tokens.White), page.Style(2.3f, Tokens.White));
        if (Page.Height(notice.Title, title, middle.Width) > 3.1f * title.LineHeight || HeightOf(int.MaxValue) > room)
        {
            (title, text) = (page.Heading(2.8f, Tokens.White), page.Style(1.7f, Tokens.White));
        }

        var lines = Math.Max(1, (int)((room - HeightOf(0)) / text.LineHeight));
        var height = HeightOf(lines);
        if (image is not null && shape.Portrait)
        {
            // The words come first; the picture takes what they leave.
            var area = new SKRect(left, middle.Bottom - Math.Min(middle.Height - height - (2 * u), middle.Height * 0.4f), right, middle.Bottom);
            Picture.Draw(page.Canvas, image, area, cover: false, null);
            middle.Bottom = area.Top - (2 * u);
        }

        var y = Math.Max(middle.Top, middle.MidY - (height / 2));
        y = page.Text(notice.Title, title, middle.Left, y, middle.Width, 3) + gap;
        if (notice.Text.Length > 0)
        {
            page.Text(notice.Text, text, middle.Left, y, middle.Width, lines);
        }

        float HeightOf(int textLines) =>
            Page.Height(notice.Title, title, middle.Width, 3) + gap + (notice.Text.Length > 0 && textLines > 0 ? Page.Height(notice.Text, text, middle.Width, textLines) : 0);
    }

    private static float ImageWidth(StageShape shape, bool inMeeting) => inMeeting ? 11 * shape.Unit : 0.4f * (shape.Width - (2 * shape.SafeX));

    private static string WhoAndWhen(NoticeView notice, StageWords words) => words.Get("notice.when", ("from", notice.From), ("time", words.When(notice.Start)));

    /// <summary>Lays the words out in a part, in its middle; says how high they are with the space around them.</summary>
    private static float Words(Page page, NoticeView notice, StageWords words, SKRect part, bool inMeeting, bool draw)
    {
        var u = page.U;
        var elder = page.Shape.Elder;
        var (sides, ends) = inMeeting ? (1.4f * u, 0.6f * u) : (1.8f * u, 1.1f * u);
        var (left, width) = (part.Left + (0.6f * u) + sides, part.Width - (0.6f * u) - (2 * sides));
        var gap = (inMeeting ? 0.2f : 0.55f) * u;
        var title = page.Heading(inMeeting ? 1.9f : 2.4f * page.Shape.Letters);
        var text = inMeeting ? page.Style(elder ? 2.1f : 1.6f) with { Line = 1.4f } : page.Notice();
        var caption = inMeeting ? page.Style(1.05f, Tokens.Stone600) : page.Caption();
        var titleLines = elder && !inMeeting ? 1 : 2;
        var textLines = page.Shape.Portrait && !inMeeting ? 5 : inMeeting && elder ? 2 : 3;

        var height = Page.Height(notice.Title, title, width, titleLines) + gap + caption.LineHeight
            + (notice.Text.Length > 0 ? Page.Height(notice.Text, text, width, textLines) + gap : 0);
        if (draw)
        {
            var y = part.MidY - (height / 2);
            y = page.Text(notice.Title, title, left, y, width, titleLines) + gap;
            if (notice.Text.Length > 0)
            {
                y = page.Text(notice.Text, text, left, y, width, textLines) + gap;
            }

            page.Text(WhoAndWhen(notice, words), caption, left, y, width, 1);
        }

        return height + (2 * ends);
    }
}
