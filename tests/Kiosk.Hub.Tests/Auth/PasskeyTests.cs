using System.Net;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth.Passkeys;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using OperatorSession = Kiosk.Testing.OperatorSession;

namespace Kiosk.Hub.Tests.Auth;

public partial class PasskeyTests
{
    private const string Address = "--Hub:PublicAddress=https://hub.test";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));

    [Fact]
    public async Task Passkey_signs_in_alone_is_named_in_the_list_and_counts_as_strong()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey();
        var added = await AddAsync(admin, key, "  办公室电脑 ");
        Assert.Equal(("办公室电脑", null, (DateTimeOffset?)null), (added.Name, added.LastUsedAt, added.SuspectSince));

        _time.Advance(TimeSpan.FromMinutes(3));
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        await SignInAsync(browser, key);
        Assert.Equal("admin", browser.Info.UserName);
        var mine = Assert.Single((await browser.GetAsync<AccountInfo>("/api/account")).Passkeys);
        Assert.Equal((added.Id, _time.GetUtcNow()), (mine.Id, mine.LastUsedAt));
        Assert.Equal(SignInMethod.Passkey, (await SessionsAsync(browser))[0].Method);
        Assert.Equal(1, (await admin.GetAsync<Page<OperatorSummary>>("/api/operators")).Items.Single().Passkeys);
    }

    [Fact]
    public async Task Passkey_works_where_two_step_sign_in_is_on_and_while_the_password_is_locked()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey();
        await AddAsync(admin, key);
        for (var wrong = 0; wrong < 10; wrong++)
        {
            await Assert.ThrowsAsync<RefusedException>(() => hub.SignInAsync(password: "not the password"));
        }

        Assert.Equal("locked_out", (await Assert.ThrowsAsync<RefusedException>(() => hub.SignInAsync())).Code);
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        await SignInAsync(browser, key);
        Assert.True(browser.Info.SignedIn);
    }

    [Fact]
    public async Task Answer_that_was_recorded_does_not_sign_in_again()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey();
        await AddAsync(admin, key);
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        var answer = key.Sign(await QuestionAsync(browser));
        await browser.PostAsync<SessionInfo>("/api/session/passkey", new PasskeySignIn(answer));
        using var thief = await OperatorSession.OpenAsync(hub.Address);
        Assert.Equal((HttpStatusCode.Unauthorized, "passkey_expired"), await RefusedAsync(thief, answer));
    }

    [Fact]
    public async Task Same_answer_sent_twice_at_once_signs_in_once()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey();
        await AddAsync(admin, key);
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        var answer = new PasskeySignIn(key.Sign(await QuestionAsync(browser)));
        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var one = await OperatorSession.OpenAsync(hub.Address);
            try
            {
                await one.PostAsync<SessionInfo>("/api/session/passkey", answer);
                return "in";
            }
            catch (RefusedException refused)
            {
                return refused.Code;
            }
        }));
        Assert.Equal(1, tries.Count(outcome => outcome == "in"));
        Assert.All(tries.Where(outcome => outcome != "in"), code => Assert.Equal("passkey_expired", code));
    }

    [Fact]
    public async Task Altered_foreign_unverified_or_late_answers_are_refused()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey();
        await AddAsync(admin, key);
        using var browser = await OperatorSession.OpenAsync(hub.Address);

        Assert.Equal("passkey_refused", (await RefusedAsync(browser, key.Sign(await QuestionAsync(browser), spoil: true))).Code);
        foreach (var origin in (string[])["https://hub.test.evil.example", "https://evil.example", "http://hub.test", "https://hub.test:8443", "null"])
        {
            Assert.Equal("passkey_refused", (await RefusedAsync(browser, key.Sign(await QuestionAsync(browser), from: origin))).Code);
        }

        Assert.Equal("passkey_refused", (await RefusedAsync(browser, key.Sign(await QuestionAsync(browser), withoutHandle: true))).Code);
        key.Verified = false;
        Assert.Equal("passkey_refused", (await RefusedAsync(browser, key.Sign(await QuestionAsync(browser)))).Code);
        key.Verified = true;

        // Bound to another site; unknown here; another question's answer.
        using var elsewhere = key.Copy();
        using var stranger = new SoftPasskey();
        stranger.Create(await admin.PostAsync<PasskeyQuestion>("/api/account/passkeys/question"));
        Assert.Equal("passkey_refused", (await RefusedAsync(browser, stranger.Sign(await QuestionAsync(browser)))).Code);
        var (first, second) = (await QuestionAsync(browser), await QuestionAsync(browser));
        Assert.Equal("passkey_refused", (await RefusedAsync(browser, key.Sign(first) with { State = second.State })).Code);

        var late = key.Sign(await QuestionAsync(browser));
        _time.Advance(PasskeyCeremonies.Lifetime);
        Assert.Equal("passkey_expired", (await RefusedAsync(browser, late)).Code);
        using var alive = await OperatorSession.OpenAsync(hub.Address);
        await SignInAsync(alive, key);
    }

    [Fact]
    public async Task Answer_given_to_prove_presence_is_no_sign_in_and_the_other_way_round()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey();
        await AddAsync(admin, key);
        var proof = key.Sign(await admin.PostAsync<PasskeyQuestion>("/api/account/proof/question"));
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        Assert.Equal("passkey_expired", (await RefusedAsync(browser, proof)).Code);
        var signIn = key.Sign(await QuestionAsync(browser));
        Assert.Equal((HttpStatusCode.BadRequest, "passkey_expired"), await CodeAsync(() => admin.PostAsync<object>("/api/account/proof/passkey", signIn)));
    }

    [Fact]
    public async Task Copied_passkey_betrays_itself_by_its_counter_and_its_owner_is_told()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey { Counter = 5 };
        await AddAsync(admin, key);
        using var copy = key.Copy();
        using var owner = await OperatorSession.OpenAsync(hub.Address);
        await SignInAsync(owner, key);
        await SignInAsync(owner, key);
        using var thief = await OperatorSession.OpenAsync(hub.Address);
        Assert.Equal("passkey_copied", (await RefusedAsync(thief, copy.Sign(await QuestionAsync(thief)))).Code);
        Assert.NotNull((await admin.GetAsync<AccountInfo>("/api/account")).Passkeys.Single().SuspectSince);
    }

    [Theory]
    [InlineData(0u, 0u, true)]
    [InlineData(0u, 1u, true)]
    [InlineData(5u, 6u, true)]
    [InlineData(5u, 5u, false)]
    [InlineData(5u, 4u, false)]
    [InlineData(5u, 0u, false)]
    public void Counter_must_go_on_unless_there_is_none(uint stored, uint presented, bool fits) => Assert.Equal(fits, OperatorPasskey.CounterFits(stored, presented));

    [Fact]
    public async Task Name_typed_before_must_be_the_passkeys_own()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var host = await hub.SignInAsAsync(OperatorRole.Host, hub.RootUnitId);
        using var key = new SoftPasskey();
        await AddAsync(host, key);
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        Assert.Equal("passkey_of_another", (await RefusedAsync(browser, key.Sign(await QuestionAsync(browser)), "admin")).Code);
        await browser.PostAsync<SessionInfo>("/api/session/passkey", new PasskeySignIn(key.Sign(await QuestionAsync(browser)), host.Info.UserName));
        // And nobody proves to be somebody else with it.
        using var second = await hub.SignInAsync();
        Assert.Equal("passkey_of_another", (await CodeAsync(async () =>
            await second.PostAsync<object>("/api/account/proof/passkey", key.Sign(await second.PostAsync<PasskeyQuestion>("/api/account/proof/question"))))).Code);
    }

    [Theory]
    [InlineData("http://hub.test", null, "passkey_https_only")]
    [InlineData("http://192.168.1.20:8080", null, "passkey_https_only")]
    [InlineData("https://192.168.1.20", null, "passkey_needs_name")]
    [InlineData("https://[2001:db8::1]", null, "passkey_needs_name")]
    [InlineData("https://hub.test", "https://192.168.1.20", "passkey_other_address")]
    [InlineData("https://hub.test", "http://hub.test", "passkey_other_address")]
    [InlineData("https://hub.test", "https://hub.test", null)]
    [InlineData("https://hub.test:443/", "https://hub.test", null)]
    [InlineData("https://Hub.Test:8443", "https://hub.test:8443", null)]
    [InlineData("http://localhost:8080", "http://localhost:8080", null)]
    [InlineData("http://localhost.evil.example", null, "passkey_https_only")]
    public void Address_decides_whether_passkeys_can_be_used(string hub, string? page, string? code) => Assert.Equal(code, PasskeyAddress.Of(hub, page).Error?.Code);

    [Fact]
    public async Task Hub_without_an_https_address_says_so_instead_of_asking_for_a_passkey()
    {
        await using var hub = await HubApplication.StartAsync(_time, null, "--Hub:PublicAddress=http://hub.test");
        using var admin = await hub.SignInAsync();
        Assert.False(admin.Info.Ways!.Passkeys);
        Assert.Contains("https", (await admin.GetAsync<AccountInfo>("/api/account")).PasskeyRefusal, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, "passkey_https_only"), await CodeAsync(() => admin.PostAsync<PasskeyQuestion>("/api/account/passkeys/question")));
        Assert.Equal("passkey_https_only", (await CodeAsync(() => QuestionAsync(admin))).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    public async Task Rubbish_is_refused_and_nothing_breaks(string state)
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey();
        await AddAsync(admin, key);
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        var question = await QuestionAsync(browser);
        foreach (var rubbish in (object[])[
            new { answer = new { state, credential = new { } } },
            new { answer = new { state = question.State, credential = new { } } },
            new { answer = new { state = question.State, credential = new { id = "x", rawId = "x", type = "public-key", response = new { clientDataJSON = "e30", authenticatorData = "AA", signature = "AA", userHandle = "AA" } } } },
            new { answer = new { state = question.State, credential = "text" } },
            new { answer = new { state = question.State, credential = new { id = new string('A', 40_000) } } },
            new { answer = (object?)null }, new { }])
        {
            var refused = await Assert.ThrowsAsync<RefusedException>(() => browser.PostAsync<SessionInfo>("/api/session/passkey", rubbish));
            Assert.InRange((int)refused.Status, 400, 401);
        }

        Assert.Empty(hub.Log.Entries);
    }

    [Fact]
    public async Task Row_in_the_database_opens_nothing_by_itself()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey();
        await AddAsync(admin, key);
        var row = await hub.QueryAsync(db => db.UserPasskeys.SingleAsync());
        Assert.True(row.Data.IsUserVerified);
        Assert.InRange(row.Data.PublicKey.Length, 70, 90);
    }

    private Task<HubApplication> StartAsync() => HubApplication.StartAsync(_time, null, Address);

    internal static async Task<PasskeySummary> AddAsync(OperatorSession session, SoftPasskey key, string name = "手机") =>
        await session.PostAsync<PasskeySummary>("/api/account/passkeys", new NewPasskey(name, key.Create(await session.PostAsync<PasskeyQuestion>("/api/account/passkeys/question"))));

    internal static async Task SignInAsync(OperatorSession browser, SoftPasskey key) => browser.Use(
        await browser.PostAsync<SessionInfo>("/api/session/passkey", new PasskeySignIn(key.Sign(await QuestionAsync(browser)))));

    private static Task<PasskeyQuestion> QuestionAsync(OperatorSession browser) => browser.PostAsync<PasskeyQuestion>("/api/session/passkey/question");

    private static Task<IReadOnlyList<OperatorSessionSummary>> SessionsAsync(OperatorSession session) => session.GetAsync<IReadOnlyList<OperatorSessionSummary>>("/api/account/sessions");

    private static Task<(HttpStatusCode Status, string Code)> RefusedAsync(OperatorSession browser, PasskeyAnswer answer, string? userName = null) =>
        CodeAsync(() => browser.PostAsync<SessionInfo>("/api/session/passkey", new PasskeySignIn(answer, userName)));

    private static async Task<(HttpStatusCode Status, string Code)> CodeAsync(Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(act);
        return (refused.Status, refused.Code);
    }
}
