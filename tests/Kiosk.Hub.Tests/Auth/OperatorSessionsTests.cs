using System.Net;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Live;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using OperatorSession = Kiosk.Testing.OperatorSession;

namespace Kiosk.Hub.Tests.Auth;

public class OperatorSessionsTests
{
    private const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    // Begins now: SignalR compares the cookie's expiry with the machine's clock.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));

    [Fact]
    public async Task Each_sign_in_is_seen_with_its_browser_and_when_it_was_used()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var first = await hub.SignInAsync(userAgent: Chrome);
        _time.Advance(TimeSpan.FromMinutes(1));
        using var second = await hub.SignInAsync();
        using var other = await hub.SignInAsAsync(OperatorRole.Host, hub.RootUnitId);
        _time.Advance(TimeSpan.FromMinutes(10));

        var sessions = await first.GetAsync<IReadOnlyList<OperatorSessionSummary>>("/api/account/sessions");
        Assert.Equal([true, false], sessions.Select(session => session.Current));
        Assert.Equal(("Chrome", "Windows", _time.GetUtcNow()), (sessions[0].Browser, sessions[0].System, sessions[0].LastSeenAt));
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromMinutes(10), sessions[1].LastSeenAt);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(sessions[0].LastSeenAt, (await first.GetAsync<IReadOnlyList<OperatorSessionSummary>>("/api/account/sessions"))[0].LastSeenAt);
    }

    [Fact]
    public async Task Ended_session_is_refused_at_the_next_request_and_its_open_page_is_cut_off()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var first = await hub.SignInAsync();
        using var second = await hub.SignInAsync();
        await using var page = await OpenPageAsync(hub, second);
        await using var mine = await OpenPageAsync(hub, first);

        var ended = (await first.GetAsync<IReadOnlyList<OperatorSessionSummary>>("/api/account/sessions")).Single(session => !session.Current);
        await first.DeleteAsync($"/api/account/sessions/{ended.Id}");

        await AssertOutAsync(second);
        Assert.Null(await ReadUntilEndAsync(page));
        await AssertInAsync(first);
        Assert.Single(await first.GetAsync<IReadOnlyList<OperatorSessionSummary>>("/api/account/sessions"));
    }

    [Fact]
    public async Task Session_of_another_operator_cannot_be_ended()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var host = await hub.SignInAsAsync(OperatorRole.Host, hub.RootUnitId);
        using var admin = await hub.SignInAsync();
        var theirs = (await host.GetAsync<IReadOnlyList<OperatorSessionSummary>>("/api/account/sessions")).Single();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => admin.DeleteAsync($"/api/account/sessions/{theirs.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        await AssertInAsync(host);
    }

    [Fact]
    public async Task All_others_end_at_once()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var first = await hub.SignInAsync();
        using var second = await hub.SignInAsync();
        using var third = await hub.SignInAsync();
        using var host = await hub.SignInAsAsync(OperatorRole.Host, hub.RootUnitId);
        await first.DeleteAsync("/api/account/sessions");
        await AssertOutAsync(second);
        await AssertOutAsync(third);
        await AssertInAsync(first);
        await AssertInAsync(host);
    }

    [Fact]
    public async Task New_password_needs_the_old_one_and_ends_the_other_sessions()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var first = await hub.SignInAsync();
        using var second = await hub.SignInAsync();
        Assert.Equal("password_wrong", (await Assert.ThrowsAsync<RefusedException>(() => ChangeAsync(first, "not this one", "a long new password"))).Code);
        Assert.Equal("invalid_input", (await Assert.ThrowsAsync<RefusedException>(() => ChangeAsync(first, HubApplication.AdminPassword, "short"))).Code);
        await AssertInAsync(second);

        await ChangeAsync(first, HubApplication.AdminPassword, "a long new password");
        await AssertInAsync(first);
        await AssertOutAsync(second);
        Assert.Equal("sign_in_failed", (await Assert.ThrowsAsync<RefusedException>(() => hub.SignInAsync())).Code);
        using var again = await hub.SignInAsync(password: "a long new password");
        Assert.True(again.Info.SignedIn);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_so_that_a_kept_cookie_is_worth_nothing()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var session = await hub.SignInAsync();
        var cookie = session.CookieHeader;
        await session.DeleteAsync("/api/session");
        using var thief = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = hub.Address };
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        using var answer = await thief.GetAsync(new Uri("/api/account", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Page_of_a_session_that_ended_elsewhere_is_cut_off_within_the_next_round()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var session = await hub.SignInAsync();
        await using var page = await OpenPageAsync(hub, session);
        await hub.TamperAsync($"""DELETE FROM "OperatorSessions" """);
        var ended = ReadUntilEndAsync(page);
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(EndedSessions.Interval);
                return ended.IsCompleted;
            },
            TestContext.Current.CancellationToken);
        Assert.Null(await ended);
    }

    [Fact]
    public async Task Sessions_that_ran_out_leave_the_database()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var session = await hub.SignInAsync();
        await hub.CleanAsync(_time.GetUtcNow() + OperatorSessions.Lifetime);
        Assert.Equal(1, await hub.QueryAsync(db => db.Set<Hub.Auth.OperatorSession>().CountAsync()));
        await hub.CleanAsync(_time.GetUtcNow() + OperatorSessions.Lifetime + OperatorSessions.SeenInterval);
        Assert.Equal(0, await hub.QueryAsync(db => db.Set<Hub.Auth.OperatorSession>().CountAsync()));
    }

    private static Task<object> ChangeAsync(OperatorSession session, string password, string next) => session.PostAsync<object>("/api/account/password", new PasswordChange(password, next));

    private static async Task AssertInAsync(OperatorSession session) => Assert.NotNull(await session.GetAsync<AccountInfo>("/api/account"));

    private static async Task AssertOutAsync(OperatorSession session) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<RefusedException>(() => session.GetAsync<AccountInfo>("/api/account"))).Status);

    private static Task<RawHubConnection> OpenPageAsync(HubApplication hub, OperatorSession session) =>
        RawHubConnection.OpenAsync(hub.Address, IOperatorClient.Route, "Cookie", session.CookieHeader, TestContext.Current.CancellationToken);

    private static async Task<object?> ReadUntilEndAsync(RawHubConnection page)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (await page.ReadAsync(limit.Token) is not null)
        {
        }

        return null;
    }
}
