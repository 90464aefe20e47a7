using System.Collections.Concurrent;
using System.Collections.Immutable;
using Kiosk.Hub.Auth;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Kiosk.Hub.Devices;

/// <summary>Gives every connection a mailbox, so that one slow display never delays another.</summary>
internal sealed class DeviceMailboxes(
    ILogger<DefaultHubLifetimeManager<DeviceHub>> logger, IOptions<DeviceOptions> options, TimeProvider time)
    : DefaultHubLifetimeManager<DeviceHub>(logger)
{
    private static readonly object _key = new();

    private readonly ConcurrentDictionary<string, Mailbox> _byConnection = new();
    private readonly ConcurrentDictionary<Guid, ImmutableArray<Mailbox>> _byDisplay = new();

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var mailbox = new Mailbox(
            DevicePrincipal.DisplayId(connection.User),
            (message, token) => connection.WriteAsync(message, token),
            connection.Abort,
            options.Value.DrainLimit,
            time);
        connection.Items[_key] = mailbox;
        _byConnection[connection.ConnectionId] = mailbox;
        _byDisplay.AddOrUpdate(mailbox.DisplayId, _ => [mailbox], (_, others) => others.Add(mailbox));
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_byConnection.TryRemove(connection.ConnectionId, out var mailbox))
        {
            mailbox.Dispose();
            var left = _byDisplay.AddOrUpdate(mailbox.DisplayId, _ => [], (_, others) => others.Remove(mailbox));
            if (left.IsEmpty)
            {
                ((ICollection<KeyValuePair<Guid, ImmutableArray<Mailbox>>>)_byDisplay).Remove(new(mailbox.DisplayId, left));
            }
        }

        return base.OnDisconnectedAsync(connection);
    }

    /// <summary>The mailbox of a hub method's caller.</summary>
    public static Mailbox Of(HubCallerContext caller) => (Mailbox)caller.Items[_key]!;

    /// <summary>Every open mailbox.</summary>
    public IEnumerable<Mailbox> All => _byConnection.Select(pair => pair.Value);

    public int Count => _byConnection.Count;

    public IReadOnlyList<Mailbox> OfDisplay(Guid displayId) => _byDisplay.TryGetValue(displayId, out var found) ? found : [];

    public bool IsOnline(Guid displayId) => _byDisplay.TryGetValue(displayId, out var found) && !found.IsEmpty;

    /// <summary>Cuts every connection of a display.</summary>
    public void Abort(Guid displayId)
    {
        foreach (var mailbox in OfDisplay(displayId))
        {
            mailbox.Abort();
        }
    }
}
