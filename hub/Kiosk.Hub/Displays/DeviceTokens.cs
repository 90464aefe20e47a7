using System.Security.Cryptography;
using System.Text;
using Kiosk.Hub.Auth;
using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;

namespace Kiosk.Hub.Displays;

/// <summary>Which display a device token belongs to. Known tokens are remembered until <see cref="Forget"/>.</summary>
internal sealed class DeviceTokens(IDbContextFactory<HubDbContext> contexts) : IDeviceTokens
{
    private readonly Lock _sync = new();
    private readonly Dictionary<string, Guid> _known = [];
    private int _forgotten;

    public async ValueTask<Guid?> FindDisplayAsync(string token, CancellationToken cancellationToken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        int forgotten;
        lock (_sync)
        {
            if (_known.TryGetValue(hash, out var known))
            {
                return known;
            }

            forgotten = _forgotten;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.Set<Display>().Where(display => display.TokenSha256 == hash)
            .Select(display => new { display.Id, display.TokenSha256 }).SingleOrDefaultAsync(cancellationToken);
        if (found is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(found.TokenSha256!), Encoding.ASCII.GetBytes(hash)))
        {
            return null;
        }

        lock (_sync)
        {
            // Revoked while it was being read: the next caller reads again.
            if (forgotten == _forgotten)
            {
                _known[hash] = found.Id;
            }
        }

        return found.Id;
    }

    /// <summary>The display's token has changed or is revoked.</summary>
    public void Forget(Guid displayId)
    {
        lock (_sync)
        {
            _forgotten++;
            foreach (var hash in _known.Where(pair => pair.Value == displayId).Select(pair => pair.Key).ToList())
            {
                _known.Remove(hash);
            }
        }
    }
}
