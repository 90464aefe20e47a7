using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Link;
using Kiosk.Player.Vlc.Stage;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>The meeting's screens. Draws everything but what changes every second, and says where that belongs.</summary>
/// <param name="area">What ticker and banner leave of the stage, without the safe margin.</param>
internal sealed class MeetingScreen(Page page, MeetingView meeting, QrPath? qr, StageWords words, SKRect area)
{
    private readonly MeetingPieces pieces = new(page, meeting, words);
    private readonly float u = page.U;

    private bool Portrait => page.Shape.Portrait;

    private bool Open => meeting.CheckInOpen || meeting.ExitOpen;

    public MeetingParts Draw()
    {
        page.Fill(SKRect.Create(0, 0, page.Shape.Width, 0.45f * u), Tokens.Red600);
        return meeting.Phase switch
        {
            MeetingPhase.Before => Before(),
            MeetingPhase.During => During(),
            MeetingPhase.After => After(),
            _ => Cancelled(),
        };
    }

    private MeetingParts Before()
    {
        var wall = pieces.WallHeight(area.Width, Portrait ? 2 : 1);
        var body = area with { Bottom = area.Bottom - wall - (1.2f * u) };
        pieces.Wall(new SKRect(area.Left, area.Bottom - wall, area.Right, area.Bottom), Portrait ? 2 : 1);

        var entryWidth = Portrait ? area.Width : (area.Width - (2.4f * u)) / 3;
        var left = Portrait ? body : body with { Right = body.Right - entryWidth - (2.4f * u) };
        var y = pieces.Head(left, Portrait ? 8 * u : 0, 3) + (1.2f * u);
        var value = page.Style(Portrait ? (page.Shape.Elder ? 3.6f : 4.6f) : page.Shape.Elder ? 4.6f : 6, Tokens.Red800, bold: true) with { Line = 1.05f };
        var value2 = page.Style(Portrait ? 2.2f : 3.4f, Tokens.Red800, bold: true) with { Line = 1.4f };
        SKRect countdown;
        if (Portrait)
        {
            var wide = Math.Max(TextBlock.Measure("00:00:00", value), 12 * u);
            y = pieces.Facts(left with { Top = y, Right = left.Right - wide - u });
            countdown = SKRect.Create(left.Right - wide, y - (4.6f * 1.35f * u) - (2 * u), wide, (4.6f * 1.35f * u) + (2 * u));
            var entry = new SKRect(body.Left, y + u, body.Right, body.Bottom);
            return new MeetingParts(countdown, value with { Align = SKTextAlign.Right }, value2 with { Align = SKTextAlign.Right }, Entry(entry, 14.5f * u, small: false));
        }

        y = pieces.Facts(left with { Top = y });
        var height = Math.Min(6.6f * u, body.Bottom - y - (0.3f * u));
        countdown = new SKRect(left.Left, body.Bottom - height, left.Right, body.Bottom);
        var right = new SKRect(body.Right - entryWidth, body.Top + (3.4f * u), body.Right, body.Bottom);
        return new MeetingParts(countdown, value, value2, Entry(right, 13.5f * u, small: false));
    }

    private MeetingParts During()
    {
        var wall = pieces.WallHeight(area.Width, 1);
        pieces.Wall(new SKRect(area.Left, area.Bottom - wall, area.Right, area.Bottom), 1);
        var body = area with { Bottom = area.Bottom - wall - (0.9f * u) };
        var gap = (Portrait ? 1.4f : 0.9f) * u;
        var y = pieces.Head(body, (Portrait ? 8 : words.Chinese ? 17 : 22) * u, 2, besides: !Portrait) + gap;
        y = (meeting.Frozen is { } frozen ? pieces.Frozen(frozen, body with { Top = y }) : pieces.Figures(body with { Top = y })) + gap;
        var size = 8.6f * u;
        var entryWidth = Open ? Math.Max(size, 11.5f * u) : 0;
        y = pieces.Quorum(Portrait ? body with { Top = y } : body with { Top = y, Right = body.Right - entryWidth - (Open ? 2 * u : 0) }, gap);
        pieces.Agenda(new SKRect(body.Left, y, body.Right - entryWidth - (Open ? 2 * u : 0), body.Bottom));
        var code = Entry(SKRect.Create(body.Right - entryWidth, Math.Max(y, body.Bottom - (12 * u)), entryWidth, Math.Min(12 * u, body.Bottom - y)), size, small: true);
        return new MeetingParts(null, null, null, code);
    }

    private MeetingParts After()
    {
        var entryWidth = meeting.ExitOpen && !Portrait ? 15 * u : 0;
        var next = pieces.Next(meeting.NextMeeting, area);
        var entryHeight = meeting.ExitOpen && Portrait ? 16 * u : 0;
        var thanks = new SKRect(area.Left, area.Top, area.Right - entryWidth, next - u - entryHeight);
        pieces.Thanks(
            thanks, [meeting.Title], words.Get("meeting.thanks"),
            words.Get(meeting.SignUp ? "meeting.thanks_signed" : "meeting.thanks_count", ("present", meeting.Present), ("expected", meeting.Expected)));
        var code = !meeting.ExitOpen ? null
            : Portrait ? Entry(new SKRect(area.Left, thanks.Bottom, area.Right, next - u), 11.5f * u, small: true)
            : Entry(new SKRect(area.Right - entryWidth, area.Top + (3.4f * u), area.Right, next - u), 11.5f * u, small: true);
        return new MeetingParts(null, null, null, code);
    }

    private MeetingParts Cancelled()
    {
        var next = pieces.Next(meeting.NextMeeting, area);
        pieces.Thanks(area with { Bottom = next - u }, [meeting.Title, words.DayAndTime(meeting.Start)], words.Get("meeting.cancelled"), meeting.CancelReason);
        return new MeetingParts(null, null, null, null);
    }

    /// <summary>How to check in here; says where the code belongs.</summary>
    private SKRect? Entry(SKRect place, float size, bool small)
    {
        // Near the end one code serves both: those who come late and those who leave.
        var way = !meeting.ExitOpen ? null : meeting.CheckInOpen ? "both" : "leaving";
        var center = SKTextAlign.Center;
        if (Open && qr is not null)
        {
            var scan = (small ? page.Body(Tokens.Ink, bold: true) : page.Notice(Tokens.Ink, bold: true)) with { Line = 1.35f, Align = center };
            var or = page.Body(Tokens.Stone600) with { Line = 1.35f, Align = center };
            var scanText = words.Get(way is not null ? $"meeting.scan_{way}" : small ? "meeting.scan_small" : "meeting.scan");
            var orText = small ? "" : words.Get("meeting.scan_or_card");
            var words1 = Page.Height(scanText, scan, place.Width);
            var words2 = small ? 0 : Page.Height(orText, or, place.Width) + (0.2f * u);
            size = Math.Min(size, place.Height - words1 - words2 - (0.6f * u));
            var top = small ? place.Bottom - size - words1 - (0.3f * u) : place.MidY - ((size + words1 + words2 + (0.6f * u)) / 2);
            var code = SKRect.Create(MathF.Round(place.MidX - (size / 2)), MathF.Round(top), MathF.Round(size), MathF.Round(size));
            var y = page.Text(scanText, scan, place.Left, code.Bottom + (small ? 0.3f : 0.6f) * u, place.Width);
            if (!small)
            {
                page.Text(orText, or, place.Left, y + (0.2f * u), place.Width);
            }

            return code;
        }

        if (Open)
        {
            pieces.CardOnly(place, words.Get(way is not null ? $"meeting.card_{way}" : "meeting.card_only"), small ? null : words.Get("meeting.card_only_why"), small);
        }
        else if (!small)
        {
            var closed = page.Body(Tokens.Stone600) with { Align = center };
            page.Text(words.Get("meeting.closed"), closed, place.Left, place.MidY - (closed.LineHeight / 2), place.Width);
        }

        return null;
    }
}
