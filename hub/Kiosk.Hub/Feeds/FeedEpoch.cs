using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Feeds;

/// <summary>The epoch of this database, made once; it does not change while the hub runs.</summary>
internal sealed class FeedEpoch(IDbContextFactory<HubDbContext> contexts, HubWriter writer)
{
    private string? _epoch;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken) => _epoch ??= await ReadAsync(cancellationToken);

    private async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<HubHistory>().Select(history => history.Epoch).SingleOrDefaultAsync(cancellationToken) is { } known)
        {
            return known;
        }

        var made = await writer.WriteAsync<string>(
            async (database, token) =>
            {
                var history = await database.Set<HubHistory>().SingleOrDefaultAsync(token);
                if (history is null)
                {
                    history = new HubHistory { Id = HubHistory.OnlyId, Epoch = Guid.NewGuid().ToString("N") };
                    database.Add(history);
                }

                return history.Epoch;
            },
            cancellationToken);
        return made.Value!;
    }
}
