using System.Net;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Pairing;

/// <summary>Asks to be claimed: shows a code, waits for an admin, asks for a new code when it expires.</summary>
internal sealed class Pairer(PlayerOptions options, IHubTransport transport, IdentityStore store, LinkState state, TimeProvider time)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(2);

    /// <summary>Runs until claimed.</summary>
    /// <exception cref="HttpRequestException">The hub is away or refuses; call again later.</exception>
    public async Task<Identity> PairAsync(Identity? known, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (identity, ticket) = known is { PairingId: not null } ? (known, null) : await AskAsync(cancellationToken);
            known = null;
            state.Show(new PairingView(ticket?.Code, ticket?.ClaimUrl, ticket?.ExpiresAt, options.HubAddress), null);
            var lifetime = ticket is null ? TimeSpan.Zero : ticket.ExpiresAt - ticket.HubTime;
            if (await WaitForClaimAsync(identity, lifetime, cancellationToken) is { } displayId)
            {
                var paired = identity with { PairingId = null, DisplayId = displayId };
                store.Save(paired);
                return paired;
            }
        }
    }

    private async Task<(Identity, PairingTicket?)> AskAsync(CancellationToken cancellationToken)
    {
        var token = IdentityStore.NewToken();
        var ticket = await transport.RequestPairingAsync(
            new PairingRequest(IdentityStore.HashOf(token), options.Version, options.ScreenWidth, options.ScreenHeight), cancellationToken);

        // Stored before the code is shown: a claim during a power cut is not lost.
        var identity = new Identity(token, ticket.Id, null);
        store.Save(identity);
        return (identity, ticket);
    }

    /// <param name="lifetime">How long the code is good, by the hub's clock; zero asks once, for a code of an earlier run.</param>
    private async Task<Guid?> WaitForClaimAsync(Identity identity, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        do
        {
            var status = await PollAsync(identity, cancellationToken);
            if (status is { State: PairingState.Claimed, DisplayId: { } displayId })
            {
                return displayId;
            }

            if (status is null or { State: PairingState.Expired } || lifetime == TimeSpan.Zero)
            {
                return null;
            }

            await Task.Delay(PollEvery, time, cancellationToken);
        }
        while (time.GetElapsedTime(asked) < lifetime);

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
