using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Kiosk.Hub.Data;

/// <summary>Refuses saves that bypass <see cref="HubWriter"/>: every write passes the one gate.</summary>
internal sealed class GateInterceptor(WriteGate gate) : SaveChangesInterceptor
{
    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Check();
        return base.SavingChangesAsync(eventData, result, cancellationToken);
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Check();
        return base.SavingChanges(eventData, result);
    }

    private void Check()
    {
        if (!gate.IsHeld)
        {
            throw new InvalidOperationException("Every write goes through HubWriter.");
        }
    }
}
