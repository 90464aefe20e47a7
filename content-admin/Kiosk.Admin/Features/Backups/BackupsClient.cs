using Kiosk.Admin.Shared;
using Kiosk.Contracts.Operator;

namespace Kiosk.Admin.Features.Backups;

internal sealed class BackupsClient(Api api)
{
    public Task<Answer<BackupOverview>> GetAsync(CancellationToken cancel = default) => api.GetAsync<BackupOverview>("api/backups", cancel);

    public Task<Answer<BackupOverview>> StartAsync() => api.PostAsync<BackupOverview>("api/backups");

    public Task<Answer<Done>> CancelAsync() => api.DeleteAsync("api/backups/running");
}
