using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Media;

/// <summary>Web pages and live streams in the library.</summary>
public sealed class LinkTests
{
    [Fact]
    public async Task Page_and_stream_reach_the_playlist_with_what_stands_in_for_them()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var picture = await hub.AddReadyMediaAsync(hub.RootUnitId, "备用图", disclosure: Disclosure.Public);
        var film = await hub.AddReadyMediaAsync(hub.RootUnitId, "备用片", MediaKind.Video, Disclosure.Public);
        var page = await admin.PostAsync<MediaSummary>("/api/links", Page(hub, "https://example.org/board?x=1", picture));
        var stream = await admin.PostAsync<MediaSummary>("/api/links", Stream(hub, "rtsp://camera.example.org/1", film));
        Assert.Equal((MediaState.Ready, MediaKind.WebPage, "https://example.org/board?x=1", "备用图"), (page.State, page.Kind, page.Address, page.StandInName));

        var document = await PublishAsync(hub, admin, new(null, page.Id, null, 20_000, ItemFit.Contain), new(null, stream.Id, null, null, ItemFit.BlurFill));

        Assert.Equal(
            [PlaylistItemKind.WebPage, PlaylistItemKind.Image, PlaylistItemKind.Stream, PlaylistItemKind.Video], document.Items.Select(item => item.Kind));
        Assert.Equal("https://example.org/board?x=1", document.Items[0].Address);
        Assert.Empty(document.Items[0].Variants);
        Assert.Equal((document.Items[0].Id, 20_000L), (document.Items[1].InsteadOf!.Value, document.Items[1].DurationMs!.Value));
        Assert.Equal((null, ItemFit.BlurFill), (document.Items[2].DurationMs, document.Items[2].Fit));
        Assert.Equal(document.Items[2].Id, document.Items[3].InsteadOf);
        Assert.Null(document.Items[3].DurationMs);

        // A change of the address is a change of what displays show; the stand-in cannot be taken away under it.
        await admin.PutAsync<MediaSummary>($"/api/links/{page.Id}", Page(hub, "https://example.org/new", null));
        Assert.Equal("https://example.org/new", (await ReadAsync(hub)).Items[0].Address);
        Assert.Equal("media_in_use", (await Assert.ThrowsAsync<RefusedException>(() => admin.DeleteAsync($"/api/media/{film}"))).Code);
        await admin.DeleteAsync($"/api/media/{picture}");
    }

    [Theory]
    [InlineData(MediaKind.WebPage, "example.org")]
    [InlineData(MediaKind.WebPage, "javascript:alert(1)")]
    [InlineData(MediaKind.WebPage, "file:///etc/passwd")]
    [InlineData(MediaKind.WebPage, "https://me:secret@example.org/")]
    [InlineData(MediaKind.WebPage, "rtsp://camera.example.org/1")]
    [InlineData(MediaKind.WebPage, "https://example.org/Live.M3U8?x=1")]
    [InlineData(MediaKind.Stream, "https://me:secret@example.org/live.m3u8")]
    [InlineData(MediaKind.Stream, "rtp://239.0.0.1")]
    [InlineData(MediaKind.Stream, "rtsp://***@camera.example.org/1")]
    [InlineData(MediaKind.Stream, "rtsp://camera.example.org/1\noption x")]
    [InlineData(MediaKind.Stream, "ftp://example.org/x")]
    [InlineData(MediaKind.Stream, "")]
    [InlineData(MediaKind.Video, "https://example.org/")]
    public async Task Address_that_no_player_can_open_is_refused(MediaKind kind, string address)
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => admin.PostAsync<MediaSummary>(
            "/api/links", new LinkInput(hub.RootUnitId, "链接", kind, address, Disclosure.Public, null)));

        Assert.Equal("invalid_input", refused.Code);
        Assert.NotEmpty(refused.Sentence);
    }

    [Fact]
    public async Task Login_of_a_camera_reaches_displays_and_is_shown_to_nobody_and_sent_nowhere_else()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var camera = await admin.PostAsync<MediaSummary>("/api/links", Stream(hub, "rtsp://me:secret@camera.example.org/1", null));
        Assert.Equal("rtsp://***@camera.example.org/1", camera.Address);
        Assert.DoesNotContain("secret", (await admin.GetAsync<System.Text.Json.JsonElement>("/api/media")).ToString(), StringComparison.Ordinal);
        Assert.Equal("rtsp://me:secret@camera.example.org/1", Assert.Single((await PublishAsync(hub, admin, new PlaylistEntryInput(null, camera.Id, null, null, ItemFit.Contain))).Items).Address);

        await admin.PutAsync<MediaSummary>($"/api/links/{camera.Id}", Stream(hub, "rtsp://***@camera.example.org/2", null));
        Assert.Equal("rtsp://me:secret@camera.example.org/2", Assert.Single((await ReadAsync(hub)).Items).Address);

        foreach (var elsewhere in new[] { "rtsp://***@camera.example.net/2", "rtsp://***@camera.example.org:8554/2", "http://***@camera.example.org/2" })
        {
            Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => admin.PutAsync<MediaSummary>($"/api/links/{camera.Id}", Stream(hub, elsewhere, null)))).Code);
        }

        await admin.PutAsync<MediaSummary>($"/api/links/{camera.Id}", Stream(hub, "rtsp://camera.example.org/2", null));
        Assert.Equal("rtsp://camera.example.org/2", Assert.Single((await ReadAsync(hub)).Items).Address);
    }

    [Fact]
    public async Task Displays_without_a_relay_are_named_for_a_camera()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        await using var with = await hub.PairDisplayAsync(hub.DisplayInput("有"));
        await using var without = await hub.PairDisplayAsync(hub.DisplayInput("没有"));
        foreach (var (display, relays) in new[] { (with, true), (without, false) })
        {
            await display.ConnectAsync(TestContext.Current.CancellationToken);
            await display.HelloAsync(TestContext.Current.CancellationToken, renderer: RendererKind.Vlc);
            await display.ReportStatusAsync(new DisplayStatus("1", null, null, "splash", ClockState.Synced, 0, 1, 1, 1, 1, 0, []) { Relays = relays }, TestContext.Current.CancellationToken);
        }

        var camera = await admin.PostAsync<MediaSummary>("/api/links", Stream(hub, "rtsp://camera.example.org/1", null));
        var playlist = await admin.PostAsync<PlaylistDetail>("/api/playlists", new PlaylistInput(hub.RootUnitId, "列表", null, [new(null, camera.Id, null, null, ItemFit.Contain)]));
        await Eventually.TrueAsync(
            async () => (await admin.GetAsync<IReadOnlyList<UnshowableOn>>($"/api/schedule/unshowable?scope={Scopes.Org(hub.RootUnitId)}&playlistId={playlist.Id}")).Select(each => each.DisplayName).SequenceEqual(["没有"]),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Stand_in_must_be_a_ready_picture_or_video_of_the_unit_or_above()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var branch = await hub.CreateOrgUnitAsync("一支部", hub.RootUnitId);
        var other = await hub.CreateOrgUnitAsync("二支部", hub.RootUnitId);
        var theirs = await hub.AddReadyMediaAsync(other, "别人的图");
        var link = await admin.PostAsync<MediaSummary>("/api/links", Page(hub, "https://example.org/", null));

        foreach (var standIn in new[] { theirs, link.Id, Guid.NewGuid() })
        {
            Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => admin.PostAsync<MediaSummary>(
                "/api/links", new LinkInput(branch, "网页", MediaKind.WebPage, "https://example.org/", Disclosure.Public, standIn)))).Code);
        }
    }

    [Fact]
    public async Task Displays_whose_player_cannot_show_something_are_named_before_it_is_published()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        await using var browser = await hub.PairDisplayAsync(hub.DisplayInput("触摸屏"));
        await using var tv = await hub.PairDisplayAsync(hub.DisplayInput("大厅电视"));
        await browser.ConnectAsync(TestContext.Current.CancellationToken);
        await browser.HelloAsync(TestContext.Current.CancellationToken);
        await tv.ConnectAsync(TestContext.Current.CancellationToken);
        await tv.HelloAsync(TestContext.Current.CancellationToken, renderer: RendererKind.Vlc);
        var page = await admin.PostAsync<MediaSummary>("/api/links", Page(hub, "https://example.org/", null));
        var stream = await admin.PostAsync<MediaSummary>("/api/links", Stream(hub, "udp://239.0.0.1:1234", null));
        var playlist = await admin.PostAsync<PlaylistDetail>(
            "/api/playlists", new PlaylistInput(hub.RootUnitId, "列表", null, [new(null, page.Id, null, 5000, ItemFit.Contain), new(null, stream.Id, null, null, ItemFit.Contain)]));

        var named = await admin.GetAsync<IReadOnlyList<UnshowableOn>>($"/api/schedule/unshowable?scope={Scopes.Org(hub.RootUnitId)}&playlistId={playlist.Id}");

        Assert.Equal([("大厅电视", "看板"), ("触摸屏", "直播")], named.OrderBy(each => each.Titles[0] == "直播").Select(each => (each.DisplayName, Assert.Single(each.Titles))));
        Assert.Single(await admin.GetAsync<IReadOnlyList<UnshowableOn>>($"/api/schedule/unshowable?scope={Scopes.Display(tv.DisplayId)}&playlistId={playlist.Id}"));
        var group = await admin.PostAsync<DisplayGroupSummary>("/api/groups", new DisplayGroupInput("电视", hub.RootUnitId, [tv.DisplayId]));
        var both = await admin.GetAsync<IReadOnlyList<UnshowableOn>>(
            $"/api/schedule/unshowable?scope={Scopes.Group(group.Id)}&scope={Scopes.Display(browser.DisplayId)}&playlistId={playlist.Id}");
        Assert.Equal(new[] { tv.DisplayId, browser.DisplayId }.Order(), both.Select(each => each.DisplayId).Order());
    }

    [Fact]
    public async Task Displays_that_play_a_playlist_and_could_not_show_it_are_named_before_it_is_saved()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        await using var tv = await hub.PairDisplayAsync(hub.DisplayInput("大厅电视"));
        await tv.ConnectAsync(TestContext.Current.CancellationToken);
        await tv.HelloAsync(TestContext.Current.CancellationToken, renderer: RendererKind.Vlc);
        var picture = await hub.AddReadyMediaAsync(hub.RootUnitId, "图");
        var page = await admin.PostAsync<MediaSummary>("/api/links", Page(hub, "https://example.org/", null));
        var branch = await hub.CreateOrgUnitAsync("一支部");
        var theirs = await admin.PostAsync<MediaSummary>("/api/links", new LinkInput(branch, "支部网页", MediaKind.WebPage, "https://example.org/", Disclosure.Public, null));
        PlaylistInput Input(string name, params PlaylistEntryInput[] entries) => new(hub.RootUnitId, name, null, entries);
        var inner = await admin.PostAsync<PlaylistDetail>("/api/playlists", Input("里面", new PlaylistEntryInput(null, picture, null, 5000, ItemFit.Contain)));
        var outer = await admin.PostAsync<PlaylistDetail>("/api/playlists", Input("外面", new PlaylistEntryInput(null, null, inner.Id, null, ItemFit.Contain)));
        Task<IReadOnlyList<UnshowableOn>> AskAsync(params Guid[] media) =>
            admin.PostAsync<IReadOnlyList<UnshowableOn>>($"/api/playlists/{inner.Id}/unshowable", new PlaylistContent(media, []));

        Assert.Empty(await AskAsync(picture, page.Id));
        await admin.PutAsync<object>("/api/schedule/defaults", new DefaultContentInput(Scopes.Org(hub.RootUnitId), outer.Id));
        var named = Assert.Single(await AskAsync(picture, page.Id));
        Assert.Equal((tv.DisplayId, "看板"), (named.DisplayId, Assert.Single(named.Titles)));
        Assert.Empty(await AskAsync(picture));
        // What the playlist's unit may not use at all is refused when it is saved, and has no name here.
        Assert.Empty(await AskAsync(picture, theirs.Id));
        using var secretary = await hub.SignInAsAsync(OperatorRole.Secretary, hub.RootUnitId);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<RefusedException>(() => secretary.PostAsync<object>($"/api/playlists/{inner.Id}/unshowable", new PlaylistContent([], [])))).Status);
    }

    [Fact]
    public async Task What_stands_in_counts_as_an_item_when_the_playlist_is_saved_and_when_it_is_set()
    {
        await using var hub = await HubApplication.StartAsync();
        using var admin = await hub.SignInAsync();
        var picture = await hub.AddReadyMediaAsync(hub.RootUnitId, "备用图", disclosure: Disclosure.Public);
        var page = await admin.PostAsync<MediaSummary>("/api/links", Page(hub, "https://example.org/", null));
        Task<PlaylistDetail> SaveAsync(string name, int count, Guid? media, Guid? nested) => admin.PostAsync<PlaylistDetail>(
            "/api/playlists", new PlaylistInput(hub.RootUnitId, name, null, [.. Enumerable.Repeat(new PlaylistEntryInput(null, media, nested, media is null ? null : 5000, ItemFit.Contain), count)]));
        var inner = await SaveAsync("里面", 300, page.Id, null);
        await SaveAsync("外面", 4, null, inner.Id);

        // 1,200 items; with what stands in 2,400.
        var refused = await Assert.ThrowsAsync<RefusedException>(() => admin.PutAsync<MediaSummary>($"/api/links/{page.Id}", Page(hub, "https://example.org/", picture)));
        Assert.Equal("playlist_too_long", refused.Code);

        var other = await admin.PostAsync<MediaSummary>("/api/links", Page(hub, "https://example.org/", picture));
        var half = await SaveAsync("另一个", 300, other.Id, null);
        await SaveAsync("刚好", 3, null, half.Id);
        Assert.Equal("playlist_too_long", (await Assert.ThrowsAsync<RefusedException>(() => SaveAsync("太长", 4, null, half.Id))).Code);
    }

    private static LinkInput Page(HubApplication hub, string address, Guid? standIn) => new(hub.RootUnitId, "看板", MediaKind.WebPage, address, Disclosure.Public, standIn);

    private static LinkInput Stream(HubApplication hub, string address, Guid? standIn) => new(hub.RootUnitId, "直播", MediaKind.Stream, address, Disclosure.Public, standIn);

    private static async Task<PlaylistDocument> PublishAsync(HubApplication hub, OperatorSession admin, params PlaylistEntryInput[] entries)
    {
        var playlist = await admin.PostAsync<PlaylistDetail>("/api/playlists", new PlaylistInput(hub.RootUnitId, "列表", null, entries));
        await admin.PutAsync<object>("/api/schedule/defaults", new DefaultContentInput(Scopes.Org(hub.RootUnitId), playlist.Id));
        return await ReadAsync(hub);
    }

    private static async Task<PlaylistDocument> ReadAsync(HubApplication hub) =>
        await hub.ReadPlaylistDocumentAsync((await hub.ReadScheduleAsync(Scopes.Org(hub.RootUnitId), Disclosure.Public))!.Value.Document.Default!.Sha256);
}
