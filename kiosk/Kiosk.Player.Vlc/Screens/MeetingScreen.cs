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

    /// <summary>A banner stands below: the same parts, closer together.</summary>
    private bool Compact => area.Height < 0.76f * page.Shape.Height;

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
        var (rows, gap) = (Portrait && !Compact ? 2 : 1, Compact ? 0.7f * u : 1.2f * u);
        var wall = pieces.WallHeight(area.Width, rows);
        var body = area with { Bottom = area.Bottom - wall - gap };
        pieces.Wall(new SKRect(area.Left, area.Bottom - wall, area.Right, area.Bottom), rows);

        var entryWidth = Portrait ? area.Width : (area.Width - (2.4f * u)) / 3;
        var left = Portrait ? body : body with { Right = body.Right - entryWidth - (2.4f * u) };
        var y = pieces.Head(left, Portrait ? 8 * u : 0, Compact ? 2 : 3) + gap;
        var hours = meeting.Start - words.Clock.Now >= TimeSpan.FromHours(1);
        var size = (Portrait, Compact) switch { (true, _) => page.Shape.Elder ? 3.6f : 4.6f, (_, true) => 5, _ => page.Shape.Elder ? 4.6f : 6f };
        var value = page.Style(size * (hours && (Portrait || Compact) ? 0.75f : 1), Tokens.Red800, bold: true) with { Line = 1.05f };
        var sentence = page.Style(Portrait || Compact ? 2.2f : 3.4f, Tokens.Red800, bold: true) with { Line = 1.4f };
        if (!Portrait && !Compact)
        {
            y = pieces.Facts(left with { Top = y });
            var height = Math.Clamp(body.Bottom - y - (0.3f * u), 2 * u, 6.6f * u);
            var below = new SKRect(left.Left, body.Bottom - height, left.Right, body.Bottom);
            return new MeetingParts(below, value, sentence, Entry(new SKRect(body.Right - entryWidth, body.Top + (3.4f * u), body.Right, body.Bottom), 13.5f * u, small: false));
        }

        // Beside the facts, its feet on the same line.
        var wide = Math.Max(TextBlock.Measure(hours ? "00:00:00" : "00:00", value), TextBlock.Measure(words.Get("meeting.countdown"), page.Notice())) + (0.3f * u);
        var factsTop = y;
        y = pieces.Facts(left with { Top = y, Right = left.Right - wide - u });
        var beside = new SKRect(left.Right - wide, Math.Max(factsTop, y - value.LineHeight - page.Notice().LineHeight), left.Right, y);
        var entry = Portrait ? body with { Top = y + (0.6f * u) } : new SKRect(body.Right - entryWidth, body.Top + (3.5f * u), body.Right, body.Bottom);
        return new MeetingParts(
            beside, value with { Align = SKTextAlign.Right }, sentence with { Align = SKTextAlign.Right, Size = Math.Min(sentence.Size, wide / 6.2f) }, Entry(entry, (Compact ? 13.5f : 14.5f) * u, small: false, besides: Portrait && Compact));
    }

    private MeetingParts During()
    {
        var wall = pieces.WallHeight(area.Width, 1);
        pieces.Wall(new SKRect(area.Left, area.Bottom - wall, area.Right, area.Bottom), 1);
        var gap = (Compact ? 0.7f : Portrait ? 1.4f : 0.9f) * u;
        var body = area with { Bottom = area.Bottom - wall - gap };
        var y = pieces.Head(body, (Portrait ? 8 : words.Chinese ? 17 : 22) * u, Compact ? 1 : 2, besides: !Portrait) + gap;
        y = (meeting.Frozen is { } frozen ? pieces.Frozen(frozen, body with { Top = y }) : pieces.Figures(body with { Top = y })) + gap;
        var size = (Compact && Portrait ? 10 : 8.6f) * u;
        var entryWidth = Open ? Math.Max(size, 11.5f * u) : 0;
        var left = body with { Right = body.Right - entryWidth - (Open ? 2 * u : 0) };
        var top = y;
        y = pieces.Quorum((Portrait && !Compact ? body : left) with { Top = y }, gap, withSource: !Compact);
        pieces.Agenda(left with { Top = y });
        top = Portrait && !Compact ? y : top;
        var height = Math.Min((Compact ? 13 : 12) * u, body.Bottom - top);
        var code = Entry(SKRect.Create(body.Right - entryWidth, body.Bottom - height, entryWidth, height), size, small: true);
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
    private SKRect? Entry(SKRect place, float size, bool small, bool besides = false)
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
            if (besides)
            {
                // The code beside its words, where the room is wide and low.
                size = Math.Min(size, place.Height - (1.2f * u));
                var low = SKRect.Create(MathF.Round(place.Left + (0.5f * u)), MathF.Round(place.MidY - (size / 2)), MathF.Round(size), MathF.Round(size));
                var rest = SKRect.Create(low.Right + (1.6f * u), place.Top, place.Right - low.Right - (1.6f * u), place.Height);
                var (first, second) = (Page.Height(scanText, scan, rest.Width), Page.Height(orText, or, rest.Width));
                var at = page.Text(scanText, scan, rest.Left, rest.MidY - ((first + second) / 2), rest.Width);
                page.Text(orText, or, rest.Left, at, rest.Width);
                return low;
            }

            var words1 = Page.Height(scanText, scan, place.Width);
            var words2 = small ? 0 : Page.Height(orText, or, place.Width) + (0.2f * u);
            size = Math.Min(size, place.Height - words1 - words2 - (0.6f * u));
            if (size < 5 * u)
            {
                // Too small for any phone: rather nothing than a code that cannot be read.
                return null;
            }

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
