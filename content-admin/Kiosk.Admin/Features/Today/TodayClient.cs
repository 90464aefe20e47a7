using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Today;

internal sealed class TodayClient(Api api)
{
    public Task<Answer<TodayView>> GetAsync(Guid orgUnit, CancellationToken cancel) =>
        api.GetAsync<TodayView>("api/today".With(("orgUnitId", orgUnit)), cancel);
}
