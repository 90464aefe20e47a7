using Kiosk.Hub.Backup;
using Microsoft.AspNetCore.SignalR;

namespace Kiosk.Hub.Devices;

/// <summary>A full disk has a name for players, too; everything else that breaks stays the hub's own business.</summary>
internal sealed class DiskFullFilter : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception exception) when (exception is not HubException && DiskFull.Is(exception))
        {
            throw new HubException("disk_full");
        }
    }
}
