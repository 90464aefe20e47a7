using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;

namespace Kiosk.Player.Core.Links;

/// <summary>The link of the moment, for what is asked now or not at all.</summary>
internal sealed class OpenLink
{
    private volatile IHubLink? link;

    /// <summary>Until disposed this link is asked.</summary>
    public IDisposable Hold(IHubLink opened)
    {
        link = opened;
        return new Holding(this, opened);
    }

    /// <summary>The page of a card's holder; null when the hub is out of reach or does not answer in time.</summary>
    public Task<CardSummaryReply?> AskAsync(CardSummaryRequest request, TimeSpan atMost, TimeProvider time) =>
        AskAsync((asked, limit) => asked.GetCardSummaryAsync(request, limit), atMost, time);

    /// <summary>What became of a number tapped on the screen; null when the hub is out of reach or does not answer in time.</summary>
    public Task<NumberTapReply?> TapAsync(NumberTap tap, TimeSpan atMost, TimeProvider time) =>
        AskAsync((asked, limit) => asked.TapNumberAsync(tap, limit), atMost, time);

    private async Task<T?> AskAsync<T>(Func<IHubLink, CancellationToken, Task<T>> ask, TimeSpan atMost, TimeProvider time)
        where T : class
    {
        if (link is not { } asked)
        {
            return null;
        }

        using var limit = new CancellationTokenSource(atMost, time);
        try
        {
            return await ask(asked, limit.Token);
        }
#pragma warning disable CA1031 // A link breaks in many ways; to the person waiting they are all "no network just now".
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private sealed class Holding(OpenLink owner, IHubLink opened) : IDisposable
    {
        public void Dispose()
        {
            if (owner.link == opened)
            {
                owner.link = null;
            }
        }
    }
}
