using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Stage;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>The answer to a card, as read by a scanner: the whole screen for three seconds.</summary>
internal static class CheckInScreen
{
    private const string Yes = "M4 40a36 36 0 1 0 72 0a36 36 0 1 0 -72 0 M23 41l12 12l23-25";
    private const string No = "M4 40a36 36 0 1 0 72 0a36 36 0 1 0 -72 0 M40 21v24 M40 57v.01";

    /// <summary>Not simply done: refused, or kept for the host to see.</summary>
    public static bool Waits(CheckInView result) => result.Kind is CheckInViewKind.Refused or CheckInViewKind.Noted;

    public static uint Ground(CheckInView result) => Waits(result) ? Tokens.Amber300 : Tokens.Green800;

    public static void Draw(Page page, CheckInView result, StageWords words)
    {
        var (shape, u) = (page.Shape, page.U);
        var waits = Waits(result);
        var color = waits ? Tokens.Ink : Tokens.White;
        var width = shape.Width - (2 * shape.SafeX);
        var headline = page.Heading(shape.Portrait ? 3 : 4, color) with { Align = SKTextAlign.Center };
        var line = page.Style(2.1f, color) with { Align = SKTextAlign.Center };
        List<(string Text, TextStyle Style, int Lines, bool Pill)> parts = [];
        if (result.MaskedName is { } name)
        {
            parts.Add((name, page.Style(4.6f, color, bold: true) with { Line = 1.2f, Align = SKTextAlign.Center }, 1, false));
        }

        if (waits)
        {
            var noted = result.Kind is CheckInViewKind.Noted;
            parts.Add((Outcome(result, words, noted ? "noted" : "why"), headline, shape.Portrait ? 4 : 2, false));
            parts.Add((Outcome(result, words, noted ? "noted_do" : "do"), line, 2, false));
            parts.Add((words.Get("checkin.hint"), page.Style(1.5f, color) with { Align = SKTextAlign.Center }, 2, false));
        }
        else
        {
            parts.Add((words.Get(Done(result.Kind)), headline, shape.Portrait ? 4 : 2, false));
            if (result.Late)
            {
                parts.Add((words.Get("checkin.late"), page.Style(1.8f, color, bold: true) with { Align = SKTextAlign.Center }, 1, false));
            }

            if (result.PointsGranted is > 0 and var points)
            {
                parts.Add((words.Get(points == 1 ? "checkin.points_one" : "checkin.points", ("n", points)),
                    page.Style(2.8f, Tokens.Ink, bold: true) with { Align = SKTextAlign.Center }, 1, true));
            }

            parts.Add((Line(result, words), line, 2, false));
        }

        var (mark, gap) = (9.5f * u, 0.5f * u);
        var height = mark + (0.8f * u) + parts.Sum(part => gap + Page.Height(part.Text, part.Style, width, part.Lines) + (part.Pill ? 0.6f * u : 0));
        var y = (shape.Height - height) / 2;
        page.Icon(waits ? No : Yes, 80, SKRect.Create((shape.Width - mark) / 2, y, mark, mark), color, 5.5f);
        y += mark + (0.8f * u);
        foreach (var (text, style, lines, pill) in parts)
        {
            y += gap + (pill ? 0.6f * u : 0);
            if (pill)
            {
                var wide = TextBlock.Measure(text, style) + (3.2f * u);
                page.Fill(SKRect.Create((shape.Width - wide) / 2, y, wide, style.LineHeight), Tokens.Gold, style.LineHeight / 2);
            }

            y = page.Text(text, style, shape.SafeX, y, width, lines);
        }
    }

    private static string Done(CheckInViewKind kind) => kind switch
    {
        CheckInViewKind.SavedOffline => "checkin.saved",
        CheckInViewKind.AlreadyDone => "checkin.already",
        CheckInViewKind.Left => "checkin.left",
        CheckInViewKind.TakenBack => "checkin.taken_back",
        _ => "checkin.done",
    };

    private static string Line(CheckInView result, StageWords words) => result.Kind switch
    {
        CheckInViewKind.AlreadyDone => Text(words, result.Outcome is "seen_elsewhere" ? result.Outcome : "already_checked_in", "do"),
        CheckInViewKind.Left => words.Get("checkin.left_line"),
        CheckInViewKind.TakenBack => words.Get("checkin.taken_back_line"),
        _ => words.Get("checkin.welcome"),
    };

    /// <summary>A card names no meeting: where none is open it has not come to the wrong one.</summary>
    private static string Outcome(CheckInView result, StageWords words, string part) =>
        Text(words, result.Outcome is "wrong_meeting" ? "no_meeting" : result.Outcome ?? "other", part);

    private static string Text(StageWords words, string outcome, string part) =>
        words.Get(words.Knows($"outcome.{outcome}.{part}") ? $"outcome.{outcome}.{part}" : $"outcome.other.{part}");
}
