using System.Net;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Auth.Passkeys;
using Kiosk.Testing;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Tests.Auth;

/// <summary>Passkeys as their owner keeps them: added, named, removed.</summary>
public partial class PasskeyTests
{
    [Fact]
    public async Task Removed_passkey_signs_nobody_in_and_its_sessions_end()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey();
        var added = await AddAsync(admin, key);
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        await SignInAsync(browser, key);
        await admin.DeleteAsync($"/api/account/passkeys/{added.Id}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await CodeAsync(() => browser.GetAsync<AccountInfo>("/api/account"))).Status);
        using var again = await OperatorSession.OpenAsync(hub.Address);
        Assert.Equal("passkey_refused", (await RefusedAsync(again, key.Sign(await QuestionAsync(again)))).Code);
    }

    [Fact]
    public async Task Reset_by_an_administrator_removes_passkeys_of_somebody_who_lost_them_all()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var host = await hub.SignInAsAsync(OperatorRole.Host, hub.RootUnitId);
        using var key = new SoftPasskey();
        await AddAsync(host, key);
        await admin.DeleteAsync($"/api/operators/{host.Info.OperatorId}/two-step");
        using var browser = await OperatorSession.OpenAsync(hub.Address);
        Assert.Equal("passkey_refused", (await RefusedAsync(browser, key.Sign(await QuestionAsync(browser)))).Code);
        using var byPassword = await hub.SignInAsync(host.Info.UserName!);
        Assert.Empty((await byPassword.GetAsync<AccountInfo>("/api/account")).Passkeys);
    }

    [Fact]
    public async Task Adding_asks_for_a_fresh_proof_ten_minutes_after_signing_in_and_a_passkey_gives_it()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey();
        using var other = new SoftPasskey();
        await AddAsync(admin, key);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((HttpStatusCode.Forbidden, "proof_required"), await CodeAsync(() => AddAsync(admin, other)));
        Assert.Equal("proof_required", (await CodeAsync(() => admin.PostAsync<OperatorInvitation>("/api/operators", new NewOperator("lihua", "李华", OperatorRole.Host, hub.RootUnitId)))).Code);

        await admin.PostAsync<object>("/api/account/proof/passkey", key.Sign(await admin.PostAsync<PasskeyQuestion>("/api/account/proof/question")));
        await AddAsync(admin, other);
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal((HttpStatusCode.BadRequest, "password_wrong"), await CodeAsync(() => admin.PostAsync<object>("/api/account/proof", new Proof("not the password"))));
        await admin.PostAsync<object>("/api/account/proof", new Proof(HubApplication.AdminPassword));
        await admin.PostAsync<OperatorInvitation>("/api/operators", new NewOperator("lihua", "李华", OperatorRole.Host, hub.RootUnitId));
    }

    [Fact]
    public async Task Passkeys_are_limited_named_and_added_once()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var key = new SoftPasskey();
        var question = await admin.PostAsync<PasskeyQuestion>("/api/account/passkeys/question");
        var answer = key.Create(question);
        Assert.Equal("invalid_input", (await CodeAsync(() => admin.PostAsync<PasskeySummary>("/api/account/passkeys", new NewPasskey(" ", answer)))).Code);
        Assert.Equal("invalid_input", (await CodeAsync(() => admin.PostAsync<PasskeySummary>("/api/account/passkeys", new NewPasskey(new string('长', 61), answer)))).Code);
        await admin.PostAsync<PasskeySummary>("/api/account/passkeys", new NewPasskey("一", answer));
        // The registration sent a second time: the credential is there already.
        Assert.Contains((await CodeAsync(() => admin.PostAsync<PasskeySummary>("/api/account/passkeys", new NewPasskey("二", answer)))).Code, new[] { "passkey_known", "passkey_refused" });
        for (var at = 1; at < OperatorPasskey.Most; at++)
        {
            using var more = new SoftPasskey();
            await AddAsync(admin, more, $"第 {at} 个");
        }

        Assert.Equal("passkeys_full", (await CodeAsync(() => admin.PostAsync<PasskeyQuestion>("/api/account/passkeys/question"))).Code);
        var first = (await admin.GetAsync<AccountInfo>("/api/account")).Passkeys[0];
        Assert.Equal("手机", (await admin.PutAsync<PasskeySummary>($"/api/account/passkeys/{first.Id}", new PasskeyName("手机"))).Name);
    }

    [Fact]
    public async Task Passkey_of_another_operator_is_neither_renamed_nor_removed()
    {
        await using var hub = await StartAsync();
        using var admin = await hub.SignInAsync();
        using var host = await hub.SignInAsAsync(OperatorRole.Host, hub.RootUnitId);
        using var key = new SoftPasskey();
        var added = await AddAsync(host, key);
        Assert.Equal(HttpStatusCode.NotFound, (await CodeAsync(() => admin.DeleteAsync($"/api/account/passkeys/{added.Id}"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await CodeAsync(() => admin.PutAsync<PasskeySummary>($"/api/account/passkeys/{added.Id}", new PasskeyName("x")))).Status);
    }
}
