using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Session;

internal sealed class SessionClient(Api api, Workspace workspace)
{
    /// <summary>Who is signed in, with the units they may see; null when fine, else why not.</summary>
    public async Task<Problem?> RefreshAsync()
    {
        var session = await api.GetAsync<SessionInfo>("api/session");
        if (!session.Ok)
        {
            return session.Problem;
        }

        IReadOnlyList<OrgUnitNode> units = [];
        if (session.Value.SignedIn)
        {
            // The units first: pages start reading as soon as somebody is signed in.
            var answer = await api.GetAsync<IReadOnlyList<OrgUnitNode>>("api/org-units");
            if (!answer.Ok)
            {
                return answer.Problem;
            }

            units = answer.Value;
        }

        workspace.Accept(session.Value, units);
        return null;
    }

    public async Task<Problem?> SignInAsync(SignInRequest request) =>
        (await api.PostAsync<Done>("api/session", request)).Problem ?? await RefreshAsync();

    public Task<Answer<PasskeyQuestion>> AskForPasskeyAsync() => api.PostAsync<PasskeyQuestion>("api/session/passkey/question");

    public async Task<Problem?> SignInAsync(PasskeySignIn request) =>
        (await api.PostAsync<Done>("api/session/passkey", request)).Problem ?? await RefreshAsync();

    public async Task SignOutAsync()
    {
        await api.DeleteAsync("api/session");
        await RefreshAsync();
    }
}
