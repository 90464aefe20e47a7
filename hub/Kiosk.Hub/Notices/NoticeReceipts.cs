using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Devices;
using Kiosk.Hub.Displays;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Notices;

/// <summary>How far a notice got: every display it is for now, also those that never connected.</summary>
internal sealed class NoticeReceipts(HubDbContext db, DisplayPresence presence)
{
    public async Task<ReceiptCounts> CountAsync(Notice notice, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var targeted = Targeted(notice, scopes);
        var total = await targeted.CountAsync(cancellationToken);
        var states = await Current(notice).Where(receipt => targeted.Any(display => display.Id == receipt.DisplayId))
            .GroupBy(receipt => receipt.State).Select(group => new { State = group.Key, Count = group.Count() })
            .ToDictionaryAsync(group => group.State, group => group.Count, cancellationToken);
        var (ready, painted, failed) = (
            states.GetValueOrDefault(ReceiptState.Ready), states.GetValueOrDefault(ReceiptState.Painted), states.GetValueOrDefault(ReceiptState.Failed));
        return new ReceiptCounts(total, total - ready - painted - failed, ready, painted, failed);
    }

    /// <summary>Failed first, then those that have not said anything, then the others; by name within.</summary>
    public async Task<Page<NoticeReceipt>> ListAsync(
        Notice notice, IReadOnlyList<string> scopes, ReceiptState? state, int skip, int take, CancellationToken cancellationToken)
    {
        var rows =
            from display in Targeted(notice, scopes)
            join unit in db.Set<OrgUnit>() on display.OrgUnitId equals unit.Id
            join receipt in Current(notice) on display.Id equals receipt.DisplayId into found
            from receipt in found.DefaultIfEmpty()
            select new
            {
                Display = new { display.Id, display.Name },
                unit.Name,
                State = receipt == null ? ReceiptState.Queued : receipt.State,
                Order = receipt == null ? 1 : receipt.State == ReceiptState.Failed ? 0 : receipt.State == ReceiptState.Ready ? 2 : 3,
                Code = receipt == null ? null : receipt.Code,
                Detail = receipt == null ? null : receipt.Detail,
                At = receipt == null ? (DateTimeOffset?)null : receipt.At,
            };
        if (state is { } wanted)
        {
            var order = wanted switch { ReceiptState.Failed => 0, ReceiptState.Queued => 1, ReceiptState.Ready => 2, _ => 3 };
            rows = rows.Where(row => row.Order == order);
        }

        var total = await rows.CountAsync(cancellationToken);
        var page = await rows.OrderBy(row => row.Order).ThenBy(row => row.Display.Name).ThenBy(row => row.Display.Id)
            .Skip(skip).Take(take).ToListAsync(cancellationToken);
        return new Page<NoticeReceipt>(
            [.. page.Select(row => new NoticeReceipt(
                row.Display.Id, row.Display.Name, row.Name, presence.IsOnline(row.Display.Id), row.State, row.Code, row.Detail, row.At))],
            total);
    }

    // Who follows a feed that carries it: the scope's displays whose audience of the moment may see it.
    private IQueryable<Display> Targeted(Notice notice, IReadOnlyList<string> scopes)
    {
        var keys = NoticeFeeds.KeysOf(scopes, notice.Disclosure);
        return db.Set<Display>().Where(display => display.TokenSha256 != null
            && db.Set<DisplayFollow>().Any(follow => follow.DisplayId == display.Id && keys.Contains(follow.FeedKey)));
    }

    private IQueryable<DeviceReceipt> Current(Notice notice)
    {
        var (id, version) = (notice.Id.ToString("N"), (long)notice.Version);
        return db.Set<DeviceReceipt>().Where(receipt => receipt.Subject == ReceiptSubject.Notice && receipt.SubjectId == id && receipt.Version == version);
    }
}
