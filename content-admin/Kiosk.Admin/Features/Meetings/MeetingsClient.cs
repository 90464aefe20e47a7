using Kiosk.Admin.Shared;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Meetings;

internal sealed class MeetingsClient(Api api)
{
    public Task<Answer<Page<MeetingSummary>>> ListAsync(Guid orgUnit, DateTimeOffset? from, DateTimeOffset? to, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<MeetingSummary>>("api/meetings".With(("orgUnitId", orgUnit), ("from", from), ("to", to), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<MeetingDetail>> GetAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<MeetingDetail>($"api/meetings/{id}", cancel);

    public Task<Answer<MeetingDetail>> CreateAsync(MeetingInput input) => api.PostAsync<MeetingDetail>("api/meetings", input);

    public Task<Answer<MeetingDetail>> UpdateAsync(Guid id, MeetingInput input) => api.PutAsync<MeetingDetail>($"api/meetings/{id}", input);

    public Task<Answer<Done>> CloseAsync(Guid id) => api.PostAsync<Done>($"api/meetings/{id}/close");

    public Task<Answer<Done>> ReopenAsync(Guid id) => api.PostAsync<Done>($"api/meetings/{id}/reopen");

    public Task<Answer<Done>> CancelAsync(Guid id, string? reason = null) => api.PostAsync<Done>($"api/meetings/{id}/cancel", new MeetingCancellation(reason));

    /// <param name="take">At most 500.</param>
    public Task<Answer<Page<AttendanceRow>>> AttendanceAsync(Guid id, string? search, AttendanceState? state, int skip, int take, CancellationToken cancel = default) =>
        api.GetRowsAsync<AttendanceRow>($"api/meetings/{id}/attendance".With(("search", search), ("state", state), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<Page<CheckInRecordView>>> RecordsAsync(Guid id, int skip, int take, CancellationToken cancel = default) =>
        api.GetRowsAsync<CheckInRecordView>($"api/meetings/{id}/check-ins".With(("skip", skip), ("take", take)), cancel);

    /// <summary>Everybody on the roster, however many; null when a page of it could not be read.</summary>
    public async Task<Answer<IReadOnlyList<Guid>>> RosterAsync(Guid id, CancellationToken cancel = default)
    {
        const int Most = 500;
        var found = new List<Guid>();
        for (var total = 1; found.Count < total;)
        {
            var answer = await AttendanceAsync(id, null, null, found.Count, Most, cancel);
            if (answer.Value is not { } page)
            {
                return new(null, answer.Problem);
            }

            found.AddRange(page.Items.Select(row => row.MemberId));
            total = page.Items.Count == 0 ? 0 : page.Total;
        }

        return new(found, null);
    }

    public Task<Answer<CheckInResult>> CheckInAsync(Guid id, HelperCheckIn input) => api.PostAsync<CheckInResult>($"api/meetings/{id}/check-ins", input);

    public Task<Answer<Done>> UndoAsync(Guid id, UndoCheckIn input) => api.PostAsync<Done>($"api/meetings/{id}/check-ins/undo", input);

    public Task<Answer<Page<LeaveView>>> LeaveAsync(Guid id, Guid? orgUnit, int skip, int take, CancellationToken cancel = default) =>
        api.GetRowsAsync<LeaveView>($"api/meetings/{id}/leave".With(("orgUnitId", orgUnit), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<Done>> EnterLeaveAsync(Guid id, LeaveInput input) => api.PostAsync<Done>($"api/meetings/{id}/leave", input);

    public Task<Answer<Done>> DecideLeaveAsync(Guid id, Guid memberId, LeaveDecision input) => api.PostAsync<Done>($"api/meetings/{id}/leave/{memberId}/decision", input);

    public Task<Answer<IReadOnlyList<RefusedScanCount>>> RefusedScansAsync(Guid id, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<RefusedScanCount>>($"api/meetings/{id}/refused-scans", cancel);

    public Task<Answer<FairPlayView>> FairPlayAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<FairPlayView>($"api/meetings/{id}/fair-play", cancel);

    public Task<Answer<Done>> AnswerFlagAsync(Guid id, FlagAnswerInput input) => api.PostAsync<Done>($"api/meetings/{id}/fair-play/answers", input);

    public Task<Answer<Done>> AskEverybodyAsync(Guid id, bool ask) => api.PutAsync<Done>($"api/meetings/{id}/second-proof", new SecondProofInput(ask));

    public Task<Answer<Done>> AskProofAsync(Guid id, Guid memberId) => api.PostAsync<Done>($"api/meetings/{id}/second-proof/{memberId}");

    public Task<Answer<Done>> ConfirmProofAsync(Guid id, Guid memberId, ProofConfirmation input) => api.PostAsync<Done>($"api/meetings/{id}/second-proof/{memberId}/confirm", input);
}
