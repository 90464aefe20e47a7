using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Meetings;

/// <summary>Running a meeting, and who may do it from a kiosk.</summary>
internal sealed class HostingClient(Api api)
{
    public Task<Answer<MeetingRunView>> GetAsync(Guid meetingId, CancellationToken cancel = default) => api.GetAsync<MeetingRunView>($"api/meetings/{meetingId}/run", cancel);

    public Task<Answer<MeetingRunView>> DoAsync(Guid meetingId, RunInput input) => api.PostAsync<MeetingRunView>($"api/meetings/{meetingId}/run", input);

    public Task<Answer<Page<HostEventView>>> EventsAsync(Guid orgUnit, Guid? meeting, Guid? display, bool refused, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<HostEventView>>(
            "api/host-events".With(("orgUnitId", orgUnit), ("meetingId", meeting), ("displayId", display), ("refused", refused ? true : null), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<MemberHostView>> MemberAsync(Guid memberId, CancellationToken cancel = default) => api.GetAsync<MemberHostView>($"api/members/{memberId}/host", cancel);

    public Task<Answer<MemberHostView>> MarkAsync(Guid memberId, bool mayHost) => api.PutAsync<MemberHostView>($"api/members/{memberId}/host", new MemberHostInput(mayHost));

    public Task<Answer<MemberHostView>> SetPinAsync(Guid memberId, string pin) => api.PutAsync<MemberHostView>($"api/members/{memberId}/host-pin", new HostPinInput(pin));
}
