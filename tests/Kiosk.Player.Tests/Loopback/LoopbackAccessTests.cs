using System.Net;
using Microsoft.AspNetCore.Builder;
using System.Net.WebSockets;
using Kiosk.Player.Loopback;
using Kiosk.Player.Tests.Support;

namespace Kiosk.Player.Tests.Loopback;

/// <summary>Another program or page on the same machine gets nothing.</summary>
public sealed class LoopbackAccessTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/js/stage.js")]
    [InlineData("/media/0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/stage")]
    [InlineData("/enter")]
    [InlineData("/enter?key=guess")]
    public async Task Request_without_the_cookie_is_refused(string path)
    {
        await using var stage = await StageHarness.StartAsync();
        using var client = Client(out _);
        using var answer = await client.GetAsync(new Uri(stage.Origin + path), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Key_opens_once_and_gives_a_cookie_no_script_can_read()
    {
        await using var stage = await StageHarness.StartAsync();
        using var client = Client(out _);
        var entry = new Uri(stage.Entry());
        using var first = await client.GetAsync(entry, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        using var page = await client.GetAsync(new Uri(entry, "/"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);

        using var other = Client(out _);
        using var second = await other.GetAsync(entry, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
    }

    [Theory]
    [InlineData("kiosk.example.org", null)]
    [InlineData("localhost", null)]
    [InlineData(null, "https://evil.example.org")]
    [InlineData(null, "null")]
    public async Task Foreign_host_or_origin_is_refused_even_with_the_cookie(string? host, string? origin)
    {
        await using var stage = await StageHarness.StartAsync();
        using var client = Client(out _);
        using var entered = await client.GetAsync(new Uri(stage.Entry()), TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Origin));
        request.Headers.Host = host is null ? null : host + ":" + request.RequestUri!.Port;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("https://evil.example.org", false)]
    [InlineData("own", true)]
    public async Task Stage_connection_wants_the_cookie_and_its_own_origin(string? origin, bool admitted)
    {
        await using var stage = await StageHarness.StartAsync();
        using var client = Client(out var cookies);
        using var entered = await client.GetAsync(new Uri(stage.Entry()), TestContext.Current.CancellationToken);
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        var own = stage.Origin;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin == "own" ? own : origin);
        }

        var connecting = socket.ConnectAsync(new Uri(own.Replace("http://", "ws://", StringComparison.Ordinal) + "/stage"), TestContext.Current.CancellationToken);
        if (admitted)
        {
            await connecting;
            Assert.Equal(WebSocketState.Open, socket.State);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => connecting);
        }
    }

    [Fact]
    public async Task Media_is_served_in_ranges_from_the_players_cache_only()
    {
        await using var stage = await StageHarness.StartAsync();
        var sha256 = stage.Player.AddMedia(stage.Folder, "a.txt", "0123456789", "text/plain");
        using var client = Client(out _);
        using var entered = await client.GetAsync(new Uri(stage.Entry()), TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(stage.Origin + "/media/" + sha256));
        request.Headers.Range = new System.Net.Http.Headers.RangeHeaderValue(2, 5);
        using var part = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("2345", await part.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        foreach (var path in (string[])["/media/" + new string('0', 64), "/media/..%2f..%2fetc%2fpasswd", "/../appsettings.json"])
        {
            using var answer = await client.GetAsync(new Uri(stage.Origin + path), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("127.0.0.1:5000", null, false, true)]
    [InlineData("127.0.0.1:5001", null, false, false)]
    [InlineData("127.0.0.1:5000", "http://127.0.0.1:5000", true, true)]
    [InlineData("127.0.0.1:5000", "http://127.0.0.1:5001", true, false)]
    [InlineData("127.0.0.1:5000", "https://127.0.0.1:5000", true, false)]
    [InlineData("127.0.0.1.example.org:5000", null, false, false)]
    [InlineData("", null, false, false)]
    public void Own_address_is_exact(string host, string? origin, bool originRequired, bool own) =>
        Assert.Equal(own, LoopbackAccess.IsOwnAddress(host, origin, 5000, originRequired));

    [Fact]
    public async Task Name_of_this_process_is_its_own_and_the_browser_finds_no_other_port_under_it()
    {
        Assert.True(LoopbackAccess.IsOwnAddress(LoopbackDoor.Name + ":5000", "http://" + LoopbackDoor.Name + ":5000", 5000, originRequired: true));
        Assert.False(LoopbackAccess.IsOwnAddress(LoopbackDoor.Name + ":5000", "http://127.0.0.1:5000", 5000, originRequired: true));
        Assert.False(LoopbackAccess.IsOwnAddress("x" + LoopbackDoor.Name + ":5000", null, 5000, originRequired: false));

        // A page of another program on this machine, shown like any page of the web.
        var brought = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var site = await WebSite.StartAsync(map => map.MapGet("/{any}", (Microsoft.AspNetCore.Http.HttpContext context) =>
        {
            brought.Add($"{context.Request.Host.Host} {context.Request.Headers.Cookie}");
            return WebSite.Page("#3a7", $"new Image().src = `http://{LoopbackDoor.Name}:${{location.port}}/picture`; new Image().src = '/own'");
        }));
        await using var kiosk = await HeadlessKiosk.StartAsync();
        var page = FakePlayer.Item(Kiosk.Contracts.Feeds.PlaylistItemKind.WebPage, new UriBuilder(site["/page"]) { Host = "127.0.0.1" }.Uri, 60_000);
        kiosk.Player.Show(v => v with { Playback = new Kiosk.Player.Core.View.PlaybackView(page, null, "schedule", null) });
        await Until.TrueAsync(() => kiosk.Player.Events.Any(e => e.Kind is Kiosk.Player.Core.View.StageEventKind.Started && e.Id == page.PlayId), "the page is shown", 40);
        await Until.TrueAsync(() => brought.Count >= 3, "asked for, by the player, and by the browser twice");
        Assert.All(brought, each => Assert.Equal("127.0.0.1 ", each));
    }

    private static HttpClient Client(out CookieContainer cookies)
    {
        cookies = new CookieContainer();
        return new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies });
    }
}
