namespace Kiosk.Hub.Media;

/// <summary>Cleans up once, before the hub takes requests and before jobs run, and lets what is being removed finish when it stops.</summary>
internal sealed class MediaStartUp(MediaFiles files) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => files.SweepAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => files.RemovedAsync(cancellationToken);
}
