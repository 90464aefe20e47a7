using System.Net;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Shared;
using Kiosk.Hub.Tests.FairPlay;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Shared;

/// <summary>Behind a reverse proxy the hub sees who really calls, and from nobody else takes a word about it.</summary>
public class TrustedProxyTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task Limits_are_for_each_caller_behind_a_trusted_proxy(string proxy)
    {
        await using var hub = await HubApplication.StartAsync(null, null, "--Phone:RequestsPerMinute=1000000", $"--Hub:TrustedProxies:0={proxy}");
        await ExhaustAsync(hub, _ => "198.51.100.7");
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(hub, "198.51.100.7"));
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(hub, "198.51.100.8"));
        // What the caller wrote before the proxy added the true address says nothing.
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(hub, "203.0.113.5, 198.51.100.7"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.5")]
    public async Task Header_of_anybody_else_is_ignored(string? proxy)
    {
        string[] settings = proxy is null ? [] : [$"--Hub:TrustedProxies:0={proxy}"];
        await using var hub = await HubApplication.StartAsync(null, null, settings);
        await ExhaustAsync(hub, at => $"198.51.100.{at}");
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(hub, "198.51.100.200"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cookies_are_for_https_alone_when_a_trusted_proxy_says_https(bool trusted)
    {
        string[] settings = trusted ? ["--Hub:TrustedProxies:0=127.0.0.1"] : [];
        await using var hub = await HubApplication.StartAsync(null, null, settings);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = hub.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var answer = await http.GetAsync(new Uri("/my?lang=en", UriKind.Relative), TestContext.Current.CancellationToken);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), value => value.StartsWith("kiosk-lang=", StringComparison.Ordinal));
        Assert.Equal(trusted, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Far_network_is_seen_through_a_trusted_proxy_and_cannot_be_feigned_otherwise()
    {
        Assert.Contains("far_network", await FlagsAsync("--Hub:TrustedProxies:0=127.0.0.1"));
        Assert.DoesNotContain("far_network", await FlagsAsync());
    }

    [Theory]
    [InlineData("proxy.example.org")]
    [InlineData("10.0.0.0/99")]
    [InlineData("")]
    public void Setting_that_is_no_address_is_refused_at_start_by_name(string entry) =>
        Assert.Equal(entry, Assert.Throws<TrustedProxyException>(() => TrustedProxies.Read([entry])).Message);

    /// <summary>Flags of an evening at which all but one came through the branch's network, and one from far away.</summary>
    private static async Task<IReadOnlyList<string>> FlagsAsync(params string[] settings)
    {
        await using var fair = await FairEvening.StartAsync(10, settings);
        for (var at = 0; at < 10; at++)
        {
            using var phone = await fair.Hub.SignedInPhoneAsync(fair.Evening.Members[at].Id);
            phone.Say("X-Forwarded-For", at == 9 ? "203.0.113.77" : "127.0.0.1");
            Assert.Equal("accepted", (await fair.CheckInAsync(phone)).Code);
        }

        return await fair.ToLookAtAsync();
    }

    private static async Task ExhaustAsync(HubApplication hub, Func<int, string> from)
    {
        for (var at = 0; at < 30; at++)
        {
            await TryAsync(hub, from(at + 1));
        }
    }

    private static async Task<HttpStatusCode> TryAsync(HubApplication hub, string from)
    {
        using var session = await OperatorSession.OpenAsync(hub.Address);
        session.Http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        return (await Assert.ThrowsAsync<RefusedException>(() => session.PostAsync<SessionInfo>("/api/session", new SignInRequest($"nobody-{Guid.NewGuid():N}"[..20], "wrong password")))).Status;
    }
}
