using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Kiosk.Player.Core.Links;

namespace Kiosk.Testing.Offline;

/// <summary>How often check-ins were sent and how often the answer got lost.</summary>
internal sealed class Losses(Random random)
{
    public int Uploads { get; private set; }

    public int Lost { get; private set; }

    public bool Next()
    {
        Uploads++;
        var lost = random.Next(4) == 0;
        Lost += lost ? 1 : 0;
        return lost;
    }
}

/// <summary>The real link to the hub over a line that breaks after the hub has committed and before the kiosk hears of it.</summary>
internal sealed class LossyLink(IHubLink link, Losses losses) : IHubLink
{
    public event Action<FeedPush>? FeedChanged
    {
        add => link.FeedChanged += value;
        remove => link.FeedChanged -= value;
    }

    public Task Closed => link.Closed;

    public Task ConnectAsync(CancellationToken cancellationToken) => link.ConnectAsync(cancellationToken);

    public Task<HelloReply> HelloAsync(HelloRequest request, CancellationToken cancellationToken) => link.HelloAsync(request, cancellationToken);

    public Task AcknowledgeAsync(ReceiptBatch batch, CancellationToken cancellationToken) => link.AcknowledgeAsync(batch, cancellationToken);

    public async Task<CheckInBatchReply> UploadCheckInsAsync(CheckInBatch batch, CancellationToken cancellationToken)
    {
        var reply = await link.UploadCheckInsAsync(batch, cancellationToken);
        return losses.Next() ? throw new IOException("The answer was lost.") : reply;
    }

    public Task<HostActionBatchReply> UploadHostActionsAsync(HostActionBatch batch, CancellationToken cancellationToken) => link.UploadHostActionsAsync(batch, cancellationToken);

    public Task ReportStatusAsync(DisplayStatus status, CancellationToken cancellationToken) => link.ReportStatusAsync(status, cancellationToken);

    public Task<DateTimeOffset> GetHubTimeAsync(CancellationToken cancellationToken) => link.GetHubTimeAsync(cancellationToken);

    public Task<CardSummaryReply> GetCardSummaryAsync(CardSummaryRequest request, CancellationToken cancellationToken) => link.GetCardSummaryAsync(request, cancellationToken);

    public ValueTask DisposeAsync() => link.DisposeAsync();
}
