using Kiosk.Admin.Shared;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Meetings;

internal sealed class MeetingsClient(Api api)
{
    public Task<Answer<IReadOnlyList<MeetingTypeView>>> TypesAsync(CancellationToken cancel = default) => api.GetAsync<IReadOnlyList<MeetingTypeView>>("api/meeting-types", cancel);

    public Task<Answer<Page<MeetingSummary>>> ListAsync(Guid orgUnit, DateTimeOffset? from, DateTimeOffset? to, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<MeetingSummary>>("api/meetings".With(("orgUnitId", orgUnit), ("from", from), ("to", to), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<MeetingDetail>> GetAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<MeetingDetail>($"api/meetings/{id}", cancel);

    public Task<Answer<MeetingDetail>> CreateAsync(MeetingInput input) => api.PostAsync<MeetingDetail>("api/meetings", input);

    public Task<Answer<MeetingDetail>> UpdateAsync(Guid id, MeetingInput input) => api.PutAsync<MeetingDetail>($"api/meetings/{id}", input);

    public Task<Answer<Done>> CloseAsync(Guid id) => api.PostAsync<Done>($"api/meetings/{id}/close");

    public Task<Answer<Done>> CancelAsync(Guid id) => api.PostAsync<Done>($"api/meetings/{id}/cancel");

    public Task<Answer<IReadOnlyList<AttendanceRow>>> AttendanceAsync(Guid id, string? search = null, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<AttendanceRow>>($"api/meetings/{id}/attendance".With(("search", search)), cancel);

    public Task<Answer<IReadOnlyList<CheckInRecordView>>> RecordsAsync(Guid id, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<CheckInRecordView>>($"api/meetings/{id}/check-ins", cancel);

    public Task<Answer<CheckInResult>> CheckInAsync(Guid id, HelperCheckIn input) => api.PostAsync<CheckInResult>($"api/meetings/{id}/check-ins", input);

    public Task<Answer<Done>> UndoAsync(Guid id, UndoCheckIn input) => api.PostAsync<Done>($"api/meetings/{id}/check-ins/undo", input);
}
