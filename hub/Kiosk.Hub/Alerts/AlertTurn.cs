using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Kiosk.Hub.Alerts;

/// <summary>
/// Who decides about alerts, over all hubs. It is held while that is read and thought over, outside of any write,
/// so that nobody else waits; what then is written is still true.
/// </summary>
internal sealed class AlertTurn(IDbContextFactory<HubDbContext> contexts) : IDisposable
{
    private readonly SemaphoreSlim _here = new(1, 1);

    /// <summary>Waits for the turn; disposing passes it on.</summary>
    public async Task<IAsyncDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await _here.WaitAsync(cancellationToken);
        HubDbContext? db = null;
        try
        {
            db = await contexts.CreateDbContextAsync(cancellationToken);
            // With PostgreSQL another hub may want it: the lock lasts as long as this transaction, which changes nothing.
            var held = db is PostgresHubDbContext ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
            await db.TakeAlertTurnAsync(cancellationToken);
            return new Held(_here, db, held);
        }
        catch
        {
            if (db is not null)
            {
                await db.DisposeAsync();
            }

            _here.Release();
            throw;
        }
    }

    public void Dispose() => _here.Dispose();

    private sealed class Held(SemaphoreSlim here, HubDbContext db, IDbContextTransaction? transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await (transaction?.DisposeAsync() ?? ValueTask.CompletedTask);
                await db.DisposeAsync();
            }
            finally
            {
                here.Release();
            }
        }
    }
}
