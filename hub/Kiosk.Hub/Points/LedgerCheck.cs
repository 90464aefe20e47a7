using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Points;

internal static class LedgerCheck
{
    /// <summary>Number of the first posting of the account that was changed or is missing; null when the chain is sound.</summary>
    public static async Task<long?> FirstFaultAsync(HubDbContext db, Guid memberId, CancellationToken cancellationToken)
    {
        var account = await db.Set<PointsAccount>().AsNoTracking().SingleOrDefaultAsync(row => row.MemberId == memberId, cancellationToken);
        var postings = await db.Set<Posting>().AsNoTracking().Where(row => row.MemberId == memberId).OrderBy(row => row.Sequence).ToListAsync(cancellationToken);
        var state = account is null ? AccountState.Empty : new AccountState(account.Available, account.Held, account.Owed, account.Sequence, account.Hash);
        return Ledger.FirstFault(state, postings);
    }
}
