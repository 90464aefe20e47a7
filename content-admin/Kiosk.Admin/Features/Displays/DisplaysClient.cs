using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Displays;

internal sealed class DisplaysClient(Api api)
{
    public Task<Answer<Page<DisplaySummary>>> ListAsync(Guid orgUnit, string? search, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<DisplaySummary>>("api/displays".With(("orgUnitId", orgUnit), ("search", search), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<DisplaySummary>> GetAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<DisplaySummary>($"api/displays/{id}", cancel);

    /// <summary>Every display of the unit and of what is under it, for choosing one; what came before a refusal when there is one.</summary>
    public async Task<IReadOnlyList<DisplaySummary>> AllAsync(Guid orgUnit, CancellationToken cancel = default)
    {
        const int Step = 200;
        var all = new List<DisplaySummary>();
        while (await ListAsync(orgUnit, null, all.Count, Step, cancel) is { Value: { Items.Count: > 0 } page })
        {
            all.AddRange(page.Items);
            if (all.Count >= page.Total)
            {
                break;
            }
        }

        return all;
    }

    public Task<Answer<PairingPreview>> PreviewAsync(string code, CancellationToken cancel = default) =>
        api.GetAsync<PairingPreview>($"api/pairings/{Uri.EscapeDataString(code)}", cancel);

    public Task<Answer<DisplaySummary>> ClaimAsync(ClaimDisplay claim) => api.PostAsync<DisplaySummary>("api/displays", claim);

    public Task<Answer<Done>> UpdateAsync(Guid id, DisplayInput input) => api.PutAsync<Done>($"api/displays/{id}", input);

    public Task<Answer<Done>> RevokeAsync(Guid id) => api.PostAsync<Done>($"api/displays/{id}/revoke");

    /// <param name="confirm">The display's name, typed by who means it.</param>
    public Task<Answer<Done>> RemoveAsync(Guid id, string confirm) => api.DeleteAsync($"api/displays/{id}".With(("confirm", confirm)));

    public Task<Answer<ResolutionView>> ResolutionAsync(Guid id, DateTimeOffset at, CancellationToken cancel = default) =>
        api.GetAsync<ResolutionView>($"api/displays/{id}/resolution".With(("at", at)), cancel);
}
