using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.View;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Stage;

/// <summary>A change of the schedule: the first item of what follows is ready before the change comes.</summary>
public sealed class ComingTests
{
    [Fact]
    public async Task Change_to_another_event_or_default_content_cuts_at_once_from_clip_and_picture()
    {
        await using var stage = await StageHarness.StartAsync();
        var clips = new[] { await TestMedia.VideoAsync(stage.Player, 8, 40), await TestMedia.VideoAsync(stage.Player, 8, 200) };
        var image = await TestMedia.ImageAsync(stage.Player);
        StageItem[] plays =
        [
            stage.Player.Item(PlaylistItemKind.Video, clips[0], null, "event A, clip"),
            stage.Player.Item(PlaylistItemKind.Video, clips[1], null, "event B, clip"),
            stage.Player.Item(PlaylistItemKind.Image, image, 60000, "default, picture"),
            stage.Player.Item(PlaylistItemKind.Video, clips[0], null, "event C, clip"),
            stage.Player.Item(PlaylistItemKind.Video, clips[1], null, "default, clip"),
            stage.Player.Item(PlaylistItemKind.Image, image, 60000, "event D, picture"),
        ];
        stage.Player.Show(v => v with { Playback = new PlaybackView(plays[0], null, "schedule", null) });
        await stage.OpenAsync();
        await Until.TrueAsync(() => Started(stage, plays[0]), "the first clip starts");
        await stage.Page.WaitForTimeoutAsync(500);
        var screencast = await Screencast.StartAsync(stage.Page);

        for (var i = 1; i < plays.Length; i++)
        {
            var (now, then) = (plays[i - 1], plays[i]);
            await stage.ShowAsync(v => v with { Playback = new PlaybackView(now, null, "schedule", null, then) });
            await PreparedAsync(stage, then);
            Assert.False(Started(stage, then));
            await stage.Page.EvaluateAsync("() => { window.waiting = document.querySelector('#playback .unseen'); }");
            stage.Player.Show(v => v with { Playback = new PlaybackView(then, null, "schedule", null) });
            await Until.TrueAsync(() => Started(stage, then), then.Title + " starts");
            // What stood ready is what is seen, not the same prepared again.
            Assert.True(await stage.Page.EvaluateAsync<bool>("() => window.waiting.isConnected && !window.waiting.classList.contains('unseen')"));
            await stage.Page.WaitForTimeoutAsync(600);
        }

        await screencast.AssertNeverBlackOrWhiteAsync(40);
        Assert.DoesNotContain(stage.Player.Events, e => e.Kind is StageEventKind.Failed);
        Assert.Empty(stage.PageErrors);
    }

    [Fact]
    public async Task Content_after_a_meeting_is_ready_unseen_and_no_splash_comes_between()
    {
        await using var stage = await StageHarness.StartAsync();
        var clip = stage.Player.Item(PlaylistItemKind.Video, await TestMedia.VideoAsync(stage.Player, 8, 40), null);
        var after = new PlaybackView(clip, null, "default", null, clip);
        stage.Player.Show(v => v with { Meeting = Views.Meeting(MeetingPhase.After), Playback = after });
        await stage.OpenAsync();
        await PreparedAsync(stage, clip);
        Assert.False(Started(stage, clip));
        Assert.Equal("0.002", await stage.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('#playback .layer')).opacity"));

        // A frame in which neither the meeting nor the clip is there would be the splash.
        await stage.Page.EvaluateAsync(
            """
            () => { window.bare = 0; const look = () => {
              const layer = document.querySelector('#playback .layer:not(.unseen)');
              if (document.getElementById('meeting').hidden && !layer) window.bare++;
              requestAnimationFrame(look); }; look(); }
            """);
        await stage.ShowAsync(v => v with { Meeting = null, Playback = after with { Coming = null } });
        await Until.TrueAsync(() => Started(stage, clip), "the clip starts");
        Assert.Equal(0, await stage.Page.EvaluateAsync<int>("() => window.bare"));
        Assert.Equal("1", await stage.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('#playback .layer')).opacity"));
    }

    [Fact]
    public async Task Coming_play_that_is_broken_is_reported_and_what_plays_goes_on()
    {
        await using var stage = await StageHarness.StartAsync();
        var clip = stage.Player.Item(PlaylistItemKind.Video, await TestMedia.VideoAsync(stage.Player, 8, 40), null);
        var broken = stage.Player.Item(PlaylistItemKind.Video, stage.Player.AddMedia(stage.Folder, "broken.mp4", "this is no film", "video/mp4"), null);
        stage.Player.Show(v => v with { Playback = new PlaybackView(clip, null, "schedule", null, broken) });
        await stage.OpenAsync();
        await Until.TrueAsync(() => stage.Player.Events.Any(e => e.Kind is StageEventKind.Failed && e.Id == broken.PlayId && e.Code == "unsupported"), "the broken one is reported");
        Assert.DoesNotContain(stage.Player.Events, e => e.Kind is StageEventKind.Ended);
        Assert.Equal(1, await stage.Page.EvaluateAsync<int>("() => document.querySelectorAll('#playback .layer').length"));
    }

    /// <summary>Its first frame is decoded: a layer that waits out of sight with a picture in it.</summary>
    private static async Task PreparedAsync(StageHarness stage, StageItem item) => await stage.Page.WaitForFunctionAsync(
        """
        url => { const part = document.querySelector(`#playback .unseen [src="${url}"]`);
          return part && (part.tagName === 'VIDEO' ? part.readyState >= 3 : part.complete && part.naturalWidth > 0); }
        """,
        "/media/" + item.MediaSha256);

    private static bool Started(StageHarness stage, StageItem item) =>
        stage.Player.Events.Any(e => e.Kind is StageEventKind.Started && e.Id == item.PlayId);
}
