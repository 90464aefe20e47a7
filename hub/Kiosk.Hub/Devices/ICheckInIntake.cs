using Kiosk.Contracts.CheckIns;

namespace Kiosk.Hub.Devices;

/// <summary>Takes journalled check-ins from a display; answers after commit, once per record, in order.</summary>
internal interface ICheckInIntake
{
    Task<CheckInBatchReply> TakeAsync(Guid displayId, CheckInBatch batch, CancellationToken cancellationToken);
}
