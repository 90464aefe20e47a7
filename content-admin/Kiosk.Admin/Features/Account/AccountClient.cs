using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Account;

/// <summary>The signed-in person's own account.</summary>
internal sealed class AccountClient(Api api)
{
    public Task<Answer<AccountInfo>> GetAsync(CancellationToken cancel = default) => api.GetAsync<AccountInfo>("api/account", cancel);

    public Task<Answer<TwoStepOffer>> StartTwoStepAsync(string password) => api.PostAsync<TwoStepOffer>("api/account/two-step", new TwoStepStart(password));

    public Task<Answer<RecoveryCodes>> ConfirmTwoStepAsync(string code) => api.PostAsync<RecoveryCodes>("api/account/two-step/confirm", new TwoStepConfirm(code));

    public Task<Answer<RecoveryCodes>> RenewCodesAsync(TwoStepProof proof) => api.PostAsync<RecoveryCodes>("api/account/two-step/recovery-codes", proof);

    public Task<Answer<Done>> TurnOffTwoStepAsync(TwoStepProof proof) => api.PostAsync<Done>("api/account/two-step/off", proof);

    public Task<Answer<PasskeyQuestion>> AskForNewPasskeyAsync() => api.PostAsync<PasskeyQuestion>("api/account/passkeys/question");

    public Task<Answer<PasskeySummary>> AddPasskeyAsync(NewPasskey passkey) => api.PostAsync<PasskeySummary>("api/account/passkeys", passkey);

    public Task<Answer<PasskeySummary>> RenamePasskeyAsync(Guid id, string name) => api.PutAsync<PasskeySummary>($"api/account/passkeys/{id}", new PasskeyName(name));

    public Task<Answer<Done>> RemovePasskeyAsync(Guid id) => api.DeleteAsync($"api/account/passkeys/{id}");

    public Task<Answer<PasskeyQuestion>> AskForProofAsync() => api.PostAsync<PasskeyQuestion>("api/account/proof/question");

    public Task<Answer<Done>> ProveAsync(Proof proof) => api.PostAsync<Done>("api/account/proof", proof);

    public Task<Answer<Done>> ProveByPasskeyAsync(PasskeyAnswer answer) => api.PostAsync<Done>("api/account/proof/passkey", answer);

    public Task<Answer<Done>> ChangePasswordAsync(PasswordChange change) => api.PostAsync<Done>("api/account/password", change);

    public Task<Answer<IReadOnlyList<OperatorSessionSummary>>> SessionsAsync(CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<OperatorSessionSummary>>("api/account/sessions", cancel);

    public Task<Answer<Done>> EndSessionAsync(Guid id) => api.DeleteAsync($"api/account/sessions/{id}");

    public Task<Answer<Done>> EndOtherSessionsAsync() => api.DeleteAsync("api/account/sessions");
}
