using System.Collections.Concurrent;
using System.Net;

namespace Kiosk.Hub.FairPlay;

/// <summary>Where each display last connected from: what the usual network of its room is learnt from. In memory only.</summary>
internal sealed class DisplayNetworks
{
    private readonly ConcurrentDictionary<Guid, IPAddress> _seen = new();

    public void Connected(Guid displayId, IPAddress? address)
    {
        if (address is not null)
        {
            _seen[displayId] = address;
        }
    }

    public IPAddress? Of(Guid displayId) => _seen.GetValueOrDefault(displayId);
}
