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
    public async Task Withdrawn_notice_leaves_the_screen()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        await stage.ShowAsync(v => v with { Banner = Views.Notice("体检", "上午"), Tickers = [Views.Notice("停水", "周二")] });
        await stage.ShowAsync(v => v with { Banner = null, Tickers = [] });
        await stage.Page.WaitForFunctionAsync("() => document.getElementById('banner').hidden && document.getElementById('ticker').hidden");
        Assert.Equal("", await stage.Page.TextContentAsync("#banner"));
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
