using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Player.Core.Media;
using Kiosk.Player.Core.Playback;
using Kiosk.Player.Core.Storage;
using Kiosk.Player.Core.Tests.Fakes;

namespace Kiosk.Player.Core.Tests.Playback;

public sealed class LibraryTests : IDisposable
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch.AddDays(1);
    private readonly TempFolder temp = new();
    private readonly DocumentStore store;
    private readonly BrokenMedia broken = new();
    private readonly PlaylistItem stream = Link(PlaylistItemKind.Stream, "https://a.example/live.m3u8");
    private readonly PlaylistItem page = Link(PlaylistItemKind.WebPage, "https://b.example/");

    public LibraryTests() => store = new DocumentStore(new PlayerFolder(temp.Path).Documents);

    public void Dispose()
    {
        store.Dispose();
        temp.Dispose();
    }

    [Fact]
    public void Stand_in_shows_only_while_what_it_stands_in_for_cannot()
    {
        var standIn = page with { Id = Guid.NewGuid(), InsteadOf = stream.Id };
        Assert.Equal([stream], Shown(RendererKind.Browser, stream, standIn));

        broken.Failed(stream.Address!, "stream_lost", At, At);
        Assert.Equal([standIn], Shown(RendererKind.Browser, stream, standIn));

        Assert.Equal([stream], Shown(RendererKind.Browser, At.AddSeconds(31), stream, standIn));
    }

    [Fact]
    public void Stand_in_shows_for_an_item_this_audience_or_this_renderer_does_not_get()
    {
        var multicast = Link(PlaylistItemKind.Stream, "udp://239.0.0.1:1234");
        var standIn = page with { Id = Guid.NewGuid(), InsteadOf = multicast.Id };
        Assert.Equal([standIn], Shown(RendererKind.Browser, multicast, standIn));
        Assert.Equal([multicast], Shown(RendererKind.Vlc, multicast, standIn));
        Assert.Equal([stream], Shown(RendererKind.Vlc, page, stream));
    }

    [Theory]
    [InlineData("rtsp://me:secret@camera.example/1")]
    [InlineData("rtp://239.0.0.1:5004")]
    public void Stream_no_renderer_opens_shows_where_the_player_hands_it_on(string address)
    {
        var camera = Link(PlaylistItemKind.Stream, address);
        foreach (var renderer in new[] { RendererKind.Vlc, RendererKind.Browser })
        {
            Assert.Empty(Shown(renderer, camera));
            Assert.Equal([camera], Shown(renderer, At, relays: true, camera));
        }
    }

    [Fact]
    public void Renderer_and_log_never_get_a_login()
    {
        var item = new ProgramItem(Link(PlaylistItemKind.Stream, "rtsp://me:secret@camera.example/1"), null).ToStage(Guid.NewGuid());
        Assert.Equal("rtsp://me:secret@camera.example/1", item.Source!.Address);
        Assert.Equal("rtsp://***@camera.example/1", item.Address);
        Assert.DoesNotContain("secret", System.Text.Json.JsonSerializer.Serialize(item, KioskJson.Options) + item, StringComparison.Ordinal);
    }

    private PlaylistItem[] Shown(RendererKind renderer, params PlaylistItem[] items) => Shown(renderer, At, items);

    private PlaylistItem[] Shown(RendererKind renderer, DateTimeOffset at, params PlaylistItem[] items) => Shown(renderer, at, relays: false, items);

    private PlaylistItem[] Shown(RendererKind renderer, DateTimeOffset at, bool relays, params PlaylistItem[] items)
    {
        var library = new Library(new MediaCache(new PlayerFolder(temp.Path), store), broken, store, renderer, relays);
        return [.. library.Choose(new PlaylistDocument(Guid.NewGuid(), "列表", items), Disclosure.Public, at).Select(shown => shown.Item)];
    }

    private static PlaylistItem Link(PlaylistItemKind kind, string address) => new(Guid.NewGuid(), kind, Guid.NewGuid(), "链接", Disclosure.Public, 5000, ItemFit.Contain, [], address);
}
