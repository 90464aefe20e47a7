using Kiosk.Contracts.Operator;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Auth;
using Kiosk.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Kiosk.Hub.Tests.Auth;

public class StrongSignInTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()));

    [Fact]
    public async Task Administrator_is_told_first_then_reaches_only_the_own_account_until_a_passkey_is_there()
    {
        await using var hub = await HubApplication.StartAsync(_time, null, "--Hub:PublicAddress=https://hub.test", "--Hub:SignIn:RequireStrongSignIn:0=Admin", "--Hub:SignIn:GraceDays=14");
        using (var first = await hub.SignInAsync())
        {
            Assert.Equal(_time.GetUtcNow() + TimeSpan.FromDays(14), first.Info.StrongDue);
            await first.GetAsync<Page<OperatorSummary>>("/api/operators");
        }

        using var host = await hub.SignInAsAsync(OperatorRole.Host, hub.RootUnitId);
        Assert.Null(host.Info.StrongDue);
        _time.Skip(TimeSpan.FromDays(14));
        using var late = await hub.SignInAsync();
        Assert.Equal("strong_sign_in_required", (await Assert.ThrowsAsync<RefusedException>(() => late.GetAsync<Page<OperatorSummary>>("/api/operators"))).Code);
        Assert.Equal("strong_sign_in_required", (await Assert.ThrowsAsync<RefusedException>(() => late.GetAsync<TodayView>("/api/today"))).Code);
        Assert.NotEmpty((await late.GetAsync<AccountInfo>("/api/account")).UserName);

        using var key = new SoftPasskey();
        await PasskeyTests.AddAsync(late, key);
        await late.GetAsync<Page<OperatorSummary>>("/api/operators");

        // The password alone stays too little; the passkey does.
        using var again = await hub.SignInAsync();
        Assert.Equal("strong_sign_in_required", (await Assert.ThrowsAsync<RefusedException>(() => again.GetAsync<TodayView>("/api/today"))).Code);
        using var browser = await Kiosk.Testing.OperatorSession.OpenAsync(hub.Address);
        await PasskeyTests.SignInAsync(browser, key);
        Assert.Null(browser.Info.StrongDue);
        await browser.GetAsync<TodayView>("/api/today");
    }

    [Fact]
    public async Task Session_is_one_of_a_password_alone_again_when_the_last_passkey_or_code_is_taken_away()
    {
        await using var hub = await HubApplication.StartAsync(_time, null, "--Hub:PublicAddress=https://hub.test", "--Hub:SignIn:RequireStrongSignIn:0=Admin", "--Hub:SignIn:GraceDays=0");
        using var admin = await hub.SignInAsync();
        Assert.Equal("strong_sign_in_required", await TodayAsync(admin));
        using SoftPasskey phone = new(), stick = new();
        var first = await PasskeyTests.AddAsync(admin, phone);
        var second = await PasskeyTests.AddAsync(admin, stick, "钥匙");
        var secret = await TurnOnAsync(admin);
        Assert.Null(await TodayAsync(admin));

        await admin.DeleteAsync($"/api/account/passkeys/{first.Id}");
        await admin.DeleteAsync($"/api/account/passkeys/{second.Id}");
        Assert.Null(await TodayAsync(admin));
        using var elsewhere = await hub.SignInAsync(code: NextCode(secret));
        await admin.PostAsync<object>("/api/account/two-step/off", new TwoStepProof(HubApplication.AdminPassword, NextCode(secret)));
        Assert.Equal("strong_sign_in_required", await TodayAsync(admin));
        Assert.Equal("strong_sign_in_required", await TodayAsync(elsewhere));

        var last = await PasskeyTests.AddAsync(admin, phone);
        Assert.Null(await TodayAsync(admin));
        await admin.DeleteAsync($"/api/account/passkeys/{last.Id}");
        Assert.Equal("strong_sign_in_required", await TodayAsync(admin));
    }

    [Fact]
    public async Task Unknown_name_locks_like_a_known_one_and_an_administrator_lifts_a_lockout()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var admin = await hub.SignInAsync();
        using var host = await hub.SignInAsAsync(OperatorRole.Host, hub.RootUnitId);
        string[] known = await TryAsync(hub, host.Info.UserName!), unknown = await TryAsync(hub, "nobody-here");
        Assert.Equal(known, unknown);
        Assert.Equal(["sign_in_failed", "locked_out"], known.Distinct());
        var locked = (await admin.GetAsync<Page<OperatorSummary>>("/api/operators")).Items.Single(each => each.Id == host.Info.OperatorId);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(15), locked.LockedUntil);

        await admin.DeleteAsync($"/api/operators/{host.Info.OperatorId}/lockout");
        using var again = await hub.SignInAsync(host.Info.UserName!);
        Assert.True(again.Info.SignedIn);
        _time.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("sign_in_failed", (await TryAsync(hub, "nobody-here", 1))[0]);
    }

    private static async Task<string?> TodayAsync(Kiosk.Testing.OperatorSession session)
    {
        try
        {
            await session.GetAsync<TodayView>("/api/today");
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Code;
        }
    }

    private async Task<byte[]> TurnOnAsync(Kiosk.Testing.OperatorSession session)
    {
        var offer = await session.PostAsync<TwoStepOffer>("/api/account/two-step", new TwoStepStart(HubApplication.AdminPassword));
        Assert.True(Base32.TryDecode(offer.Secret.Replace(" ", "", StringComparison.Ordinal), out var secret));
        await session.PostAsync<RecoveryCodes>("/api/account/two-step/confirm", new TwoStepConfirm(NextCode(secret)));
        return secret;
    }

    private string NextCode(byte[] secret)
    {
        _time.Advance(Totp.Period);
        return Totp.Code(secret, Totp.StepAt(_time.GetUtcNow()));
    }

    private static async Task<string[]> TryAsync(HubApplication hub, string name, int tries = 11)
    {
        var answers = new List<string>();
        for (var at = 0; at < tries; at++)
        {
            answers.Add((await Assert.ThrowsAsync<RefusedException>(() => hub.SignInAsync(name, "not the password"))).Code);
        }

        return [.. answers];
    }
}
