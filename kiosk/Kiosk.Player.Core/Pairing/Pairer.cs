using System.Net;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Pairing;

/// <summary>Asks to be claimed: shows a code, waits for an admin, asks for a new code when it expires.</summary>
internal sealed class Pairer(PlayerOptions options, IHubTransport transport, IdentityStore store, LinkState state, TimeProvider time)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(2);

    /// <summary>A hub that never says "expired" is not believed for ever.</summary>
    private static readonly TimeSpan LongestCode = TimeSpan.FromMinutes(11);

    /// <summary>Set when the player was taken out of use; goes with the next claim.</summary>
    public bool Revoked { get; set; }

    /// <summary>Before there is a code.</summary>
    public PairingView Asking => new(null, null, null, options.HubAddress, Revoked);

    /// <summary>Runs until claimed.</summary>
    /// <param name="known">Identity of an earlier run; an open pairing of it goes on.</param>
    /// <exception cref="HttpRequestException">The hub is away or refuses; call again later.</exception>
    public async Task<Identity> PairAsync(Identity? known, CancellationToken cancellationToken)
    {
        while (true)
        {
            var identity = known is { PairingId: not null } ? known : await AskAsync(cancellationToken);
            known = null;
            state.Show(new PairingView(identity.Code, identity.ClaimUrl, identity.ExpiresAt, options.HubAddress, Revoked), null);
            if (await WaitForClaimAsync(identity, cancellationToken) is { } displayId)
            {
                var paired = new Identity(identity.Token, null, displayId);
                store.Save(paired);
                Revoked = false;
                return paired;
            }

            await Task.Delay(PollEvery, time, cancellationToken); // a confused hub must not be flooded
        }
    }

    private async Task<Identity> AskAsync(CancellationToken cancellationToken)
    {
        var token = IdentityStore.NewToken();
        var ticket = await transport.RequestPairingAsync(
            new PairingRequest(IdentityStore.HashOf(token), options.Version, options.ScreenWidth, options.ScreenHeight), cancellationToken);

        // Stored before the code is shown: a claim during a power cut is not lost.
        var identity = new Identity(token, ticket.Id, null, ticket.Code, ticket.ClaimUrl, ticket.ExpiresAt);
        store.Save(identity);
        return identity;
    }

    /// <summary>Null when the code has expired, which the hub says by its own clock.</summary>
    private async Task<Guid?> WaitForClaimAsync(Identity identity, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        do
        {
            switch (await PollAsync(identity, cancellationToken))
            {
                case { State: PairingState.Claimed, DisplayId: { } displayId }:
                    return displayId;
                case null or { State: PairingState.Expired }:
                    return null;
            }

            await Task.Delay(PollEvery, time, cancellationToken);
        }
        while (time.GetElapsedTime(asked) < LongestCode);

        return null;
    }

    private async Task<PairingStatus?> PollAsync(Identity identity, CancellationToken cancellationToken)
    {
        try
        {
            return await transport.GetPairingAsync(identity.PairingId!.Value, identity.Token, cancellationToken);
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Unauthorized)
        {
            return null;
        }
    }
}
