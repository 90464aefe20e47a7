using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Link;
using Kiosk.Player.Vlc.Stage;
using Kiosk.Player.Vlc.X11;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>The meeting's screen, and over it what changes every second: the countdown, and the ring of the code.</summary>
internal sealed class MeetingOverlay(XScreen screen, XWindow all) : IDisposable
{
    private readonly Overlay ground = new(screen, all);
    private readonly Overlay countdown = new(screen, all);
    private readonly Overlay code = new(screen, all);
    private (MeetingView Meeting, QrPath? Qr)? now;
    private MeetingParts? parts;

    /// <param name="bottom">What ticker and banner take from the bottom, or the safe margin.</param>
    public void Show(MeetingView? meeting, QrPath? qr, StageWords words, StageShape shape, float bottom)
    {
        if (meeting is null)
        {
            now = null;
            ground.Hide();
            countdown.Hide();
            code.Hide();
            return;
        }

        now = (meeting, qr);
        // The code itself changes every few seconds and has a window of its own.
        var what = new Seen(
            meeting with { QrText = null, QrUntil = null, NumbersUntil = null, Agenda = Seen.None, Arrivals = Seen.Nobody },
            string.Join('\n', meeting.Agenda), string.Join('\n', meeting.Arrivals.Select(a => $"{a.MaskedName}{a.Late}")), qr is not null, bottom);
        ground.Show(what, shape, words, new SKRect(0, 0, shape.Width, shape.Height), Tokens.Paper, page =>
        {
            var area = new SKRect(shape.SafeX, shape.SafeY + (0.4f * shape.Unit), shape.Width - shape.SafeX, shape.Height - bottom);
            parts = new MeetingScreen(page, meeting, qr, words, area).Draw();
        });
        Tick(words, shape);
    }

    /// <summary>Once a second.</summary>
    public void Tick(StageWords words, StageShape shape)
    {
        if (now is not var (meeting, qr) || parts is null)
        {
            return;
        }

        ShowCountdown(meeting, words, shape);
        if (parts.Qr is { } place && qr is not null)
        {
            var around = SKRect.Inflate(place, MathF.Ceiling(0.5f * shape.Unit), MathF.Ceiling(0.5f * shape.Unit));
            // Codes live ten seconds; the ring shows what is left of them.
            var left = meeting.QrUntil is { } until ? Math.Clamp((until - words.Clock.Now).TotalSeconds / 10, 0, 1) : 0;
            code.Show((qr.Path, Math.Round(left, 2)), shape, words, around, Tokens.Paper, page =>
            {
                page.Qr(qr, place);
                Ring(page, around, (float)left);
            });
        }
        else
        {
            code.Hide();
        }
    }

    public void Dispose()
    {
        ground.Dispose();
        countdown.Dispose();
        code.Dispose();
    }

    private void ShowCountdown(MeetingView meeting, StageWords words, StageShape shape)
    {
        if (parts is not { Countdown: { } place, CountdownStyle: { } figures, Words: { } sentence })
        {
            countdown.Hide();
            return;
        }

        var left = (int)Math.Ceiling((meeting.Start - words.Clock.Now).TotalSeconds);
        var value = left <= 0 ? words.Get("meeting.starting")
            : left >= 3600 ? FormattableString.Invariant($"{left / 3600}:{left / 60 % 60:00}:{left % 60:00}") : FormattableString.Invariant($"{left / 60}:{left % 60:00}");
        var label = left > 0 ? words.Get("meeting.countdown") : "";
        var part = new SKRect(MathF.Floor(place.Left), MathF.Floor(place.Top), MathF.Ceiling(place.Right), MathF.Ceiling(place.Bottom));
        countdown.Show((label, value), shape, words, part, Tokens.Paper, page =>
        {
            var style = left > 0 ? figures : sentence;
            var small = page.Notice(Tokens.Stone600) with { Align = style.Align };
            if (style.Align is SKTextAlign.Right)
            {
                var lines = left > 0 ? 1 : 2;
                var y = part.Bottom - Page.Height(value, style, part.Width, lines);
                page.Text(value, style, part.Left, y, part.Width, lines);
                page.Text(label, small, part.Left, y - small.LineHeight, part.Width, 1);
            }
            else
            {
                // On one line with the figures, by their feet.
                var y = part.Bottom - style.LineHeight;
                var width = label.Length == 0 ? 0 : TextBlock.Measure(label, small) + (1.2f * page.U);
                page.Text(label, small, part.Left, y + (style.LineHeight / 2) + (0.36f * style.Size) - (small.LineHeight / 2) - (0.36f * small.Size), width);
                page.Text(value, style, part.Left + width, y, part.Width - width, 1);
            }
        });
    }

    private static void Ring(Page page, SKRect around, float left)
    {
        var u = page.U;
        var edge = SKRect.Inflate(around, -0.1f * u, -0.1f * u);
        page.Outline(edge, Tokens.Stone200, 0.16f * u, 0.7f * u);
        if (left <= 0)
        {
            return;
        }

        var radius = 0.7f * u;
        var length = (2 * (edge.Width + edge.Height)) - (8 * radius) + (2 * MathF.PI * radius);
        using var dash = SKPathEffect.CreateDash([length * left, length], 0);
        using var paint = new SKPaint
        {
            Color = new SKColor(0xFF000000 | Tokens.Gold), IsAntialias = true, IsStroke = true, StrokeWidth = 0.16f * u, StrokeCap = SKStrokeCap.Round, PathEffect = dash,
        };
        page.Canvas.DrawRoundRect(edge, radius, radius, paint);
    }

    /// <summary>What the screen was drawn from; lists compare by reference, so they are compared as text.</summary>
    private sealed record Seen(MeetingView Meeting, string Agenda, string Arrivals, bool Code, float Bottom)
    {
        public static readonly IReadOnlyList<string> None = [];
        public static readonly IReadOnlyList<Arrival> Nobody = [];
    }
}
