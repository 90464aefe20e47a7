using Kiosk.Admin.Shared;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Meetings;

/// <summary>What surrounds the check-ins of a meeting: rules, paper sheets, head counts, guests, make-ups, records that wait.</summary>
internal sealed class AttendanceClient(Api api)
{
    public Task<Answer<AttendanceRules>> RulesAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<AttendanceRules>($"api/meetings/{id}/attendance-rules", cancel);

    public Task<Answer<AttendanceRules>> SaveRulesAsync(Guid id, AttendanceRules rules) => api.PutAsync<AttendanceRules>($"api/meetings/{id}/attendance-rules", rules);

    public Task<Answer<PaperSheetResult>> EnterSheetAsync(Guid id, PaperSheet sheet, string key) => api.PostAsync<PaperSheetResult>($"api/meetings/{id}/paper-sheet", sheet, key);

    public Task<Answer<IReadOnlyList<HeadCountView>>> HeadCountsAsync(Guid id) => api.GetAsync<IReadOnlyList<HeadCountView>>($"api/meetings/{id}/head-counts");

    public Task<Answer<HeadCountView>> CountAsync(Guid id, HeadCountInput input) => api.PostAsync<HeadCountView>($"api/meetings/{id}/head-counts", input);

    public Task<Answer<Page<CheckInRecordView>>> OpenAsync(Guid id, int skip, int take) =>
        api.GetRowsAsync<CheckInRecordView>($"api/meetings/{id}/check-ins".With(("open", true), ("skip", skip), ("take", take)));

    public Task<Answer<IReadOnlyList<SettleRow>>> SettleAsync(Guid id, SettleInput input) => api.PostAsync<IReadOnlyList<SettleRow>>($"api/meetings/{id}/check-ins/settle", input);

    public Task<Answer<Page<UnmatchedCheckIn>>> UnmatchedAsync(Guid orgUnit, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<UnmatchedCheckIn>>("api/unmatched-check-ins".With(("orgUnitId", orgUnit), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<IReadOnlyList<SettleRow>>> SettleUnmatchedAsync(UnmatchedSettle input) => api.PostAsync<IReadOnlyList<SettleRow>>("api/unmatched-check-ins/settle", input);

    public Task<Answer<IReadOnlyList<GuestView>>> GuestsAsync(Guid id) => api.GetAsync<IReadOnlyList<GuestView>>($"api/meetings/{id}/guests");

    public Task<Answer<GuestView>> AddGuestAsync(Guid id, GuestInput input, string key) => api.PostAsync<GuestView>($"api/meetings/{id}/guests", input, key);

    public Task<Answer<Done>> RemoveGuestAsync(Guid id, Guid guest, RemoveGuest input) => api.PostAsync<Done>($"api/meetings/{id}/guests/{guest}/remove", input);

    public Task<Answer<IReadOnlyList<UnexpectedRow>>> OthersAsync(Guid id) => api.GetAsync<IReadOnlyList<UnexpectedRow>>($"api/meetings/{id}/attendance/others");

    public Task<Answer<CheckInResult>> FloatingAsync(Guid id, FloatingCheckIn input) => api.PostAsync<CheckInResult>($"api/meetings/{id}/floating", input);

    public Task<Answer<Page<MakeUpView>>> MakeUpsAsync(Guid id, int skip, int take) => api.GetRowsAsync<MakeUpView>($"api/meetings/{id}/make-ups".With(("skip", skip), ("take", take)));

    public Task<Answer<Done>> EnterMakeUpAsync(Guid id, MakeUpInput input) => api.PostAsync<Done>($"api/meetings/{id}/make-ups", input);

    public Task<Answer<Done>> DecideMakeUpAsync(Guid id, Guid member, MakeUpDecision input) => api.PostAsync<Done>($"api/meetings/{id}/make-ups/{member}/decision", input);

    public Task<Answer<Done>> RevokeMakeUpAsync(Guid id, Guid member, RevokeMakeUp input) => api.PostAsync<Done>($"api/meetings/{id}/make-ups/{member}/revoke", input);
}
