using System.Net;
using System.Text;
using Kiosk.Contracts.Operator;
using Kiosk.Contracts.Text;
using Kiosk.Hub.Auth;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using OperatorSession = Kiosk.Testing.OperatorSession;

namespace Kiosk.Hub.Tests.Auth;

public class TwoStepTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-22T18:00:00Z", null));

    [Fact]
    public async Task Once_on_the_password_alone_is_asked_for_a_code_and_a_code_signs_in()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var admin = await hub.SignInAsync();
        var (secret, codes) = await TurnOnAsync(admin);
        Assert.Equal(10, codes.Distinct().Count());
        var info = await admin.GetAsync<AccountInfo>("/api/account");
        Assert.Equal((_time.GetUtcNow(), 10), (info.TwoStepSince, info.RecoveryCodesLeft));

        Assert.Equal((HttpStatusCode.Unauthorized, "code_required"), await RefusedAsync(() => hub.SignInAsync()));
        Assert.Equal((HttpStatusCode.Unauthorized, "code_wrong"), await RefusedAsync(() => hub.SignInAsync(code: "000000")));
        Assert.Equal((HttpStatusCode.Unauthorized, "sign_in_failed"), await RefusedAsync(() => hub.SignInAsync(password: "not this one", code: NextCode(secret))));
        using var again = await hub.SignInAsync(code: NextCode(secret));
        Assert.True(again.Info.SignedIn);
        Assert.Contains(await again.GetAsync<Page<OperatorSummary>>("/api/operators") is { } page ? page.Items : [], each => each.UserName == "admin" && each.TwoStep);
    }

    [Fact]
    public async Task Offer_that_was_not_confirmed_changes_nothing_and_runs_out()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var admin = await hub.SignInAsync();
        var offer = await OfferAsync(admin);
        Assert.Contains("<svg", offer.QrSvg, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "code_wrong"), await RefusedAsync(() => ConfirmAsync(admin, "000000")));
        using (await hub.SignInAsync())
        {
        }

        _time.Advance(TwoStep.OfferLifetime);
        Assert.Equal((HttpStatusCode.Conflict, "two_step_not_started"), await RefusedAsync(() => ConfirmAsync(admin, NextCode(SecretOf(offer)))));
        Assert.Equal((HttpStatusCode.BadRequest, "password_wrong"), await RefusedAsync(() => admin.PostAsync<TwoStepOffer>("/api/account/two-step", new TwoStepStart("not this one"))));
    }

    [Fact]
    public async Task Code_works_once_even_when_two_use_it_at_the_same_moment()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var admin = await hub.SignInAsync();
        var (secret, _) = await TurnOnAsync(admin);
        var code = NextCode(secret);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                using var session = await hub.SignInAsync(code: code);
                return "signed_in";
            }
            catch (RefusedException refused)
            {
                return refused.Code;
            }
        }));
        Assert.Equal(["code_wrong", "code_wrong", "code_wrong", "signed_in"], answers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account_although_the_password_alone_is_shown_in_between()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var admin = await hub.SignInAsync();
        var (secret, _) = await TurnOnAsync(admin);
        for (var attempt = 1; attempt < OperatorAccounts.MaxFailedSignIns; attempt++)
        {
            Assert.Equal("code_wrong", (await RefusedAsync(() => hub.SignInAsync(code: "000000"))).Code);
            Assert.Equal("code_required", (await RefusedAsync(() => hub.SignInAsync())).Code);
        }

        Assert.Equal((HttpStatusCode.Forbidden, "locked_out"), await RefusedAsync(() => hub.SignInAsync(code: "000000")));
        Assert.Equal("locked_out", (await RefusedAsync(() => hub.SignInAsync(code: NextCode(secret)))).Code);
        _time.Advance(OperatorAccounts.LockoutTime + TimeSpan.FromSeconds(1));
        using var later = await hub.SignInAsync(code: NextCode(secret));
        Assert.True(later.Info.SignedIn);
    }

    [Fact]
    public async Task Recovery_code_signs_in_once_however_it_is_typed_and_new_ones_end_the_old()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var admin = await hub.SignInAsync();
        var (_, codes) = await TurnOnAsync(admin);
        using (await hub.SignInAsync(code: codes[3].ToLowerInvariant().Replace('-', ' ')))
        {
        }

        Assert.Equal("code_wrong", (await RefusedAsync(() => hub.SignInAsync(code: codes[3]))).Code);
        Assert.Equal(9, (await admin.GetAsync<AccountInfo>("/api/account")).RecoveryCodesLeft);
        var renewed = await admin.PostAsync<RecoveryCodes>("/api/account/two-step/recovery-codes", new TwoStepProof(HubApplication.AdminPassword, codes[4]));
        Assert.Equal(10, renewed.Codes.Count);
        Assert.Equal("code_wrong", (await RefusedAsync(() => hub.SignInAsync(code: codes[5]))).Code);
        using var signedIn = await hub.SignInAsync(code: renewed.Codes[0]);
        Assert.True(signedIn.Info.SignedIn);
    }

    [Fact]
    public async Task Turning_off_needs_password_and_code()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var admin = await hub.SignInAsync();
        Assert.Equal((HttpStatusCode.Conflict, "two_step_off"), await RefusedAsync(() => OffAsync(admin, HubApplication.AdminPassword, "123456")));
        var (secret, _) = await TurnOnAsync(admin);
        Assert.Equal((HttpStatusCode.Conflict, "two_step_on"), await RefusedAsync(() => OfferAsync(admin)));
        Assert.Equal((HttpStatusCode.BadRequest, "password_wrong"), await RefusedAsync(() => OffAsync(admin, "not this one", NextCode(secret))));
        Assert.Equal((HttpStatusCode.BadRequest, "code_wrong"), await RefusedAsync(() => OffAsync(admin, HubApplication.AdminPassword, "")));
        Assert.Equal((HttpStatusCode.BadRequest, "code_wrong"), await RefusedAsync(() => OffAsync(admin, HubApplication.AdminPassword, "000000")));
        await OffAsync(admin, HubApplication.AdminPassword, NextCode(secret));
        using var plain = await hub.SignInAsync();
        Assert.Null((await plain.GetAsync<AccountInfo>("/api/account")).TwoStepSince);
        Assert.Equal(0, await hub.QueryAsync(db => db.Set<RecoveryCode>().CountAsync()));
    }

    [Fact]
    public async Task Admin_resets_it_for_an_operator_of_the_own_units_only_and_their_sessions_end()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        var (mine, other) = (await hub.CreateOrgUnitAsync("一支部"), await hub.CreateOrgUnitAsync("二支部"));
        using var branchAdmin = await hub.SignInAsAsync(OperatorRole.Admin, mine);
        using var host = await hub.SignInAsAsync(OperatorRole.Host, mine);
        using var stranger = await hub.SignInAsAsync(OperatorRole.Host, other);
        await TurnOnAsync(host);
        await TurnOnAsync(stranger);

        Assert.Equal(HttpStatusCode.NotFound, (await RefusedAsync(() => ResetAsync(branchAdmin, stranger))).Status);
        Assert.Equal((HttpStatusCode.Conflict, "own_two_step"), await RefusedAsync(() => ResetAsync(branchAdmin, branchAdmin)));
        await ResetAsync(branchAdmin, host);

        Assert.Equal(HttpStatusCode.Unauthorized, (await RefusedAsync(() => host.GetAsync<AccountInfo>("/api/account"))).Status);
        using var again = await hub.SignInAsync(host.Info.UserName!);
        Assert.True(again.Info.SignedIn);
    }

    [Fact]
    public async Task Secret_and_recovery_codes_are_nowhere_in_the_database_in_clear()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var admin = await hub.SignInAsync();
        var (secret, codes) = await TurnOnAsync(admin);
        var stored = await hub.QueryAsync(db => db.Set<Authenticator>().SingleAsync());
        Assert.True(stored.Secret.AsSpan().IndexOf(secret) < 0);
        Assert.True(stored.Secret.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Base32.Encode(secret))) < 0);
        var hashes = await hub.QueryAsync(db => db.Set<RecoveryCode>().Select(code => code.Sha256).ToListAsync());
        Assert.Equal(10, hashes.Count);
        Assert.DoesNotContain(hashes, hash => codes.Any(code => hash.Contains(code.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task New_password_by_an_invitation_link_does_not_stand_in_for_the_code()
    {
        await using var hub = await HubApplication.StartAsync(_time);
        using var admin = await hub.SignInAsync();
        using var host = await hub.SignInAsAsync(OperatorRole.Host, hub.RootUnitId);
        await TurnOnAsync(host);
        var invitation = await admin.PostAsync<OperatorInvitation>($"/api/operators/{host.Info.OperatorId}/invitation");
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        await SignInTests.SubmitAsync(browser, new Uri(hub.Address, new Uri(invitation.SetUpUrl).PathAndQuery), "a long new password");
        using var session = await browser.GetAsync(new Uri(hub.Address, "/api/account"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, session.StatusCode);
        Assert.Equal("code_required", (await RefusedAsync(() => hub.SignInAsync(host.Info.UserName!, "a long new password"))).Code);
    }

    private static byte[] SecretOf(TwoStepOffer offer) => Base32.TryDecode(offer.Secret.Replace(" ", "", StringComparison.Ordinal), out var secret) ? secret : throw new InvalidOperationException(offer.Secret);

    private static Task<TwoStepOffer> OfferAsync(OperatorSession session) => session.PostAsync<TwoStepOffer>("/api/account/two-step", new TwoStepStart(HubApplication.AdminPassword));

    private static Task<RecoveryCodes> ConfirmAsync(OperatorSession session, string code) => session.PostAsync<RecoveryCodes>("/api/account/two-step/confirm", new TwoStepConfirm(code));

    private static Task<object> OffAsync(OperatorSession session, string password, string code) => session.PostAsync<object>("/api/account/two-step/off", new TwoStepProof(password, code));

    private static Task ResetAsync(OperatorSession admin, OperatorSession other) => admin.DeleteAsync($"/api/operators/{other.Info.OperatorId}/two-step");

    private async Task<(byte[] Secret, IReadOnlyList<string> Codes)> TurnOnAsync(OperatorSession session)
    {
        var secret = SecretOf(await OfferAsync(session));
        return (secret, (await ConfirmAsync(session, Totp.Code(secret, Totp.StepAt(_time.GetUtcNow())))).Codes);
    }

    /// <summary>A code no step before was used for: the clock walks on.</summary>
    private string NextCode(byte[] secret)
    {
        _time.Advance(Totp.Period);
        return Totp.Code(secret, Totp.StepAt(_time.GetUtcNow()));
    }

    private static async Task<(HttpStatusCode Status, string Code)> RefusedAsync(Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(act);
        return (refused.Status, refused.Code);
    }
}
