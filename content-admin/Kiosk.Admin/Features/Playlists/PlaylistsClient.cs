using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Playlists;

internal sealed class PlaylistsClient(Api api)
{
    public Task<Answer<Page<PlaylistSummary>>> ListAsync(Guid orgUnit, string? search, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<PlaylistSummary>>("api/playlists".With(("orgUnitId", orgUnit), ("search", search), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<PlaylistDetail>> GetAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<PlaylistDetail>($"api/playlists/{id}", cancel);

    public Task<Answer<PlaylistDetail>> CreateAsync(PlaylistInput input) => api.PostAsync<PlaylistDetail>("api/playlists", input);

    public Task<Answer<PlaylistDetail>> UpdateAsync(Guid id, PlaylistInput input) => api.PutAsync<PlaylistDetail>($"api/playlists/{id}", input);

    public Task<Answer<Done>> DeleteAsync(Guid id) => api.DeleteAsync($"api/playlists/{id}");
}
