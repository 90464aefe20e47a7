using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Commands;

/// <summary>What displays sent is kept for days, the record of who asked for it for more than a year.</summary>
internal static class OldCommands
{
    public static async Task<int> RemoveAsync(HubDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (content, record) = (now - CommandRules.ContentKept, now - CommandRules.Kept);
        var pictures = await db.Set<ScreenPicture>().Where(picture => picture.At <= content).ExecuteDeleteAsync(cancellationToken);
        await db.Set<DisplayCommand>().Where(command => command.Log != null && command.FinishedAt <= content)
            .ExecuteUpdateAsync(set => set.SetProperty(command => command.Log, (string?)null), cancellationToken);
        return pictures + await db.Set<DisplayCommand>().Where(command => command.IssuedAt <= record).ExecuteDeleteAsync(cancellationToken);
    }
}
