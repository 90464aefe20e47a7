using Kiosk.Contracts.Devices;

namespace Kiosk.Player.Core.Links;

/// <summary>Says what the display is doing: on change, at most every 5 s, and at least every 40 s.</summary>
internal sealed class StatusReporter(Func<DisplayStatus> read, TimeProvider time)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(40);

    public async Task RunAsync(IHubLink link, CancellationToken cancellationToken)
    {
        string? said = null;
        var saidAt = 0L;
        while (true)
        {
            var status = read();
            var shape = Shape(status);
            if (shape != said || time.GetElapsedTime(saidAt) >= AtLeast)
            {
                await link.ReportStatusAsync(status, cancellationToken);
                (said, saidAt) = (shape, time.GetTimestamp());
            }

            await Task.Delay(AtMost, time, cancellationToken);
        }
    }

    /// <summary>What counts as a change: not a few bytes on the disk or milliseconds of the clock.</summary>
    private static string Shape(DisplayStatus s) => string.Join(
        '|', s.CurrentTitle, s.CurrentMediaId, s.Rule, s.Clock, s.ItemsReady, s.ItemsTotal, s.JournalPending, s.DownloadsFrom, s.RendererVersion, string.Join(',', s.Faults.Select(f => $"{f.Code} {f.Message} {f.Count}")));
}
