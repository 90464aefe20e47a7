using System.Globalization;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;
using Microsoft.Playwright;

namespace Kiosk.Player.Tests.Stage;

public sealed class PlaybackTests
{
    [Fact]
    public async Task Two_clips_and_a_picture_in_turn_move_and_never_show_black_or_white()
    {
        await using var stage = await StageHarness.StartAsync();
        var first = await TestMedia.VideoAsync(stage.Player, 2.4, 0);
        var second = await TestMedia.VideoAsync(stage.Player, 2, 120);
        var image = await TestMedia.ImageAsync(stage.Player);
        stage.Player.Play(
            stage.Player.Item(PlaylistItemKind.Video, first, null),
            stage.Player.Item(PlaylistItemKind.Video, second, null),
            stage.Player.Item(PlaylistItemKind.Image, image, 1500));
        await stage.OpenAsync();
        await Until.TrueAsync(() => Started(stage).Count >= 1, "the first play starts");

        await stage.Page.WaitForTimeoutAsync(500);
        var screencast = await Screencast.StartAsync(stage.Page);
        await Until.TrueAsync(() => Started(stage).Count >= 7, "two rounds of three items", 40);
        await screencast.AssertNeverBlackOrWhiteAsync(40);
        Assert.DoesNotContain(stage.Player.Events, e => e.Kind is StageEventKind.Failed);
        // The order of plays is the order of the list, each ended once before the next but one starts.
        var started = Started(stage);
        Assert.Equal(started.Count, started.Distinct().Count());
        var ended = stage.Player.Events.Where(e => e.Kind is StageEventKind.Ended).Select(e => e.Id!.Value).ToList();
        Assert.Equal(started.Take(ended.Count), ended);
        // Clip after clip: the last picture of one stands at most for what a loaded machine adds to a frame.
        var held = Held(stage);
        Assert.NotEmpty(held);
        TestContext.Current.TestOutputHelper?.WriteLine("held ms: " + string.Join(' ', held));
        Assert.True(held.Min() <= 67, "held: " + string.Join(' ', held));
        Assert.Empty(stage.PageErrors);
    }

    [Fact]
    public async Task Clip_frames_advance_while_it_is_shown()
    {
        await using var stage = await StageHarness.StartAsync();
        stage.Player.Play(stage.Player.Item(PlaylistItemKind.Video, await TestMedia.VideoAsync(stage.Player, 4, 40), null));
        await stage.OpenAsync();
        await Until.TrueAsync(() => Started(stage).Count >= 1, "the clip starts");

        const string Hash = """
            () => { const c = document.createElement('canvas'); c.width = 160; c.height = 90; const x = c.getContext('2d');
              x.drawImage(document.querySelector('#playback video'), 0, 0, 160, 90); return [...x.getImageData(0, 0, 160, 90).data].reduce((a, b) => (a * 31 + b) | 0, 7); }
            """;
        var seen = new HashSet<int>();
        for (var i = 0; i < 5; i++)
        {
            seen.Add(await stage.Page.EvaluateAsync<int>(Hash));
            await stage.Page.EvaluateAsync("() => new Promise(r => document.querySelector('#playback video').requestVideoFrameCallback(r))");
        }

        Assert.True(seen.Count >= 4, $"{seen.Count} different pictures");
    }

    [Fact]
    public async Task Broken_clip_is_reported_and_skipped()
    {
        await using var stage = await StageHarness.StartAsync();
        var good = await TestMedia.VideoAsync(stage.Player, 2, 120);
        var broken = stage.Player.AddMedia(stage.Folder, "broken.mp4", "this is no film", "video/mp4");
        var missing = new string('0', 64);
        stage.Player.Play(
            stage.Player.Item(PlaylistItemKind.Video, good, null),
            stage.Player.Item(PlaylistItemKind.Video, broken, null),
            stage.Player.Item(PlaylistItemKind.Image, missing, 1000));
        await stage.OpenAsync();
        await Until.TrueAsync(() => Started(stage).Count >= 3, "the good clip comes round again", 30);

        var failed = stage.Player.Events.Where(e => e.Kind is StageEventKind.Failed).Select(e => e.Code).Distinct().Order().ToList();
        Assert.Equal(["media_unavailable", "unsupported"], failed);
    }

    [Fact]
    public async Task Current_that_is_neither_shown_nor_prepared_is_cut_to()
    {
        await using var stage = await StageHarness.StartAsync();
        var image = await TestMedia.ImageAsync(stage.Player);
        var clip = await TestMedia.VideoAsync(stage.Player, 4, 40);
        var first = stage.Player.Item(PlaylistItemKind.Video, clip, null);
        var other = stage.Player.Item(PlaylistItemKind.Image, image, 60000);
        stage.Player.Show(v => v with { Playback = new PlaybackView(first, null, "schedule", null) });
        await stage.OpenAsync();
        await Until.TrueAsync(() => Started(stage).Contains(first.PlayId), "the clip starts");

        await stage.ShowAsync(v => v with { Playback = new PlaybackView(other, null, "schedule", null) });
        await Until.TrueAsync(() => Started(stage).Contains(other.PlayId), "the picture is cut to");
        Assert.Contains(stage.Player.Events, e => e.Kind is StageEventKind.Ended && e.Id == first.PlayId && e.Code == "cut");

        await stage.ShowAsync(v => v with { Playback = PlaybackView.Splash });
        await stage.Page.WaitForFunctionAsync("() => document.querySelectorAll('#playback .layer').length === 0");
        Assert.Contains("幸福社区", await stage.Page.TextContentAsync("#splash"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Article_shows_its_words_and_nothing_active()
    {
        await using var stage = await StageHarness.StartAsync();
        var article = stage.Player.AddMedia(
            stage.Folder, "a.html",
            "<h1>学习园地</h1><p onclick=\"x()\">全心全意<strong>为人民服务</strong></p><script>document.title='bad'</script>"
            + "<img src=x onerror=\"document.title='bad'\"><iframe src=\"https://example.org\"></iframe><meta http-equiv=refresh content=\"0;url=/enter\">",
            "text/html");
        stage.Player.Play(stage.Player.Item(PlaylistItemKind.Article, article, 60000));
        await stage.OpenAsync();
        await Until.TrueAsync(() => Started(stage).Count >= 1, "the article starts");

        var html = await stage.Page.EvaluateAsync<string>("() => document.querySelector('.article-host').shadowRoot.querySelector('.page').innerHTML");
        Assert.Equal("<h1>学习园地</h1><p>全心全意<strong>为人民服务</strong></p>", html);
        Assert.Equal("Kiosk", await stage.Page.TitleAsync());
    }

    [Fact]
    public async Task Language_changes_without_a_reload()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        Assert.Contains("现在没有安排", await stage.Page.TextContentAsync("#splash .hint"), StringComparison.Ordinal);
        await stage.ShowAsync(v => v with { Language = "en" });
        Assert.Equal("Nothing is scheduled right now", await stage.Page.TextContentAsync("#splash .hint"));
        Assert.Equal(1, await stage.Page.EvaluateAsync<int>("() => performance.getEntriesByType('navigation').length"));
    }

    [Fact]
    public async Task Clock_that_is_not_known_is_not_shown()
    {
        await using var stage = await StageHarness.StartAsync();
        await stage.OpenAsync();
        const string Seen = "() => getComputedStyle(document.querySelector('#splash .time')).visibility";
        Assert.Equal("visible", await stage.Page.EvaluateAsync<string>(Seen));
        await stage.ShowAsync(v => v with { TimeUnknown = true });
        Assert.Equal("hidden", await stage.Page.EvaluateAsync<string>(Seen));
        await stage.ShowAsync(v => v with { Meeting = Views.Meeting(MeetingPhase.Before) });
        Assert.False(await stage.Page.IsVisibleAsync("#chip"));
        await stage.ShowAsync(v => v with { TimeUnknown = false });
        Assert.True(await stage.Page.IsVisibleAsync("#chip"));
    }

    private static List<int> Held(StageHarness stage) =>
        [.. stage.Player.Events
            .Where(e => e.Kind is StageEventKind.Started && e.Detail?.StartsWith("held_ms=", StringComparison.Ordinal) == true)
            .Select(e => int.Parse(e.Detail!["held_ms=".Length..], CultureInfo.InvariantCulture))];

    private static List<Guid> Started(StageHarness stage) =>
        [.. stage.Player.Events.Where(e => e.Kind is StageEventKind.Started).Select(e => e.Id!.Value)];
}
