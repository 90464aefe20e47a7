namespace Kiosk.Player.Core.Clocks;

/// <summary>Asks for the time several times and believes the answer that came back fastest.</summary>
internal static class ClockSamples
{
    public static async Task MeasureAsync(PlayerClock clock, Func<CancellationToken, Task<DateTimeOffset>> askHub, int samples, CancellationToken cancellationToken)
    {
        var best = (RoundTrip: long.MaxValue, HubTime: default(DateTimeOffset), AtMs: 0L);
        for (var i = 0; i < samples; i++)
        {
            var sent = clock.MonotonicMs;
            var hubTime = await askHub(cancellationToken);
            var roundTrip = clock.MonotonicMs - sent;
            if (roundTrip < best.RoundTrip)
            {
                best = (roundTrip, hubTime, sent + roundTrip / 2);
            }
        }

        clock.Synchronise(best.HubTime, best.AtMs);
    }
}
