using Kiosk.Contracts.Hosting;

namespace Kiosk.Hub.Devices;

/// <summary>Takes journalled host actions from a display; answers after commit, once per action, in order.</summary>
internal interface IHostActionIntake
{
    Task<HostActionBatchReply> TakeAsync(Guid displayId, HostActionBatch batch, CancellationToken cancellationToken);
}
