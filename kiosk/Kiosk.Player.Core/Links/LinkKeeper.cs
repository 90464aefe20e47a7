using Kiosk.Player.Core.Clocks;
using Kiosk.Player.Core.Pairing;
using Kiosk.Player.Core.View;
using Microsoft.Extensions.Logging;

namespace Kiosk.Player.Core.Links;

/// <summary>Keeps the player paired and connected, for ever: the first try at once, retries with jitter.</summary>
internal sealed partial class LinkKeeper(
    PlayerOptions options, IHubTransport transport, IdentityStore identities, Pairer pairer, HubSession session, LinkState state, PlayerClock clock,
    Func<string?> epoch, Action connected, Action refused, Func<double> random, TimeProvider time, ILogger log)
{
    private volatile Identity? identity = identities.Load();
    private TimeSpan refusedFor;
    private long? refusedAt;

    /// <summary>Token for HTTP, or null while not paired.</summary>
    public string? Token => identity is { IsPaired: true } paired ? paired.Token : null;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var attempt = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var wasUp = false;
            try
            {
                if (identity is not { IsPaired: true })
                {
                    state.Show(pairer.Asking, null);
                    identity = await pairer.PairAsync(identities.Load(), cancellationToken);
                    state.Show(null, null);
                }

                await using var link = transport.CreateLink(identity.Token);
                await session.RunAsync(link, identity.Token, () => Up(ref wasUp), cancellationToken);
                Down(null);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                LogAway(options.HubAddress, LinkProblem.Of(e, options.HubAddress).Code, e.GetType().Name, e.GetBaseException().Message);
                Down(e);
            }

            var standing = await StandingAsync(cancellationToken);
            Count(standing.IsRefused);
            if (standing.IsRefused && MustGo(standing))
            {
                attempt = 0;
                continue;
            }

            attempt = wasUp ? 1 : attempt + 1;
            await Task.Delay(Backoff.Delay(attempt, random()), time, cancellationToken);
        }
    }

    private void Up(ref bool wasUp)
    {
        wasUp = true;
        (refusedFor, refusedAt) = (TimeSpan.Zero, null);
        LogUp(options.HubAddress);
        KnowHub();
        state.Up();
        connected();
    }

    private void KnowHub()
    {
        if (identity is not { IsPaired: true } known || known.Hub == options.HubAddress)
        {
            return;
        }

        try
        {
            identity = known with { Hub = options.HubAddress };
            identities.Save(identity);
        }
        catch (IdentityNotKeptException)
        {
            // the next start writes it
        }
    }

    private void Down(Exception? why)
    {
        clock.Release();
        var problem = why is null ? new RefusalView("hub_unreachable", options.HubAddress) : LinkProblem.Of(why, options.HubAddress);
        state.Down(problem);
        if (identity is not { IsPaired: true })
        {
            state.Show(pairer.Asking, problem);
        }
    }

    /// <summary>Only the hub's own 401 takes this device out of use; anything else may be a bad day of the network.</summary>
    private async Task<TokenStanding> StandingAsync(CancellationToken cancellationToken)
    {
        if (identity is not { DisplayId: { } displayId } paired)
        {
            return default;
        }

        try
        {
            return await transport.StandingAsync(paired.Token, displayId, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }

    /// <summary>Only while the hub is there and says no: over a night without one nobody could have put it right.</summary>
    private void Count(bool isRefused)
    {
        refusedFor += isRefused && refusedAt is { } before ? time.GetElapsedTime(before) : TimeSpan.Zero;
        refusedAt = isRefused ? time.GetTimestamp() : null;
    }

    /// <summary>
    /// Refused by the history that knew it, the device was revoked and shows nothing more. By another, a hub restored or started on other data, it may be known again once
    /// that is put right, and nobody should have to go to every screen for it: it plays on for a while, and then asks to be paired with its identity kept aside. A device
    /// that was given another address asks at once.
    /// </summary>
    private bool MustGo(TokenStanding standing)
    {
        var (former, own) = (identity!, epoch());
        var isElsewhere = own is not null && standing.Epoch is { } theirs && own != theirs;
        if (isElsewhere && (former.Hub ?? options.HubAddress) == options.HubAddress && refusedFor < options.UnrecognisedFor)
        {
            return false;
        }

        (identity, refusedFor, refusedAt) = (null, TimeSpan.Zero, null);
        refused();
        if (isElsewhere)
        {
            LogUnrecognised();
            pairer.SetAside(former, own!);
        }
        else
        {
            LogRevoked();
            pairer.TakenOutOfUse();
        }

        identities.Forget();
        return true;
    }

    [LoggerMessage(1001, LogLevel.Information, "Connected to {Address}")]
    private partial void LogUp(string address);

    [LoggerMessage(1002, LogLevel.Information, "No link to {Address}: {Code}, {Kind} {Reason}")]
    private partial void LogAway(string address, string code, string kind, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "The hub does not know this device any more; it pairs anew")]
    private partial void LogRevoked();

    [LoggerMessage(1004, LogLevel.Warning, "The hub runs on data that never knew this device; it can be paired anew, and is back by itself once it is known again")]
    private partial void LogUnrecognised();
}
