using System.Collections.Concurrent;
using Kiosk.Contracts.Devices;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>Remembers what draws each display's screen, as its player says with every Hello; written only when it differs.</summary>
internal sealed class DisplayRenderers(HubWriter writer, IDbContextFactory<HubDbContext> contexts)
{
    private readonly ConcurrentDictionary<Guid, RendererKind> _noted = new();

    public async Task NoteAsync(Guid displayId, RendererKind renderer, CancellationToken cancellationToken)
    {
        if (_noted.TryGetValue(displayId, out var known) && known == renderer)
        {
            return;
        }

        // After a restart of the hub everybody says it at once: reading does not stand in the way of those who write.
        await using (var reading = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await reading.Set<Display>().AnyAsync(display => display.Id == displayId && display.Renderer == renderer, cancellationToken))
            {
                _noted[displayId] = renderer;
                return;
            }
        }

        await writer.WriteAsync<Done>(
            async (db, token) =>
            {
                if (await db.Set<Display>().SingleOrDefaultAsync(display => display.Id == displayId && display.Renderer != renderer, token) is { } display)
                {
                    display.Renderer = renderer;
                }

                return default(Done);
            },
            cancellationToken);
        _noted[displayId] = renderer;
    }
}
