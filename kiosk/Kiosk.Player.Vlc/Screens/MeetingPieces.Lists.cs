using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>Agenda, who has come, and what closes a meeting.</summary>
internal sealed partial class MeetingPieces
{
    private const int MostNames = 24;

    public void Agenda(SKRect area)
    {
        var heading = page.Notice(Tokens.Stone600);
        var points = meeting.Agenda;
        var title = points.Count == 0 ? words.Get("meeting.no_agenda") : words.Get(points.Count > 1 ? "meeting.agenda_of" : "meeting.agenda", ("n", points.Count));
        if (points.Count == 0)
        {
            page.Text(title, heading, area.Left, area.Top, area.Width, 1);
            return;
        }

        // The current point and what is next matter more than what is done.
        var current = meeting.Point ?? -1;
        var style = (shape.Portrait ? page.Style(1.45f * (shape.Elder ? 1.2f : 1)) : page.Notice()) with { Line = 1.45f };
        var number = 2 * u * shape.Letters;
        var width = area.Width - number - (1.2f * u);
        float HeightOf(int index) => Page.Height(points[index], style with { Bold = index == current }, width, 2) + (0.3f * u);
        var from = Math.Max(0, Math.Min(current - 1, points.Count - 8));
        // A heading over nothing says nothing; where there is room for little, the point itself is what counts.
        var y = area.Top + (HeightOf(Math.Max(0, current)) + heading.LineHeight + (0.3f * u) > area.Height ? 0 : heading.LineHeight + (0.3f * u));
        if (y > area.Top)
        {
            page.Text(title, heading, area.Left, area.Top, area.Width, 1);
        }

        while (from < current && Enumerable.Range(from, current - from + 1).Sum(HeightOf) > area.Bottom - y)
        {
            from++;
        }

        for (var index = from; index < Math.Min(points.Count, from + 8); index++)
        {
            var height = HeightOf(index);
            if (y + height > area.Bottom + 2)
            {
                return;
            }

            var (now, past) = (index == current, index < current);
            if (now)
            {
                page.Fill(new SKRect(area.Left, y, area.Right, y + height), Tokens.White, 0.2f * u);
                page.Fill(SKRect.Create(area.Left, y, 0.25f * u, height), Tokens.Red600);
            }

            if (past)
            {
                page.Icon("M4 13l5 5l11-12", 24, SKRect.Create(area.Left + (0.7f * u), y + (style.LineHeight / 2) - (0.5f * style.Size) + (0.15f * u), style.Size, style.Size), Tokens.Green, 2.6f);
            }
            else
            {
                page.Text($"{index + 1}", style with { Bold = true, Color = Tokens.Red800 }, area.Left + (0.7f * u), y + (0.15f * u), number);
            }

            page.Text(points[index], style with { Bold = now, Color = past ? Tokens.Stone600 : Tokens.Ink }, area.Left + (0.7f * u) + number, y + (0.15f * u), width, 2);
            y += height;
        }
    }

    public float WallHeight(float width, int rows)
    {
        var count = CountStyle.LineHeight;
        var saved = meeting.OfflinePresent > 0 ? Page.Height(Saved, page.Caption(), width, 2) + (0.2f * u) : 0;
        var names = Names.Count == 0 ? 0 : ((PillHeight + (0.4f * u)) * (shape.Portrait ? Math.Min(rows, RowsFor(width)) : 1)) - (0.4f * u);
        var height = shape.Portrait ? count + (names > 0 ? names + (0.4f * u) : 0) : Math.Max(count, names);
        return (0.9f * u) + Math.Max(height + saved, shape.Portrait ? 0 : 2.6f * u);
    }

    /// <summary>Who has come: the count, and masked names, newest first, as many as there is room for.</summary>
    public void Wall(SKRect area, int rows)
    {
        page.Rule(area.Left, area.Top, area.Width, 0.06f * u, Tokens.Stone300);
        var text = meeting.Present == 0 ? words.Get("meeting.nobody")
            : meeting.Phase is MeetingPhase.During && meeting.ShowNames ? words.Get("meeting.arrived")
            : words.Get(meeting.SignUp ? "meeting.come_signed" : "meeting.come_of", ("present", meeting.Present), ("expected", meeting.Expected));
        var top = area.Top + (0.9f * u);
        var countWidth = TextBlock.Measure(text, CountStyle);
        var line = shape.Portrait ? CountStyle.LineHeight : Math.Max(CountStyle.LineHeight, Names.Count > 0 ? PillHeight : 0);
        page.Text(text, CountStyle, area.Left, top + ((line - CountStyle.LineHeight) / 2), area.Width, 1);
        var bottom = top + line;
        if (Names.Count > 0)
        {
            var left = shape.Portrait ? area.Left : area.Left + countWidth + (1.4f * u);
            var start = shape.Portrait ? bottom + (0.4f * u) : top + ((line - PillHeight) / 2);
            bottom = Math.Max(bottom, Pills(left, start, area.Right, shape.Portrait ? rows : 1));
        }

        if (meeting.OfflinePresent > 0)
        {
            page.Text(Saved, page.Caption(), area.Left, bottom + (0.2f * u), area.Width, 2);
        }
    }

    public float Next(NextMeetingView? next, SKRect area)
    {
        if (next is null)
        {
            return area.Bottom;
        }

        var style = page.Notice(Tokens.Stone600);
        var (label, when) = (words.Get("meeting.next"), words.DayAndTime(next.Start));
        var (labelWidth, whenWidth) = (TextBlock.Measure(label, style) + (1.2f * u), TextBlock.Measure(when, style));
        var titleWidth = TextBlock.Measure(next.Title, style with { Bold = true });
        var two = labelWidth + titleWidth + (1.2f * u) + whenWidth > area.Width;
        var top = area.Bottom - (style.LineHeight * (two ? 2 : 1));
        page.Rule(area.Left, top - (0.9f * u), area.Width, 0.06f * u, Tokens.Stone300);
        page.Text(label, style, area.Left, top, labelWidth);
        page.Text(next.Title, style with { Bold = true, Color = Tokens.Ink }, area.Left + labelWidth, top, two ? area.Width - labelWidth : titleWidth + 1, 1);
        page.Text(when, style, two ? area.Left : area.Left + labelWidth + titleWidth + (1.2f * u), two ? top + style.LineHeight : top, area.Width);
        return top - (0.9f * u);
    }

    public void Thanks(SKRect area, IReadOnlyList<string> about, string headline, string? came)
    {
        var gap = u;
        var line = page.Subtitle(Tokens.Stone600);
        var large = page.Style(shape.Portrait && !words.Chinese ? 4.4f : 6, Tokens.Red800, bold: true) with { Line = 1.2f };
        var strong = page.Style(2.4f * shape.Letters, Tokens.Ink, bold: true);
        List<(string Text, TextStyle Style, int Lines)> parts = [.. about.Select(each => (each, line, 2)), (headline, large, 3)];
        if (came is { Length: > 0 })
        {
            parts.Add((came, strong, 3));
        }

        var height = (0.18f * u) + parts.Sum(part => gap + Page.Height(part.Text, part.Style, area.Width, part.Lines));
        var y = Math.Max(area.Top, area.MidY - (height / 2));
        page.Rule(area.Left, y, 3.2f * u, 0.18f * u, Tokens.Gold);
        y += 0.18f * u;
        foreach (var (text, style, lines) in parts)
        {
            y = page.Text(text, style, area.Left, y + gap, area.Width, lines);
        }
    }

    public void CardOnly(SKRect place, string text, string? why, bool small)
    {
        var strong = (small ? page.Notice(Tokens.Ink, bold: true) : page.Subtitle(Tokens.Ink, bold: true)) with { Line = 1.35f, Align = SKTextAlign.Center };
        var caption = page.Caption() with { Align = SKTextAlign.Center };
        var (side, ends) = ((small ? 0.8f : 1.2f) * u, (small ? 0.7f : 1.4f) * u);
        var width = Math.Min(place.Width, small ? 11.5f * u : 20 * u);
        var (iconWidth, iconHeight) = ((small ? 3.6f : 6.4f) * u, (small ? 2.5f : 4.4f) * u);
        var inner = width - (2 * side);
        var height = (2 * ends) + iconHeight + (0.8f * u) + Page.Height(text, strong, inner) + (why is null ? 0 : Page.Height(why, caption, inner) + (0.8f * u));
        var card = SKRect.Create(place.MidX - (width / 2), small ? place.Bottom - height : place.MidY - (height / 2), width, height);
        page.Fill(card, Tokens.White, 0.45f * u);
        page.Outline(card, Tokens.Stone300, 0.1f * u, 0.45f * u);
        page.Icon("M4 1h24a3 3 0 0 1 3 3v14a3 3 0 0 1 -3 3h-24a3 3 0 0 1 -3 -3v-14a3 3 0 0 1 3 -3zM5 6h8v8H5zM16 7h11M16 11h11M5 17.5h14", 32,
            SKRect.Create(card.MidX - (iconWidth / 2), card.Top + ends, iconWidth, iconHeight), Tokens.Red800, 1.6f);
        var y = page.Text(text, strong, card.Left + side, card.Top + ends + iconHeight + (0.8f * u), inner);
        if (why is not null)
        {
            page.Text(why, caption, card.Left + side, y + (0.8f * u), inner);
        }
    }

    private string Saved => words.Get("meeting.offline", ("n", meeting.OfflinePresent));

    private TextStyle CountStyle => shape.Elder ? page.Style(1.9f) : page.Notice();

    private TextStyle NameStyle => page.Body();

    private float PillHeight => NameStyle.LineHeight + (0.2f * u);

    private List<(string Name, bool Late)> Names => meeting.ShowNames ? [.. meeting.Arrivals.Take(MostNames).Select(each => (each.MaskedName, each.Late))] : [];

    private int RowsFor(float width)
    {
        var (rows, x) = (1, 0f);
        foreach (var (name, late) in Names)
        {
            var wide = PillWidth(name, late);
            (rows, x) = x > 0 && x + wide > width ? (rows + 1, wide + (0.5f * u)) : (rows, x + wide + (0.5f * u));
        }

        return rows;
    }

    private float PillWidth(string name, bool late) =>
        Math.Min(11 * u, TextBlock.Measure(name, NameStyle)) + (1.6f * u) + (late ? TextBlock.Measure(LateMark, LateStyle) : 0);

    private string LateMark => " · " + words.Get("meeting.late");

    private TextStyle LateStyle => NameStyle with { Size = NameStyle.Size * 0.8f, Color = Tokens.Stone600 };

    private float Pills(float left, float top, float right, int rows)
    {
        var (x, y, row) = (left, top, 1);
        foreach (var (name, late) in Names)
        {
            var wide = PillWidth(name, late);
            if (x > left && x + wide > right)
            {
                if (++row > rows)
                {
                    break;
                }

                (x, y) = (left, y + PillHeight + (0.4f * u));
            }

            page.Fill(SKRect.Create(x, y, wide, PillHeight), Tokens.Stone100, PillHeight / 2);
            page.Text(name, NameStyle, x + (0.8f * u), y + (0.1f * u), Math.Min(11 * u, TextBlock.Measure(name, NameStyle)) + 1, 1);
            if (late)
            {
                var mark = TextBlock.Measure(LateMark, LateStyle);
                page.Text(LateMark.TrimStart(), LateStyle, x + wide - (0.8f * u) - mark + TextBlock.Measure(" ", LateStyle), y + (PillHeight / 2) - (LateStyle.LineHeight / 2), mark + 1);
            }

            x += wide + (0.5f * u);
        }

        return y + PillHeight;
    }
}
