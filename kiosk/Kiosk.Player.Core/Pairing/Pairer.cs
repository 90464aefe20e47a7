using System.Net;
using Kiosk.Contracts.Devices;
using Kiosk.Player.Core.Links;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Pairing;

/// <summary>Asks to be claimed: shows a code, waits for an admin, asks for a new code when it expires.</summary>
/// <param name="forgotten">The records of the identity before are nobody's business any more.</param>
internal sealed class Pairer(PlayerOptions options, IHubTransport transport, IdentityStore store, LinkState state, Action forgotten, TimeProvider time)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AskForFormerEvery = TimeSpan.FromSeconds(20);

    /// <summary>A hub that never says "expired" is not believed for ever.</summary>
    private static readonly TimeSpan LongestCode = TimeSpan.FromMinutes(11);

    private Identity? former = store.LoadFormer();
    private PairingReason reason;

    /// <summary>Before there is a code.</summary>
    public PairingView Asking => new(null, null, null, options.HubAddress, Reason);

    private PairingReason Reason => former is null ? reason : PairingReason.Unrecognised;

    /// <summary>The player was taken out of use; it says so until it is claimed again.</summary>
    public void TakenOutOfUse()
    {
        reason = PairingReason.Revoked;
        ForgetFormer();
        forgotten();
    }

    /// <summary>
    /// A hub of another history does not know this device: the identity and what was recorded under it are kept, and the hub is asked again while the device waits to be
    /// claimed.
    /// </summary>
    /// <param name="epoch">The history that knew it.</param>
    public void SetAside(Identity identity, string epoch)
    {
        former = identity with { Epoch = epoch };
        store.SaveFormer(former);
    }

    /// <summary>Runs until claimed, or until the hub knows the former identity again.</summary>
    /// <param name="known">Identity of an earlier run; an open pairing of it goes on.</param>
    /// <exception cref="HttpRequestException">The hub is away or refuses; call again later.</exception>
    public async Task<Identity> PairAsync(Identity? known, CancellationToken cancellationToken)
    {
        if (await ReturnedAsync(cancellationToken) is { } returned)
        {
            return Become(returned);
        }

        while (true)
        {
            var identity = known is { PairingId: not null } ? known : await AskAsync(cancellationToken);
            known = null;
            state.Show(new PairingView(identity.Code, identity.ClaimUrl, identity.ExpiresAt, options.HubAddress, Reason), null);
            if (await WaitForClaimAsync(identity, cancellationToken) is { } paired)
            {
                return Become(paired);
            }

            await Task.Delay(PollEvery, time, cancellationToken); // a confused hub must not be flooded
        }
    }

    private Identity Become(Identity paired)
    {
        store.Save(paired);
        var isAnother = former is not null && former.Token != paired.Token;
        ForgetFormer();
        reason = PairingReason.None;
        if (isAnother)
        {
            forgotten();
        }

        return paired;
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
    private async Task<Identity?> WaitForClaimAsync(Identity identity, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        var askedForFormer = asked;
        do
        {
            switch (await PollAsync(identity, cancellationToken))
            {
                case { State: PairingState.Claimed, DisplayId: { } displayId }:
                    return new Identity(identity.Token, null, displayId);
                case null or { State: PairingState.Expired }:
                    return null;
            }

            if (time.GetElapsedTime(askedForFormer) >= AskForFormerEvery)
            {
                askedForFormer = time.GetTimestamp();
                if (await ReturnedAsync(cancellationToken) is { } returned)
                {
                    return returned;
                }
            }

            await Task.Delay(PollEvery, time, cancellationToken);
        }
        while (time.GetElapsedTime(asked) < LongestCode);

        return null;
    }

    /// <summary>The former identity, once the hub knows it again. One that the history it belongs to has refused by now is let go.</summary>
    private async Task<Identity?> ReturnedAsync(CancellationToken cancellationToken)
    {
        if (former is not { DisplayId: { } displayId } aside)
        {
            return null;
        }

        var standing = await transport.StandingAsync(aside.Token, displayId, cancellationToken);
        if (standing.IsRefused && standing.Epoch == aside.Epoch)
        {
            TakenOutOfUse();
        }

        return standing.IsGood ? aside with { Epoch = null } : null;
    }

    private void ForgetFormer()
    {
        former = null;
        store.ForgetFormer();
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
