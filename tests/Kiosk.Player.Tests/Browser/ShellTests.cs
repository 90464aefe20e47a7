using System.Security.Cryptography;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Text;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kiosk.Player.Tests.Browser;

/// <summary>Somebody with a keyboard, a scanner or a page of the web, who wants out of a real window on a real X screen.</summary>
[Collection(Alone.Name)]
public sealed class ShellTests
{
    private static readonly string Card = Base32.Encode([1, .. RandomNumberGenerator.GetBytes(93)]);

    [Fact]
    public async Task No_key_leads_out_of_the_window()
    {
        await using var kiosk = await KioskWindow.StartAsync(PictureAsync);
        foreach (var keys in new[]
        {
            "ctrl+p", "ctrl+s", "ctrl+o", "ctrl+n", "ctrl+t", "ctrl+w", "ctrl+l", "ctrl+u", "ctrl+j", "ctrl+h", "ctrl+f", "ctrl+d", "ctrl+g", "ctrl+e", "ctrl+k", "ctrl+r", "ctrl+plus", "ctrl+minus", "ctrl+0",
            "ctrl+shift+i", "ctrl+shift+j", "ctrl+shift+c", "ctrl+shift+n", "ctrl+shift+w", "ctrl+shift+t", "ctrl+shift+o", "ctrl+shift+m", "ctrl+shift+Delete", "ctrl+shift+b", "ctrl+q", "ctrl+shift+q",
            "ctrl+Tab", "ctrl+shift+Tab", "ctrl+1", "ctrl+9", "ctrl+F4", "alt+F4", "alt+Left", "alt+Right", "alt+Home", "alt+d", "alt+e", "alt+f", "alt+F", "alt+space", "alt+shift+i", "shift+Escape", "Escape",
            "F1", "F3", "F5", "F6", "F7", "F10", "F11", "F12", "shift+F10", "Menu", "XF86Back", "XF86HomePage", "XF86Search", "XF86Refresh", "Print",
        })
        {
            await kiosk.PressAsync(keys);
            Assert.True(kiosk.Windows == 1, $"{keys}: {kiosk.Windows} windows");
        }

        await kiosk.BeatsAsync();
        Assert.Equal((1, 1), (kiosk.Windows, kiosk.Pages));
        await kiosk.ScanAsync(Card);
        await Until.TrueAsync(() => kiosk.Player.Cards.Contains(Card), "the scanner still works");
    }

    [Theory]
    [InlineData("close")]
    [InlineData("another")]
    public async Task Window_that_was_closed_or_covered_is_back_within_ten_seconds_on_what_plays(string how)
    {
        await using var kiosk = await KioskWindow.StartAsync(PictureAsync);
        var first = kiosk.Browser;
        await (how == "close"
            ? kiosk.RunAsync("bash", "-c", "xdotool search --onlyvisible --class chromium windowkill")
            : kiosk.RunAsync("bash", "-c", $"chromium --no-sandbox --user-data-dir={kiosk.Profile} --new-window about:blank"));
        await Until.TrueAsync(() => kiosk.Pages > 1, "the page is back", 10);
        Assert.NotEqual(first, kiosk.Browser);
        var playing = kiosk.Player.View.Playback.Next!.PlayId;
        await Until.TrueAsync(() => kiosk.Player.View.Playback.Current!.PlayId == playing || kiosk.Player.Events.Any(e => e.Kind is StageEventKind.Started && e.Id == playing), "it plays on");
        Assert.Equal(1, kiosk.Windows);
    }

    /// <summary>Everything a page may try at once, again and again; a scanner that types beside it must not lose a card.</summary>
    [Fact]
    public async Task Page_of_the_web_opens_nothing_and_takes_no_key_from_the_scanner()
    {
        await using var site = await WebSite.StartAsync(app =>
        {
            app.MapGet("/greedy", () => WebSite.Page("#3a7", Greedy));
            app.MapGet("/stolen", () => "");
            app.MapGet("/secret", (HttpContext context) =>
            {
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"door\"";
                return Results.Text("<h1>who</h1>", "text/html", statusCode: 401);
            });
            app.MapGet("/file", () => Results.File([1, 2, 3], "application/octet-stream", "x.bin"));
        });
        await using var kiosk = await KioskWindow.StartAsync(player =>
        {
            player.Play(FakePlayer.Item(PlaylistItemKind.WebPage, site["/greedy"], 120_000));
            return Task.CompletedTask;
        });
        await Until.TrueAsync(() => site.Asked("/secret") > 1, "the page tries", 30);
        await Until.TrueAsync(() => kiosk.Player.Events.Any(e => e.Kind is StageEventKind.Started), "it is shown");
        string[] cards = [.. Enumerable.Range(0, 5).Select(_ => Base32.Encode([1, .. RandomNumberGenerator.GetBytes(93)]))];
        foreach (var card in cards)
        {
            await kiosk.ScanAsync(card);
            await Until.TrueAsync(() => kiosk.Player.Cards.Contains(card), () => "the card is read; read so far: " + string.Join(", ", kiosk.Player.Cards), 20);
            await kiosk.BeatsAsync(1);
        }

        await kiosk.PressAsync("ctrl+n", "ctrl+w", "alt+F4", "ctrl+p", "a", "Tab");
        await kiosk.BeatsAsync();
        Assert.Equal((1, 1), (kiosk.Windows, kiosk.Pages));
        // A beginning that was given up is read again whole once a busy machine has brought the rest.
        Assert.Equal(cards, kiosk.Player.Cards.Where(text => !cards.Any(card => text.Length < card.Length && card.StartsWith(text, StringComparison.Ordinal))));
        Assert.Equal(0, site.Asked("/stolen"));
        await Until.TrueAsync(() => kiosk.ColoursAsync().Result.Count(c => Math.Abs(c.R - 0x33) + Math.Abs(c.G - 0xaa) + Math.Abs(c.B - 0x77) < 12) > 200, "nothing lies over the page");
    }

    /// <summary>A key that reaches the page is reported to its server.</summary>
    private const string Greedy =
        """
        const field = document.body.appendChild(document.createElement('input'));
        field.autofocus = true;
        for (const name of ['keydown', 'beforeinput', 'paste', 'pointerdown', 'touchstart']) addEventListener(name, () => fetch('/stolen'), true);
        onbeforeunload = (event) => { event.preventDefault(); event.returnValue = 'stay'; };
        const link = (href, download) => Object.assign(document.createElement('a'), { href, ...(download ? { download: 'x.bin' } : {}), target: '_blank' });
        setInterval(() => {
          field.focus(); window.focus();
          const tries = [
            () => alert(1), () => confirm(2), () => prompt('3'), () => print(), () => window.open('/other'), () => link('/file', true).click(), () => link('mailto:a@example.org').click(), () => link('tel:110').click(),
            () => link('intent://x#Intent;end').click(), () => document.body.requestFullscreen().catch(() => {}), () => document.body.requestPointerLock()?.catch?.(() => {}), () => Notification.requestPermission(),
            () => navigator.geolocation.getCurrentPosition(() => {}), () => navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => {}), () => navigator.clipboard?.readText().catch(() => {}),
            () => navigator.keyboard?.lock?.().catch(() => {}), () => showOpenFilePicker().catch(() => {}), () => new PaymentRequest([{ supportedMethods: 'https://example.org' }], { total: { label: 'x', amount: { currency: 'CNY', value: '1' } } }).show().catch(() => {}),
            () => { const frame = document.createElement('iframe'); frame.src = '/secret?' + Math.random(); document.body.append(frame); setTimeout(() => frame.remove(), 900); },
            () => { new Image().src = '/secret?' + Math.random(); }, () => fetch('/secret?' + Math.random(), { credentials: 'include' }).catch(() => {}),
            () => navigator.registerProtocolHandler?.('web+kiosk', location.origin + '/?%s'), () => navigator.credentials?.get?.({ password: true }).catch(() => {}),
          ];
          for (const attempt of tries) try { attempt(); } catch { }
        }, 300);
        """;

    private static async Task PictureAsync(FakePlayer player)
    {
        var image = await TestMedia.ImageAsync(player);
        player.Play(player.Item(PlaylistItemKind.Image, image, 3000), player.Item(PlaylistItemKind.Image, image, 3000, "二"));
    }
}
