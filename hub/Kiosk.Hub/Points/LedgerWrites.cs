using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Points;

/// <summary>A write in which a member's account may change: it is locked and read before anything else of the member.</summary>
internal static class LedgerWrites
{
    internal sealed record Locked(HubDbContext Db, LedgerStore Ledger, AccountState Account);

    public static Task<Result<Done>> WriteLedgerAsync(
        this HubWriter writer, PointsRules rules, Guid memberId, Func<Locked, CancellationToken, Task<Result<Done>>> work, CancellationToken cancellationToken) =>
        writer.WriteAsync<Done>(
            async (db, cancellation) =>
            {
                await using var statements = new Statements(db);
                var ledger = new LedgerStore(statements, rules);
                return await work(new Locked(db, ledger, await ledger.ReadAsync(memberId, cancellation)), cancellation);
            },
            cancellationToken);
}
