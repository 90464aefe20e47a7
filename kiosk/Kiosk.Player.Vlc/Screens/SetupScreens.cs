using Kiosk.Player.Core.View;
using Kiosk.Player.Vlc.Drawing;
using Kiosk.Player.Vlc.Link;
using Kiosk.Player.Vlc.Stage;
using SkiaSharp;

namespace Kiosk.Player.Vlc.Screens;

/// <summary>What only the person who sets the screen up sees: pairing and refusals.</summary>
internal static class SetupScreens
{
    public static void Pairing(Page page, PairingView pairing, QrPath? qr, bool hubReachable, StageWords words)
    {
        var u = page.U;
        var area = Frame(page, words.Get(pairing.Reason switch { PairingReason.Revoked => "pairing.revoked", PairingReason.Unrecognised => "pairing.unrecognised", _ => "pairing.title" }), $"{words.Get("pairing.hub")}　{pairing.HubAddress}");
        if (pairing.Code is not { } code)
        {
            var wait = page.Subtitle();
            var text = words.Get(hubReachable ? "pairing.waiting" : "pairing.unreachable");
            page.Text(text, wait, area.Left, area.MidY - (Page.Height(text, wait, area.Width) / 2), area.Width);
            return;
        }

        var portrait = page.Shape.Portrait;
        var qrSize = portrait ? Math.Min(18 * u, area.Height * 0.42f) : 15.5f * u;
        var width = portrait || qr is null ? area.Width : area.Width - qrSize - (3 * u);
        var height = Words(page, pairing, code, words, area.Left, 0, width, draw: false);
        var top = portrait ? area.Top + u : area.MidY - (height / 2);
        Words(page, pairing, code, words, area.Left, top, width, draw: true);
        if (qr is not null)
        {
            var rest = area with { Top = top + height + u };
            qrSize = portrait ? Math.Min(qrSize, rest.Height) : qrSize;
            var place = portrait
                ? SKRect.Create(area.MidX - (qrSize / 2), rest.MidY - (qrSize / 2), qrSize, qrSize)
                : SKRect.Create(area.Right - qrSize, area.MidY - (qrSize / 2), qrSize, qrSize);
            page.Qr(qr, place);
        }
    }

    public static void Refusal(Page page, RefusalView refusal, StageWords words)
    {
        var key = words.Knows($"refusal.{refusal.Code}") ? refusal.Code : "other";
        var area = Frame(page, words.Get("refusal.title"), $"{words.Get("refusal.code")}　{refusal.Code}");
        var gap = 1.2f * page.U;
        (string? Text, TextStyle Style, int Lines)[] parts =
        [
            (words.Get($"refusal.{key}"), page.Style(2.6f, Tokens.Ink, bold: true) with { Line = 1.4f }, 9), (words.Get($"refusal.{key}.do"), page.Subtitle(), 9),
            (refusal.Detail, page.Notice(Tokens.Stone600), 2),
        ];
        var shown = parts.Where(part => part.Text is { Length: > 0 }).ToList();
        var y = area.MidY - ((shown.Sum(part => Page.Height(part.Text!, part.Style, area.Width, part.Lines)) + (gap * (shown.Count - 1))) / 2);
        foreach (var (text, style, lines) in shown)
        {
            y = page.Text(text!, style, area.Left, y, area.Width, lines) + gap;
        }
    }

    /// <summary>Which screen this is, for somebody who stands before several.</summary>
    public static void Identify(Page page, IdentifyView identify, StageWords words)
    {
        var foot = $"{words.Get("pairing.hub")}　{identify.HubAddress}";
        var area = Frame(page, words.Get("identify.here"), identify.Addresses.Count > 0 ? $"{words.Get("identify.address")}　{string.Join('　', identify.Addresses)}　　{foot}" : foot);
        var name = page.Heading(page.Shape.Portrait ? 3.6f : 4.6f) with { Align = SKTextAlign.Center };
        var number = page.Style(12, Tokens.Red600, bold: true) with { Line = 1.1f, Align = SKTextAlign.Center };
        var title = identify.Name ?? words.Get("identify.unnamed");
        var y = area.MidY - ((Page.Height(title, name, area.Width, 3) + (identify.Number is null ? 0 : number.LineHeight)) / 2);
        if (identify.Number is { } shown)
        {
            y = page.Text($"{shown}", number, area.Left, y, area.Width, 1);
        }

        page.Text(title, name, area.Left, y, area.Width, 3);
    }

    private static float Words(Page page, PairingView pairing, string code, StageWords words, float x, float top, float width, bool draw)
    {
        var (u, y) = (page.U, top);
        if (pairing.Reason is not PairingReason.None)
        {
            y = Put(words.Get(pairing.Reason is PairingReason.Revoked ? "pairing.revoked_do" : "pairing.unrecognised_do"), page.Notice(), x, width) + u;
        }

        for (var step = 1; step <= 3; step++)
        {
            var style = page.Notice();
            if (draw)
            {
                var ring = SKRect.Create(x, y, 2.5f * u, 2.5f * u);
                page.Fill(ring, Tokens.Red600, ring.Width / 2);
                var number = page.Notice(Tokens.White, bold: true) with { Align = SKTextAlign.Center };
                page.Text($"{step}", number, ring.Left, ring.MidY - (number.LineHeight / 2), ring.Width);
            }

            var bottom = Put(words.Get($"pairing.step{step}"), style, x + (3.5f * u), width - (3.5f * u));
            y = Math.Max(bottom, y + (2.5f * u)) + (0.9f * u);
        }

        y += 0.7f * u;
        y = Put(code.Length == 8 ? $"{code[..4]}-{code[4..]}" : code, page.Style(page.Shape.Portrait ? 4.6f : 5.4f, Tokens.Ink, bold: true) with { Line = 1.15f }, x, width);
        if (pairing.ExpiresAt is { } until)
        {
            y = Put(words.Get("pairing.until", ("time", words.Time(until))), page.Caption(), x, width);
        }

        return y - top;

        float Put(string text, TextStyle style, float left, float room) =>
            draw ? page.Text(text, style, left, y, room) : y + Page.Height(text, style, room);
    }

    /// <summary>Title and foot; says what is left between them.</summary>
    private static SKRect Frame(Page page, string title, string foot)
    {
        var (shape, u) = (page.Shape, page.U);
        var area = new SKRect(shape.SafeX + u, shape.SafeY + u, shape.Width - shape.SafeX - u, shape.Height - shape.SafeY - u);
        var heading = page.Heading(2.6f);
        var bottom = page.Text(title, heading, area.Left + (1.35f * u), area.Top, area.Width - (1.35f * u));
        page.Fill(new SKRect(area.Left, area.Top, area.Left + (0.35f * u), bottom), Tokens.Red600);
        var line = page.Body(Tokens.Stone600);
        var footTop = area.Bottom - line.LineHeight;
        page.Rule(area.Left, footTop - (0.8f * u), area.Width, 0.06f * u, Tokens.Stone300);
        page.Text(foot, line, area.Left, footTop, area.Width, 1);
        return new SKRect(area.Left, bottom + u, area.Right, footTop - (1.6f * u));
    }
}
