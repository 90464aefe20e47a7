using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.OrgUnits;

/// <summary>Org units and what hangs on them: rooms, display groups, targets, operators.</summary>
internal sealed class OrgUnitsClient(Api api)
{
    public Task<Answer<OrgUnitNode>> CreateAsync(OrgUnitInput input) => api.PostAsync<OrgUnitNode>("api/org-units", input);

    public Task<Answer<Done>> UpdateAsync(Guid id, OrgUnitInput input) => api.PutAsync<Done>($"api/org-units/{id}", input);

    public Task<Answer<IReadOnlyList<RoomSummary>>> RoomsAsync(Guid orgUnit, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<RoomSummary>>("api/rooms".With(("orgUnitId", orgUnit)), cancel);

    public Task<Answer<RoomSummary>> CreateRoomAsync(RoomInput input) => api.PostAsync<RoomSummary>("api/rooms", input);

    public Task<Answer<Done>> UpdateRoomAsync(Guid id, RoomInput input) => api.PutAsync<Done>($"api/rooms/{id}", input);

    public Task<Answer<IReadOnlyList<DisplayGroupSummary>>> GroupsAsync(Guid orgUnit, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<DisplayGroupSummary>>("api/groups".With(("orgUnitId", orgUnit)), cancel);

    public Task<Answer<Done>> CreateGroupAsync(DisplayGroupInput input) => api.PostAsync<Done>("api/groups", input);

    public Task<Answer<Done>> UpdateGroupAsync(Guid id, DisplayGroupInput input) => api.PutAsync<Done>($"api/groups/{id}", input);

    public Task<Answer<Done>> DeleteGroupAsync(Guid id) => api.DeleteAsync($"api/groups/{id}");

    public Task<Answer<IReadOnlyList<TargetOption>>> TargetsAsync(Guid orgUnit, string? search = null, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<TargetOption>>("api/targets".With(("orgUnitId", orgUnit), ("search", search)), cancel);

    public Task<Answer<Page<OperatorSummary>>> OperatorsAsync(int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<OperatorSummary>>("api/operators".With(("skip", skip), ("take", take)), cancel);

    public Task<Answer<OperatorInvitation>> InviteAsync(NewOperator input) => api.PostAsync<OperatorInvitation>("api/operators", input);

    public Task<Answer<CheckInKeysRotated>> RotateCheckInKeysAsync() => api.PostAsync<CheckInKeysRotated>("api/check-in-keys/rotate");

    public Task<Answer<OperatorInvitation>> InviteAgainAsync(Guid id) => api.PostAsync<OperatorInvitation>($"api/operators/{id}/invitation");

    public Task<Answer<Done>> RemoveOperatorAsync(Guid id) => api.DeleteAsync($"api/operators/{id}");

    public Task<Answer<Done>> BindAsync(Guid id, OrganisationName name) => api.PutAsync<Done>($"api/operators/{id}/organisation", name);

    public Task<Answer<Done>> LiftLockoutAsync(Guid id) => api.DeleteAsync($"api/operators/{id}/lockout");

    public Task<Answer<Done>> ResetTwoStepAsync(Guid id) => api.DeleteAsync($"api/operators/{id}/two-step");
}
