using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Schedules;

internal sealed class SchedulesClient(Api api)
{
    /// <summary>At most 62 days.</summary>
    public Task<Answer<IReadOnlyList<ScheduleOccurrence>>> OccurrencesAsync(Guid orgUnit, DateOnly from, DateOnly to, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<ScheduleOccurrence>>("api/schedule".With(("orgUnitId", orgUnit), ("from", from), ("to", to)), cancel);

    public Task<Answer<ScheduleEventDetail>> GetAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<ScheduleEventDetail>($"api/schedule/events/{id}", cancel);

    public Task<Answer<ScheduleEventDetail>> CreateAsync(ScheduleEventInput input) => api.PostAsync<ScheduleEventDetail>("api/schedule/events", input);

    public Task<Answer<ScheduleEventDetail>> UpdateAsync(Guid id, ScheduleEventInput input) => api.PutAsync<ScheduleEventDetail>($"api/schedule/events/{id}", input);

    public Task<Answer<Done>> DeleteAsync(Guid id) => api.DeleteAsync($"api/schedule/events/{id}");

    public Task<Answer<IReadOnlyList<DefaultContentView>>> DefaultsAsync(Guid orgUnit, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<DefaultContentView>>("api/schedule/defaults".With(("orgUnitId", orgUnit)), cancel);

    public Task<Answer<IReadOnlyList<UnshowableOn>>> UnshowableAsync(IReadOnlyList<string> scopes, Guid playlistId, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<UnshowableOn>>("api/schedule/unshowable".With([.. scopes.Select(scope => ("scope", (object?)scope)), ("playlistId", playlistId)]), cancel);

    /// <summary>Where a playlist is shown already, with what is about to be in it.</summary>
    public Task<Answer<IReadOnlyList<UnshowableOn>>> UnshowableAsync(Guid playlistId, PlaylistContent content) =>
        api.PostAsync<IReadOnlyList<UnshowableOn>>($"api/playlists/{playlistId}/unshowable", content);

    public Task<Answer<Done>> SetDefaultAsync(DefaultContentInput input) => api.PutAsync<Done>("api/schedule/defaults", input);
}
