using System.Security.Cryptography;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Text;
using Kiosk.Player.Core.View;
using Kiosk.Player.Stage;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Stage;

public sealed class CardReaderTests
{
    /// <summary>By their stamps such keys were typed together with those before them; only they come late.</summary>
    private const int Late = 4;

    private static readonly string Card = Base32.Encode([1, .. RandomNumberGenerator.GetBytes(93)]);

    [Theory]
    [InlineData("enter", false)]
    [InlineData("pause", false)]
    [InlineData("enter", true)]
    public async Task Scanner_that_types_a_card_is_read_once(string end, bool capsLock)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await Scanner.TypeAsync(stage.Page, capsLock ? Card.ToLowerInvariant() : Card, end);
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "the card arrives");
        await stage.Page.WaitForSelectorAsync("#checkin:not([hidden])");
        Assert.Equal([Card], stage.Player.Cards);
    }

    [Fact]
    public async Task Keys_pressed_by_hand_are_no_card()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await stage.Page.Keyboard.TypeAsync("ABCDEFGHIJKLMNOP", new() { Delay = 90 });
        await Scanner.TypeAsync(stage.Page, Card, "enter");
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "the card arrives");
        Assert.Equal([Card], stage.Player.Cards);
    }

    [Fact]
    public async Task Card_that_a_radio_scanner_types_in_two_parts_is_put_together()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await Scanner.TypeAsync(stage.Page, Card[..80], "pause");
        await stage.Page.WaitForTimeoutAsync(250);
        await Scanner.TypeAsync(stage.Page, Card[80..].ToLowerInvariant(), "enter", after: 250);
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "the card arrives");
        Assert.Equal([Card], stage.Player.Cards);
    }

    [Fact]
    public async Task Card_whose_keys_a_busy_machine_brings_late_is_read_once_they_are_there()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await Scanner.TypeAsync(stage.Page, Card[..80], "pause");
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "the page waits no longer");
        await Scanner.TypeAsync(stage.Page, Card[80..], "enter", after: Late);
        await Until.TrueAsync(() => stage.Player.Cards.Count > 1, "the card arrives");
        Assert.Equal([Card[..80], Card], stage.Player.Cards);
        await Scanner.TypeAsync(stage.Page, Card, "enter");
        await Until.TrueAsync(() => stage.Player.Cards.Count > 2, "the next card arrives");
        Assert.Equal([Card[..80], Card, Card], stage.Player.Cards);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public async Task Card_of_which_a_busy_machine_brings_a_few_keys_first_is_read_whole(int first)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await Scanner.TypeAsync(stage.Page, Card[..first], "pause");
        await stage.Page.WaitForTimeoutAsync(250);
        await Scanner.TypeAsync(stage.Page, Card[first..], "enter", after: Late);
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "the card arrives");
        Assert.Equal([Card], stage.Player.Cards);
    }

    [Theory]
    [InlineData("enter", 1)]
    [InlineData("pause", 9)]
    [InlineData("enter", 5, 80)]
    [InlineData("pause", 80, 5)]
    [InlineData("enter", 60, 3, 2, 40)]
    public async Task Card_is_read_whole_wherever_the_scanner_stalls(string end, params int[] stalls)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        var typed = 0;
        foreach (var length in stalls)
        {
            await Scanner.TypeAsync(stage.Page, Card[typed..(typed + length)], "pause", typed == 0 ? null : 250);
            await stage.Page.WaitForTimeoutAsync(100);
            typed += length;
        }

        await Scanner.TypeAsync(stage.Page, Card[typed..], end, after: 250);
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "the card arrives");
        await Scanner.TypeAsync(stage.Page, Card, "enter");
        await Until.TrueAsync(() => stage.Player.Cards.Count > 1, "the next card arrives");
        Assert.Equal([Card, Card], stage.Player.Cards);
    }

    [Fact]
    public async Task Halves_of_two_cards_held_a_second_apart_are_no_card()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await Scanner.TypeAsync(stage.Page, Card[..80], "pause");
        await Scanner.TypeAsync(stage.Page, Card[80..], "enter", after: 1000);
        await Until.TrueAsync(() => stage.Player.Cards.Count > 1, "both are handed on to be refused");
        Assert.Equal([Card[..80], Card[80..]], stage.Player.Cards);
    }

    [Fact]
    public async Task Card_held_badly_at_first_and_then_well_is_read_once()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await Scanner.TypeAsync(stage.Page, Card[..100], "pause");
        await Scanner.TypeAsync(stage.Page, Card, "enter", after: 300);
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "the card arrives");
        await Scanner.TypeAsync(stage.Page, Card, "enter", after: 1000);
        await Until.TrueAsync(() => stage.Player.Cards.Count > 1, "the next card arrives");
        Assert.Equal([Card, Card], stage.Player.Cards);
    }

    [Fact]
    public async Task Two_cards_without_a_pause_between_them_are_two_cards()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        var other = Base32.Encode([1, .. RandomNumberGenerator.GetBytes(93)]);
        await Scanner.TypeAsync(stage.Page, Card + other, "pause");
        await Until.TrueAsync(() => stage.Player.Cards.Count >= 2, "both cards arrive");
        Assert.Equal([Card, other], stage.Player.Cards);
    }

    [Theory]
    [InlineData("6901234567892", "6901234567892")]
    [InlineData("https://example.org/menu?table=12", "https://example.org/menu?table=12")]
    [InlineData("ABCDEFGHIJKLMNOPQRST", "ABCDEFGHIJKLMNOPQRST")]
    public async Task Barcode_that_is_no_card_is_handed_on_to_be_refused(string typed, string handed)
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await Scanner.TypeAsync(stage.Page, typed, "pause");
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "it is handed on");
        Assert.Equal([handed], stage.Player.Cards);
    }

    [Fact]
    public async Task Scanner_gone_mad_with_ten_thousand_characters_is_one_refusal_and_the_next_card_counts()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await Scanner.TypeAsync(stage.Page, new string('7', 10_000), "enter");
        await Scanner.TypeAsync(stage.Page, Card, "enter");
        await Until.TrueAsync(() => stage.Player.Cards.Count >= 2, "both arrive");
        Assert.Equal([new string('7', StageCard.Limit), Card], stage.Player.Cards);
        Assert.Empty(stage.PageErrors);
    }

    [Fact]
    public async Task Camera_that_is_unplugged_leaves_scanner_and_screen_and_is_noticed_when_it_is_back()
    {
        await using var stage = await StageHarness.StartAsync(camera: true);
        await stage.OpenAsync(1280, 720, "--use-fake-device-for-media-stream");
        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.Before) });
        await stage.Page.WaitForSelectorAsync(".camera video");
        // What the browser does when the plug is pulled.
        await stage.Page.EvaluateAsync("() => { const [track] = document.querySelector('.camera video').srcObject.getVideoTracks(); track.stop(); track.dispatchEvent(new Event('ended')); }");
        await stage.Page.WaitForFunctionAsync("() => !document.querySelector('.camera')");
        Assert.Contains("刷签到卡", await stage.Page.TextContentAsync(".entry"), StringComparison.Ordinal);
        await Scanner.TypeAsync(stage.Page, Card, "enter");
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "the scanner goes on");
        await stage.Page.EvaluateAsync("() => navigator.mediaDevices.dispatchEvent(new Event('devicechange'))");
        await stage.Page.WaitForSelectorAsync(".camera video");
        Assert.Empty(stage.PageErrors);
    }

    [Fact]
    public async Task Card_the_player_cannot_take_is_said_to_be_not_recorded()
    {
        await using var stage = await StageHarness.StartAsync();
        stage.Player.CardFault = new IOException("disk");
        await stage.OpenAsync();
        await Scanner.TypeAsync(stage.Page, Card, "enter");
        await stage.Page.WaitForSelectorAsync("#checkin.refused:not([hidden])");
        Assert.Contains("本机没能记下", await stage.Page.TextContentAsync("#checkin"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_before_the_camera_is_read_during_an_open_check_in_only()
    {
        var folder = Directory.CreateTempSubdirectory("kiosk-camera-").FullName;
        var film = await CameraFilmAsync(folder);
        await using var stage = await StageHarness.StartAsync(camera: true);
        await stage.OpenAsync(1920, 1080, "--use-fake-device-for-media-stream", "--use-file-for-fake-video-capture=" + film);
        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.Before) with { CheckInOpen = false } });
        Assert.False(await stage.Page.EvaluateAsync<bool>("() => !!document.querySelector('.camera')"));
        Assert.Empty(stage.Player.Cards);

        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.Before) });
        await Until.TrueAsync(() => !stage.Player.Cards.IsEmpty, "the card is read from the camera", 30);
        Assert.Equal([Card], stage.Player.Cards);
        await stage.Page.WaitForSelectorAsync(".camera video");
        Assert.Contains("把签到卡对准这里", await stage.Page.TextContentAsync(".entry"), StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("KIOSK_SCREENS") is { Length: > 0 } pictures)
        {
            await stage.Page.WaitForSelectorAsync("#checkin", new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });
            await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, "camera-landscape.png") });
            await stage.Page.SetViewportSizeAsync(1080, 1920);
            await stage.ShowAsync(v => v with { Orientation = Kiosk.Contracts.Orientation.Portrait });
            await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(pictures, "camera-portrait.png") });
        }

        // Held in view it stays one card; a closed check-in turns the camera off.
        await stage.ShowAsync(v => v with { Meeting = v.Meeting! with { CheckInOpen = false } });
        await stage.Page.WaitForFunctionAsync("() => !document.querySelector('.camera')");
        Assert.Equal([Card], stage.Player.Cards);
        Assert.Empty(stage.PageErrors);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A film of a table, then a card with a QR code held a little askew, as an MJPEG file for Chromium's fake camera.</summary>
    private static async Task<string> CameraFilmAsync(string folder)
    {
        var qr = QrImage.Of(Card)!;
        var svg = Path.Combine(folder, "card.pgm");
        await File.WriteAllTextAsync(svg, Pgm(qr), TestContext.Current.CancellationToken);
        var film = Path.Combine(folder, "camera.mjpeg");
        await TestMedia.RunAsync(
            "ffmpeg",
            $"-v error -y -f lavfi -i color=c=0x8a7f72:s=1280x720:r=15:d=3 -loop 1 -t 3 -i {svg} "
            + "-filter_complex \"[1]scale=330:330:flags=neighbor,format=rgba,rotate=0.16:c=0x00000000:ow=400:oh=400[c];[0][c]overlay=430:150,gblur=sigma=0.8,noise=alls=8:allf=t\" "
            + $"-c:v mjpeg -q:v 4 -t 3 {film}");
        return film;
    }

    private static string Pgm(QrImage qr)
    {
        var dark = new bool[qr.Size, qr.Size];
        foreach (System.Text.RegularExpressions.Match run in System.Text.RegularExpressions.Regex.Matches(qr.Path, @"M(\d+) (\d+)h(\d+)"))
        {
            int x = Number(run, 1), y = Number(run, 2), length = Number(run, 3);
            for (var i = 0; i < length; i++)
            {
                dark[y, x + i] = true;
            }
        }

        var rows = Enumerable.Range(0, qr.Size).Select(y => string.Join(' ', Enumerable.Range(0, qr.Size).Select(x => dark[y, x] ? "20" : "235")));
        return $"P2\n{qr.Size} {qr.Size}\n255\n{string.Join('\n', rows)}\n";
    }

    private static int Number(System.Text.RegularExpressions.Match match, int group) =>
        int.Parse(match.Groups[group].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
}
