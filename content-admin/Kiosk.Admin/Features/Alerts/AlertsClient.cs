using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Alerts;

internal sealed class AlertsClient(Api api)
{
    public Task<Answer<Page<AlertView>>> ListAsync(Guid orgUnitId, bool open, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<AlertView>>("api/alerts".With(("orgUnitId", orgUnitId), ("open", open), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<IReadOnlyList<AlertRuleView>>> RulesAsync(Guid orgUnitId, CancellationToken cancel = default) =>
        api.GetAsync<IReadOnlyList<AlertRuleView>>("api/alerts/rules".With(("orgUnitId", orgUnitId)), cancel);

    public Task<Answer<IReadOnlyList<AlertRuleView>>> SaveRulesAsync(AlertRulesInput input) => api.PutAsync<IReadOnlyList<AlertRuleView>>("api/alerts/rules", input);

    public Task<Answer<AlertRecipients>> RecipientsAsync(Guid orgUnitId, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<AlertRecipients>("api/alerts/recipients".With(("orgUnitId", orgUnitId), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<AlertRecipientView>> CreateAsync(AlertRecipientInput input) => api.PostAsync<AlertRecipientView>("api/alerts/recipients", input);

    public Task<Answer<AlertRecipientView>> UpdateAsync(Guid id, AlertRecipientInput input) => api.PutAsync<AlertRecipientView>($"api/alerts/recipients/{id}", input);

    public Task<Answer<Done>> DeleteAsync(Guid id) => api.DeleteAsync($"api/alerts/recipients/{id}");

    public Task<Answer<AlertTestResult>> TestAsync(Guid id) => api.PostAsync<AlertTestResult>($"api/alerts/recipients/{id}/test");
}
