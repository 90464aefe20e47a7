using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Stage;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>What the screens of a meeting are made of. Each piece is given where it may stand and says where it ends.</summary>
internal sealed partial class MeetingPieces(Page page, MeetingView meeting, StageWords words)
{
    private readonly float u = page.U;
    private readonly StageShape shape = page.Shape;

    /// <param name="keepClear">At the top right, for the clock.</param>
    /// <param name="besides">Type and title stand beside one another.</param>
    public float Head(SKRect area, float keepClear, int lines, bool besides = false)
    {
        var during = meeting.Phase is MeetingPhase.During;
        var session = during ? meeting.Session : null;
        var type = session is null ? meeting.TypeName
            : words.Get("meeting.session", ("number", session.Number), ("count", session.Count), ("typeName", session.TypeName));
        var title = session is { Title: { Length: > 0 } own } && own != session.TypeName ? own : meeting.Title;
        var pill = page.Body(Tokens.White, bold: true);
        var room = area.Width - keepClear;
        var block = TextBlock.Of(type, pill, (besides ? room * 0.45f : room) - (1.8f * u), 1);
        var tag = SKRect.Create(area.Left, area.Top, block.Width + (1.8f * u), pill.LineHeight + (0.24f * u));
        var heading = page.Heading((during ? 2.4f : 2.9f) * (shape.Elder && shape.Portrait ? 0.85f : 1));
        lines = shape.Elder ? Math.Min(lines, 2) : lines;
        if (besides)
        {
            var wide = room - tag.Width - u;
            var height = Math.Max(tag.Height, Page.Height(title, heading, wide, lines));
            tag.Offset(0, (height - tag.Height) / 2);
            Tag();
            page.Text(title, heading, tag.Right + u, area.Top + ((height - Page.Height(title, heading, wide, lines)) / 2), wide, lines);
            return area.Top + Math.Max(height, 2.7f * u);
        }

        Tag();
        return page.Text(title, heading, area.Left, tag.Bottom + ((shape.Portrait ? 1.4f : 0.7f) * u), area.Width, lines);

        void Tag()
        {
            page.Fill(tag, Tokens.Red600, 0.45f * u);
            block.Draw(page.Canvas, tag.Left + (0.9f * u), tag.Top + (0.12f * u), block.Width + 1);
        }
    }

    public float Facts(SKRect area)
    {
        (string Name, string? Value)[] facts =
        [
            ("room", meeting.RoomName), ("start", $"{words.Time(meeting.Start)} – {words.Time(meeting.End)}"), ("host", meeting.HostName),
        ];
        var style = page.Notice(Tokens.Stone600) with { Line = 1.35f };
        if (shape.Elder)
        {
            style = style with { Size = (shape.Portrait ? 1.6f : 1.95f) * u };
        }

        var names = facts.Where(fact => fact.Value is { Length: > 0 }).Select(fact => (Name: words.Get($"meeting.{fact.Name}"), fact.Value)).ToList();
        var column = names.Max(fact => TextBlock.Measure(fact.Name, style)) + (1.2f * u);
        var y = area.Top;
        foreach (var (name, value) in names)
        {
            page.Text(name, style, area.Left, y, column);
            y = page.Text(value!, style with { Bold = true, Color = Tokens.Ink }, area.Left + column, y, area.Width - column, 1) + ((shape.Elder ? 0 : 0.45f) * u);
        }

        return y - ((shape.Elder ? 0 : 0.45f) * u);
    }

    public float Figures(SKRect area)
    {
        List<(string Label, int Value, string? Of, bool Main)> figures =
        [
            (words.Get(meeting.SignUp ? "meeting.signed_up" : "meeting.expected"), meeting.Expected, null, false),
            (words.Get("meeting.present"), meeting.Present, null, true),
        ];
        if (!meeting.SignUp)
        {
            figures.Add((words.Get("meeting.voting"), meeting.VotingPresent, words.Get("meeting.of", ("n", meeting.VotingExpected)), false));
        }

        var gap = (shape.Portrait ? 0.8f : 1.2f) * u;
        var width = (area.Width - (2 * gap)) / 3;
        var (side, ends) = ((shape.Portrait ? 0.8f : 1.3f) * u, 0.5f * u);
        var value = page.Style(shape.Portrait && shape.Elder ? 4 : 4.6f, Tokens.Ink, bold: true) with { Line = 1.1f };
        var of = page.Style(1.3f, Tokens.Stone600);
        var label = shape.Portrait ? page.Style(words.Chinese ? 1.3f : 1.1f, Tokens.Stone600) : page.Style(1.6f, Tokens.Stone600) with { Balanced = true };
        var height = shape.Portrait ? label.LineHeight + value.LineHeight + (meeting.SignUp ? 0 : of.LineHeight) + (2 * ends) : Math.Max(value.LineHeight, label.LineHeight * 2) + (2 * ends);
        for (var i = 0; i < figures.Count; i++)
        {
            var (text, number, rest, main) = figures[i];
            var card = SKRect.Create(area.Left + (i * (width + gap)), area.Top, width, height);
            page.Fill(card, Tokens.White, 0.45f * u);
            page.Outline(card, Tokens.Stone200, 0.05f * u, 0.45f * u);
            var strong = value with { Color = main ? Tokens.Red800 : Tokens.Ink };
            if (shape.Portrait)
            {
                var y = page.Text(text, label, card.Left + side, card.Top + ends, card.Width - (2 * side), 1);
                y = page.Text($"{number}", strong, card.Left + side, y, card.Width);
                page.Text(rest ?? "", of, card.Left + side, y, card.Width - (2 * side), 1);
                continue;
            }

            var restWidth = rest is null ? 0 : TextBlock.Measure(rest, of) + (0.5f * u);
            var numberWidth = TextBlock.Measure($"{number}", strong);
            var x = card.Right - side - restWidth - numberWidth;
            var labelWidth = x - card.Left - side - (0.4f * u);
            page.Text(text, label, card.Left + side, card.MidY - (Page.Height(text, label, labelWidth, 2) / 2), labelWidth, 2);
            page.Text($"{number}", strong, x, card.MidY - (strong.LineHeight / 2), numberWidth + 1);
            page.Text(rest ?? "", of, x + numberWidth + (0.5f * u), card.MidY + (strong.LineHeight / 2) - of.LineHeight - (0.15f * u), restWidth);
        }

        return area.Top + height;
    }

    /// <summary>表决前清点: what was counted stays as it was, whoever comes after it.</summary>
    public float Frozen(CountView frozen, SKRect area)
    {
        var came = meeting.Present - frozen.Count.Present;
        string[] lines =
        [
            words.Get("meeting.counted", ("n", frozen.Number), ("time", words.Time(frozen.At))),
            words.Get("meeting.counted_present", ("present", frozen.Count.Present), ("expected", frozen.Count.Expected)),
            came > 0 ? words.Get(came == 1 ? "meeting.counted_since_one" : "meeting.counted_since", ("n", came)) : "",
        ];
        var value = page.Style(shape.Portrait ? 4.4f : 5.4f, Tokens.Red800, bold: true) with { Line = 1.1f };
        var small = page.Style(1.2f, Tokens.Ink, bold: true);
        var of = page.Notice(Tokens.Stone600);
        var (number, rest) = ($"{frozen.Count.VotingPresent}", words.Get("meeting.of", ("n", frozen.Count.VotingExpected)));
        var right = Math.Max(TextBlock.Measure(number, value) + (0.4f * u) + TextBlock.Measure(rest, of), TextBlock.Measure(words.Get("meeting.voting"), small));
        var (side, ends) = (1.4f * u, 0.7f * u);
        var title = page.Style(2.1f, Tokens.Ink, bold: true);
        var line = shape.Elder ? page.Style(shape.Portrait ? 1.35f : 1.6f) : page.Notice();
        var width = area.Width - (2 * side) - right - u;
        var shown = lines.Where(each => each.Length > 0).ToList();
        var left = Page.Height(words.Get("meeting.counted_title"), title, width, 2) + shown.Sum(each => Page.Height(each, line, width));
        var height = Math.Max(left, small.LineHeight + value.LineHeight) + (2 * ends);
        var card = SKRect.Create(area.Left, area.Top, area.Width, height);
        page.Fill(card, Tokens.White, 0.45f * u);
        page.Outline(card, Tokens.Gold, 0.14f * u, 0.45f * u);
        var y = page.Text(words.Get("meeting.counted_title"), title, card.Left + side, card.MidY - (left / 2), width, 2);
        foreach (var each in shown)
        {
            y = page.Text(each, line, card.Left + side, y, width);
        }

        var (x, top) = (card.Right - side - right, card.MidY - ((small.LineHeight + value.LineHeight) / 2));
        page.Text(words.Get("meeting.voting"), small, x, top, right + u, 1);
        page.Text(number, value, x, top + small.LineHeight, right);
        page.Text(rest, of, x + TextBlock.Measure(number, value) + (0.4f * u), top + small.LineHeight + value.LineHeight - of.LineHeight - (0.3f * u), right);
        return card.Bottom;
    }

    /// <summary>Where it ends, with the gap after it; nothing where no quorum is set.</summary>
    public float Quorum(SKRect area, float gap, bool withSource)
    {
        if (meeting.QuorumNeeded is not { } needed)
        {
            return area.Top;
        }

        var there = meeting.Frozen?.Count.VotingPresent ?? meeting.VotingPresent;
        var reached = there >= needed;
        var style = (shape.Portrait ? page.Style(1.5f * (shape.Elder ? 1.07f : 1)) : page.Style(1.6f)) with { Bold = true, Color = reached ? Tokens.Green : Tokens.Ink };
        var text = words.Get(reached ? "meeting.quorum_yes" : "meeting.quorum_no", ("needed", needed), ("present", there), ("missing", needed - there));
        var (icon, x) = (2.2f * u, area.Left + (3.2f * u));
        var width = area.Width - (3.2f * u);
        // Meaning does not rest on the colour: reached is a tick, not yet is a clock.
        const string Ring = "M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0 ";
        page.Icon(Ring + (reached ? "m5.2 .4 3.3 3.3 6.3-7" : "M12 7v5.4l3.4 2"), 24, SKRect.Create(area.Left, area.Top + (0.1f * u), icon, icon), reached ? Tokens.Green : Tokens.Stone600, 2.1f);
        var y = page.Text(text, style, x, area.Top, width);
        if (withSource && meeting.QuorumSource is { Length: > 0 } source)
        {
            y = page.Text(source, page.Style(1.05f * (shape.Elder ? 1.24f : 1), Tokens.Stone600) with { Line = 1.35f }, x, y, width, 2);
        }

        return Math.Max(y, area.Top + icon) + gap;
    }
}
