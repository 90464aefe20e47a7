using System.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Data;

/// <summary>The one way to change the database: a transaction that commits whole or leaves nothing.</summary>
internal sealed class HubWriter(WriteGate gate, WalKeeper wal, IDbContextFactory<HubDbContext> contexts, IServiceProvider services)
{
    /// <summary>
    /// Runs the work in a transaction of its own. Ok is saved and committed, then what <see cref="HubDbContext.OnCommitted"/>
    /// registered runs; an error or exception rolls everything back. No file or network I/O inside: others wait.
    /// On PostgreSQL the work is done again when it collided with another write, so it must not change anything outside the database.
    /// </summary>
    public async Task<Result<T>> WriteAsync<T>(Func<HubDbContext, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        if (gate is { IsHeld: true } && !IsPostgres)
        {
            throw new InvalidOperationException("A write inside a write would wait for itself.");
        }

        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TryAsync(work, cancellationToken);
            }
            catch (Exception exception) when (tries < Collisions.MostTries && Collisions.Is(exception))
            {
                await Collisions.PauseAsync(tries, cancellationToken);
            }
        }
    }

    private async Task<Result<T>> TryAsync<T>(Func<HubDbContext, CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        IReadOnlyList<Action<IServiceProvider>> committed = [];
        var result = await gate.RunAsync(
            async () =>
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
                // SQLite: BEGIN IMMEDIATE, so that a read inside never has to be upgraded.
                await using var transaction = await db.Database.BeginTransactionAsync(
                    IsPostgres ? IsolationLevel.ReadCommitted : IsolationLevel.Serializable, cancellationToken);
                var outcome = await work(db, cancellationToken);
                if (outcome.IsOk)
                {
                    await db.SaveChangesAsync(cancellationToken);
                    await transaction.CommitAsync(CancellationToken.None);
                    committed = db.TakeCommitted();
                }

                return outcome;
            },
            cancellationToken);

        wal.Touch();
        foreach (var action in committed)
        {
            action(services);
        }

        return result;
    }

    private bool IsPostgres { get; } = services.GetRequiredService<DatabaseOptions>().IsPostgres;
}
