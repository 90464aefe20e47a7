using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;

namespace Kiosk.Player.Core.Links;

/// <summary>One SignalR connection.</summary>
internal interface IHubLink : IAsyncDisposable
{
    event Action<FeedPush>? FeedChanged;

    event Action<DeviceCommand>? CommandGiven;

    /// <summary>Ends when the connection is gone.</summary>
    Task Closed { get; }

    Task ConnectAsync(CancellationToken cancellationToken);

    Task<HelloReply> HelloAsync(HelloRequest request, CancellationToken cancellationToken);

    Task AcknowledgeAsync(ReceiptBatch batch, CancellationToken cancellationToken);

    Task<CheckInBatchReply> UploadCheckInsAsync(CheckInBatch batch, CancellationToken cancellationToken);

    Task<HostActionBatchReply> UploadHostActionsAsync(HostActionBatch batch, CancellationToken cancellationToken);

    Task UploadPlaysAsync(PlayBatch batch, CancellationToken cancellationToken);

    Task<NumberTapReply> TapNumberAsync(NumberTap tap, CancellationToken cancellationToken);

    Task ReportCommandAsync(CommandReport report, CancellationToken cancellationToken);

    Task ReportStatusAsync(DisplayStatus status, CancellationToken cancellationToken);

    Task<DateTimeOffset> GetHubTimeAsync(CancellationToken cancellationToken);

    Task<CardSummaryReply> GetCardSummaryAsync(CardSummaryRequest request, CancellationToken cancellationToken);
}
