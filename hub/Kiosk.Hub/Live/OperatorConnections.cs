using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace Kiosk.Hub.Live;

/// <summary>The open connections of admin pages by session, so that they close with it.</summary>
internal sealed class OperatorConnections
{
    private readonly ConcurrentDictionary<string, (Guid Session, HubCallerContext Context)> _open = new();

    public IReadOnlyCollection<Guid> Sessions => [.. _open.Values.Select(connection => connection.Session).Distinct()];

    public void Add(Guid session, HubCallerContext context) => _open[context.ConnectionId] = (session, context);

    public void Remove(HubCallerContext context) => _open.TryRemove(context.ConnectionId, out _);

    public void Close(IReadOnlyCollection<Guid> sessions)
    {
        foreach (var (session, context) in _open.Values)
        {
            if (sessions.Contains(session))
            {
                context.Abort();
            }
        }
    }
}
