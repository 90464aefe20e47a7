using Kiosk.Contracts;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Stage;

public sealed class NoticeTests
{
    [Fact]
    public async Task Banner_ticker_and_takeover_are_reported_painted_once_each()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        var banner = Views.Notice("周六体检", "上午8:30");
        var ticker = Views.Notice("停水", "周二上午停水");
        await stage.ShowAsync(v => v with { Banner = banner, Tickers = [ticker] });
        await Until.TrueAsync(() => Painted(stage).Count == 2, "banner and ticker are painted");
        Assert.Equal([banner.Id, ticker.Id], Painted(stage).OrderBy(i => i == ticker.Id));

        var takeover = Views.Notice("暴雨预警", "不要外出") with { Version = 7 };
        await stage.ShowAsync(v => v with { Takeover = takeover });
        await Until.TrueAsync(() => Painted(stage).Count == 3, "the takeover is painted");
        Assert.Equal(7, stage.Player.Events.Single(e => e.Id == takeover.Id).Version);

        // The same notices again, in later views, are not painted anew.
        await stage.ShowAsync(v => v with { HubReachable = false });
        await stage.ShowAsync(v => v with { Takeover = null });
        await stage.ShowAsync(v => v with { Banner = banner with { Version = 2, Title = "改到周日" } });
        await Until.TrueAsync(() => stage.Player.Events.Any(e => e.Id == banner.Id && e.Version == 2), "the edit is painted");
        Assert.Equal(4, Painted(stage).Count);
    }

    [Fact]
    public async Task Banner_under_a_takeover_is_not_reported_until_it_is_seen()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        var banner = Views.Notice("周六体检", "上午8:30");
        var takeover = Views.Notice("暴雨预警", "不要外出");
        await stage.ShowAsync(v => v with { Takeover = takeover });
        await stage.ShowAsync(v => v with { Banner = banner });
        await Until.TrueAsync(() => Painted(stage).Contains(takeover.Id), "the takeover is painted");
        await stage.Page.EvaluateAsync("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(r))))");
        Assert.DoesNotContain(banner.Id, Painted(stage));
        await stage.ShowAsync(v => v with { Takeover = null });
        await Until.TrueAsync(() => Painted(stage).Contains(banner.Id), "the banner is painted");
    }

    [Fact]
    public async Task Picture_that_comes_after_the_words_joins_them()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        var picture = await TestMedia.ImageAsync(stage.Player);
        var (takeover, banner) = (Views.Notice("暴雨预警", "不要外出"), Views.Notice("周六体检", "上午8:30"));
        await stage.ShowAsync(v => v with { Takeover = takeover, Banner = banner });
        await Until.TrueAsync(() => Painted(stage).Contains(takeover.Id), "the words are painted");

        await stage.ShowAsync(v => v with { Takeover = takeover with { ImageSha256 = picture }, Banner = banner with { ImageSha256 = picture } });
        foreach (var of in (string[])["takeover", "banner"])
        {
            await stage.Page.WaitForFunctionAsync("of => document.querySelector(`#${of} img`)?.naturalWidth > 0", of);
        }

        Assert.Single(Painted(stage), takeover.Id);
    }

    [Fact]
    public async Task Withdrawn_notice_leaves_the_screen()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await stage.ShowAsync(v => v with { Banner = Views.Notice("体检", "上午"), Tickers = [Views.Notice("停水", "周二")] });
        await stage.ShowAsync(v => v with { Banner = null, Tickers = [] });
        await stage.Page.WaitForFunctionAsync("() => document.getElementById('banner').hidden && document.getElementById('ticker').hidden");
        Assert.Equal("", await stage.Page.TextContentAsync("#banner"));
    }

    /// <summary>As long as the form in the admin takes a notice without a note (NoticeFit): all of it is to be read, upright and lying.</summary>
    [Theory]
    [InlineData(1920, 1080, Orientation.Landscape)]
    [InlineData(1080, 1920, Orientation.Portrait)]
    public async Task Notice_that_the_form_takes_for_short_enough_is_not_cut(int width, int height, Orientation orientation)
    {
        await using var stage = await StageHarness.StartAsync();
        var image = await TestMedia.ImageAsync(stage.Player);
        var pictures = 0;
        await stage.OpenAsync(width, height);
        foreach (var picture in (string?[])[null, image])
        {
            var isUpright = orientation is Orientation.Portrait;
            var banner = isUpright ? Of(22, 80) : picture is null ? Of(50, 114) : Of(28, 63);
            await stage.ShowAsync(v => v with { Orientation = orientation, Banner = banner with { ImageSha256 = picture } });
            await AssertWholeAsync("#banner");

            NoticeView[] takeovers = isUpright
                ? [Of(10, 16), Of(20, 60), Of(20, 72), Of(10, (picture is null ? 14 : 10) * 16), Of(30, (picture is null ? 11 : 7) * 16)]
                : [Of(10, 16), Of(20, 70), Of(30, picture is null ? 110 : 105), Of(picture is null ? 22 : 13, (picture is null ? 37 : 21) * 7), Of(picture is null ? 66 : 39, (picture is null ? 37 : 21) * 5)];
            foreach (var takeover in takeovers)
            {
                await stage.ShowAsync(v => v with { Orientation = orientation, Banner = null, Takeover = takeover with { ImageSha256 = picture } });
                await AssertWholeAsync("#takeover");
            }

            await stage.ShowAsync(v => v with { Takeover = null });
        }

        static NoticeView Of(int title, int text) => Views.Notice(Words(title), Words(text));

        static string Words(int length) => string.Concat(Enumerable.Repeat("今天下午三点停水请提前储备生活用水", 20))[..length];

        async Task AssertWholeAsync(string notice)
        {
            if (Environment.GetEnvironmentVariable("KIOSK_SCREENS") is { Length: > 0 } folder)
            {
                await stage.Page.WaitForTimeoutAsync(400);
                await stage.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{notice[1..]}-{width}-{pictures++}.png") });
            }

            Assert.Empty(await stage.Page.EvaluateAsync<string[]>(
                """
                notice => [...document.querySelectorAll(notice + ' .clamp')]
                  .filter(e => e.scrollHeight > e.clientHeight + 0.3 * parseFloat(getComputedStyle(e).fontSize))
                  // Beyond the space around them the words would be cut by the edge.
                  .concat([...document.querySelectorAll(notice + ' .words')].filter(e => e.scrollHeight > e.parentElement.clientHeight + 30))
                  .map(e => `${e.className} ${e.textContent.length} letters ${e.scrollHeight} > ${e.clientHeight}`)
                """,
                notice));
        }
    }

    [Fact]
    public async Task Ticker_moves()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await stage.ShowAsync(v => v with { Tickers = [Views.Notice("停水", "本周二上午9:00至11:00，3号楼停水检修")] });
        await stage.Page.WaitForSelectorAsync("#ticker .run");
        const string Left = "() => document.querySelector('#ticker .run').getBoundingClientRect().left";
        var before = await stage.Page.EvaluateAsync<double>(Left);
        await stage.Page.WaitForFunctionAsync("before => document.querySelector('#ticker .run').getBoundingClientRect().left < before - 20", before);
    }

    private static List<Guid> Painted(StageHarness stage) =>
        [.. stage.Player.Events.Where(e => e.Kind is StageEventKind.NoticePainted).Select(e => e.Id!.Value)];
}
