using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Notices;

internal sealed class NoticesClient(Api api)
{
    public Task<Answer<Page<NoticeSummary>>> ListAsync(Guid orgUnit, bool? active, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<NoticeSummary>>("api/notices".With(("orgUnitId", orgUnit), ("active", active), ("skip", skip), ("take", take)), cancel);

    public Task<Answer<NoticeSummary>> PublishAsync(NoticeInput input) => api.PostAsync<NoticeSummary>("api/notices", input);

    public Task<Answer<Done>> WithdrawAsync(Guid id) => api.PostAsync<Done>($"api/notices/{id}/withdraw");

    public Task<Answer<Page<NoticeReceipt>>> ReceiptsAsync(Guid id, int skip, int take, CancellationToken cancel = default) =>
        api.GetAsync<Page<NoticeReceipt>>($"api/notices/{id}/receipts".With(("skip", skip), ("take", take)), cancel);
}
