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

        if (session.Value.SignedIn)
        {
            // The units first: pages start reading as soon as somebody is signed in.
            var units = await api.GetAsync<IReadOnlyList<OrgUnitNode>>("api/org-units");
            if (!units.Ok)
            {
                return units.Problem;
            }

            workspace.Accept(session.Value);
            workspace.Accept(units.Value);
        }
        else
        {
            workspace.Accept(session.Value);
        }

        return null;
    }

    public async Task<Problem?> SignInAsync(SignInRequest request) =>
        (await api.PostAsync<Done>("api/session", request)).Problem ?? await RefreshAsync();

    public async Task SignOutAsync()
    {
        await api.DeleteAsync("api/session");
        await RefreshAsync();
    }
}
