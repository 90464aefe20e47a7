using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Meetings;

/// <summary>What is planned around meetings: types, series, rosters, joint meetings, materials, minutes, calendars.</summary>
internal sealed class PlanningClient(Api api)
{
    public Task<Answer<IReadOnlyList<MeetingTypeView>>> TypesAsync(Guid orgUnit, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<MeetingTypeView>>("api/meeting-types".With(("orgUnitId", orgUnit)), cancel);

    /// <param name="code">Null adds one.</param>
    public Task<Answer<MeetingTypeView>> SaveTypeAsync(Guid orgUnit, string? code, MeetingTypeInput input) => code is null
        ? api.PostAsync<MeetingTypeView>("api/meeting-types".With(("orgUnitId", orgUnit)), input)
        : api.PutAsync<MeetingTypeView>($"api/meeting-types/{code}".With(("orgUnitId", orgUnit)), input);

    public Task<Answer<Done>> RemoveTypeAsync(Guid orgUnit, string code) => api.DeleteAsync($"api/meeting-types/{code}".With(("orgUnitId", orgUnit)));

    public Task<Answer<RosterPreview>> PreviewAsync(RosterPreviewInput input, CancellationToken cancel = default) => api.PostAsync<RosterPreview>("api/meetings/roster-preview", input, cancel: cancel);

    public Task<Answer<Done>> PutOnRosterAsync(Guid meeting, Guid member, RosterChange change) => api.PutAsync<Done>($"api/meetings/{meeting}/roster/{member}", change);

    public Task<Answer<Done>> TakeOffRosterAsync(Guid meeting, Guid member) => api.DeleteAsync($"api/meetings/{meeting}/roster/{member}");

    public Task<Answer<IReadOnlyList<JointUnit>>> JointUnitsAsync(Guid orgUnit, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<JointUnit>>("api/joint-units".With(("orgUnitId", orgUnit)), cancel);

    public Task<Answer<IReadOnlyList<MeetingInvitation>>> InvitationsAsync(Guid orgUnit, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<MeetingInvitation>>("api/meeting-invitations".With(("orgUnitId", orgUnit)), cancel);

    public Task<Answer<Done>> AnswerInvitationAsync(MeetingInvitation invitation, bool accept) =>
        api.PostAsync<Done>($"api/meeting-invitations/{invitation.MeetingId}/{invitation.OrgUnitId}/{(accept ? "accept" : "decline")}");

    public Task<Answer<JointMeetingView>> JointMeetingAsync(Guid meeting, Guid orgUnit, CancellationToken cancel = default) =>
        api.GetAsync<JointMeetingView>($"api/meeting-invitations/{meeting}/{orgUnit}", cancel);

    public Task<Answer<IReadOnlyList<MeetingSeriesView>>> SeriesAsync(Guid orgUnit, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<MeetingSeriesView>>("api/meeting-series".With(("orgUnitId", orgUnit)), cancel);

    public Task<Answer<MeetingSeriesView>> OneSeriesAsync(Guid id) => api.GetAsync<MeetingSeriesView>($"api/meeting-series/{id}");

    public Task<Answer<MeetingSeriesView>> CreateSeriesAsync(MeetingSeriesInput input) => api.PostAsync<MeetingSeriesView>("api/meeting-series", input);

    public Task<Answer<Done>> CancelSeriesAsync(Guid id, string? reason) => api.PostAsync<Done>($"api/meeting-series/{id}/cancel", new MeetingCancellation(reason));

    public Task<Answer<Done>> SkipAsync(Guid id, DateTime occurrence) => api.PostAsync<Done>($"api/meeting-series/{id}/skip", new SkipOccurrence(occurrence));

    public Task<Answer<MeetingDetail>> ChangeFollowingAsync(Guid meeting, FollowingChange change) => api.PutAsync<MeetingDetail>($"api/meetings/{meeting}/following", change);

    public Task<Answer<MinutesView>> MinutesAsync(Guid meeting, CancellationToken cancel = default) => api.GetAsync<MinutesView>($"api/meetings/{meeting}/minutes", cancel);

    public Task<Answer<MinutesView>> SaveMinutesAsync(Guid meeting, MinutesInput input) => api.PutAsync<MinutesView>($"api/meetings/{meeting}/minutes", input);

    /// <param name="step"><c>final</c> or <c>reopen</c>.</param>
    public Task<Answer<MinutesView>> StepMinutesAsync(Guid meeting, string step, int revision) => api.PostAsync<MinutesView>($"api/meetings/{meeting}/minutes/{step}", new MinutesStep(revision));

    public async Task<Answer<MinutesView>> AddPhotoAsync(Guid meeting, string name, Stream picture, CancellationToken cancel)
    {
        using var content = new StreamContent(picture);
        content.Headers.ContentType = new("application/octet-stream");
        return await api.PostAsync<MinutesView>($"api/meetings/{meeting}/minutes/photos".With(("name", name)), content, cancel: cancel);
    }

    public Task<Answer<Done>> RemovePhotoAsync(Guid meeting, Guid photo) => api.DeleteAsync($"api/meetings/{meeting}/minutes/photos/{photo}");

    public Task<Answer<IReadOnlyList<MeetingMaterial>>> MaterialsAsync(Guid meeting, CancellationToken cancel = default) => api.GetAsync<IReadOnlyList<MeetingMaterial>>($"api/meetings/{meeting}/materials", cancel);

    public Task<Answer<IReadOnlyList<MeetingMaterial>>> AddMaterialAsync(Guid meeting, MeetingMaterialInput input) => api.PostAsync<IReadOnlyList<MeetingMaterial>>($"api/meetings/{meeting}/materials", input);

    public Task<Answer<Done>> RemoveMaterialAsync(Guid meeting, Guid material) => api.DeleteAsync($"api/meetings/{meeting}/materials/{material}");

    public Task<Answer<IReadOnlyList<CalendarLink>>> CalendarsAsync(Guid orgUnit, CancellationToken cancel = default) => api.GetAsync<IReadOnlyList<CalendarLink>>("api/calendars".With(("orgUnitId", orgUnit)), cancel);

    public Task<Answer<CalendarCreated>> CreateCalendarAsync(CalendarInput input) => api.PostAsync<CalendarCreated>("api/calendars", input);

    public Task<Answer<Done>> RevokeCalendarAsync(Guid id) => api.DeleteAsync($"api/calendars/{id}");
}
