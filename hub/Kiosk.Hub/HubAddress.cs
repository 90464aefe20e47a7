using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Kiosk.Hub;

/// <summary>The address people and kiosks reach the hub at, without a trailing slash.</summary>
internal sealed class HubAddress(HubOptions options, IServer server)
{
    public string Value
    {
        get
        {
            if (!string.IsNullOrWhiteSpace(options.PublicAddress))
            {
                return options.PublicAddress.TrimEnd('/');
            }

            var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:8080";
            return listening.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).TrimEnd('/');
        }
    }
}
