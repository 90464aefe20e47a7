using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Kiosk.Hub.Shared;

/// <summary>A setting names something that is neither an address nor a network.</summary>
internal sealed class TrustedProxyException(string entry) : Exception(entry);

/// <summary>
/// Who calls, behind reverse proxies: X-Forwarded-For and X-Forwarded-Proto count as far as they were written by a proxy of the settings file, from the nearest hop outwards;
/// from anybody else they are ignored, so that nobody chooses the address limits and flags see.
/// </summary>
internal static class TrustedProxies
{
    /// <exception cref="TrustedProxyException">An entry is neither an address nor a network.</exception>
    public static ForwardedHeadersOptions Read(IReadOnlyList<string> entries)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = entries.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As many hops as are trusted, each by its own address.
            ForwardLimit = null,
        };
        // The framework trusts this machine by itself; here only what the settings say counts.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var entry in entries)
        {
            if (IPAddress.TryParse(entry.Trim(), out var address))
            {
                options.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(entry.Trim(), out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new TrustedProxyException(entry);
            }
        }

        return options;
    }
}
