using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Members;

internal sealed class MembersClient(Api api)
{
    public Task<Answer<Page<MemberSummary>>> ListAsync(Guid orgUnit, string? search, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<MemberSummary>>("api/members".With(("orgUnitId", orgUnit), ("search", search), ("skip", skip), ("take", take)), cancel);

    /// <summary>How many of them have no valid card: the total.</summary>
    public Task<Answer<Page<MemberSummary>>> WithoutCardAsync(Guid orgUnit, string? search) =>
        api.GetAsync<Page<MemberSummary>>("api/members".With(("orgUnitId", orgUnit), ("search", search), ("withoutCard", "true"), ("take", 1)));

    public Task<Answer<MemberSummary>> GetAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<MemberSummary>($"api/members/{id}", cancel);

    public Task<Answer<MemberSummary>> CreateAsync(MemberInput input) => api.PostAsync<MemberSummary>("api/members", input);

    public Task<Answer<Done>> UpdateAsync(Guid id, MemberInput input) => api.PutAsync<Done>($"api/members/{id}", input);

    public Task<Answer<CardIssued>> IssueCardAsync(Guid id) => api.PostAsync<CardIssued>($"api/members/{id}/card");

    public Task<Answer<CardsIssued>> IssueCardsAsync(CardsInput input) => api.PostAsync<CardsIssued>("api/members/cards", input);

    public Task<Answer<Done>> RevokeCardAsync(Guid id) => api.DeleteAsync($"api/members/{id}/card");

    public Task<Answer<EnrolmentTicket>> EnrolAsync(Guid id) => api.PostAsync<EnrolmentTicket>($"api/members/{id}/enrolment");

    public Task<Answer<IReadOnlyList<EnrolledPhone>>> PhonesAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<IReadOnlyList<EnrolledPhone>>($"api/members/{id}/phones", cancel);

    public Task<Answer<Done>> EndPhoneAsync(Guid id, Guid phoneId) => api.DeleteAsync($"api/members/{id}/phones/{phoneId}");

    public Task<Answer<IReadOnlyList<ElsewhereRow>>> ElsewhereAsync(Guid id, CancellationToken cancel = default) => api.GetAsync<IReadOnlyList<ElsewhereRow>>($"api/members/{id}/elsewhere", cancel);

    public Task<Answer<PointsStatement>> PointsAsync(Guid id, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<PointsStatement>($"api/members/{id}/points".With(("skip", skip), ("take", take)), cancel);

    /// <param name="key">The same for every try of one adjustment, so that it is posted once.</param>
    public Task<Answer<PointsStatement>> AdjustAsync(Guid id, PointsAdjustment input, string key) =>
        api.PostAsync<PointsStatement>($"api/members/{id}/points/adjust", input, key);
}
