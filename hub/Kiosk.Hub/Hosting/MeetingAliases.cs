using System.Collections.Concurrent;
using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Hosting;

/// <summary>Which meeting a kiosk means by the id it gave one. Aliases are never changed, so what was found is remembered.</summary>
internal sealed class MeetingAliases(IDbContextFactory<HubDbContext> contexts)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<Guid, Guid> _known = new();

    public async ValueTask<Guid> ResolveAsync(Guid id, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(id, out var meeting))
        {
            return meeting;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.Set<MeetingAlias>().Where(alias => alias.Id == id).Select(alias => (Guid?)alias.MeetingId).SingleOrDefaultAsync(cancellationToken);
        // "None" may change; a meeting's own id is known for good once it is in the table of meetings.
        if (found is { } other || await db.Set<Meetings.Meeting>().AnyAsync(candidate => candidate.Id == id, cancellationToken))
        {
            if (_known.Count >= Most)
            {
                _known.Clear();
            }

            _known[id] = found ?? id;
        }

        return found ?? id;
    }
}
