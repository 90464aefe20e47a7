using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Hosting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Player.Core.Links;

/// <summary>The one place where method names of the device hub are spelled.</summary>
internal sealed class SignalRLink : IHubLink
{
    private readonly HubConnection connection;
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SignalRLink(Uri hubAddress, string token)
    {
        connection = new HubConnectionBuilder()
            .WithUrl(new Uri(hubAddress, DeviceRoutes.Hub.TrimStart('/')), options =>
            {
                options.Transports = HttpTransportType.WebSockets;
                options.SkipNegotiation = true;
                options.AccessTokenProvider = () => Task.FromResult<string?>(token);
            })
            .AddJsonProtocol(options => PlayerJson.Apply(options.PayloadSerializerOptions))
            .WithServerTimeout(TimeSpan.FromSeconds(25))
            .WithKeepAliveInterval(TimeSpan.FromSeconds(10))
            .Build();
        connection.HandshakeTimeout = TimeSpan.FromSeconds(10);
        connection.On<FeedPush>(nameof(IDeviceClient.FeedChanged), push => FeedChanged?.Invoke(push));
        connection.On<DeviceCommand>(nameof(IDeviceClient.CommandGiven), command => CommandGiven?.Invoke(command));
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public event Action<FeedPush>? FeedChanged;

    public event Action<DeviceCommand>? CommandGiven;

    public Task Closed => closed.Task;

    public Task ConnectAsync(CancellationToken cancellationToken) => connection.StartAsync(cancellationToken);

    public Task<HelloReply> HelloAsync(HelloRequest request, CancellationToken cancellationToken) =>
        connection.InvokeAsync<HelloReply>(nameof(IDeviceHub.Hello), request, cancellationToken);

    public Task AcknowledgeAsync(ReceiptBatch batch, CancellationToken cancellationToken) =>
        connection.InvokeAsync(nameof(IDeviceHub.Acknowledge), batch, cancellationToken);

    public Task<CheckInBatchReply> UploadCheckInsAsync(CheckInBatch batch, CancellationToken cancellationToken) =>
        connection.InvokeAsync<CheckInBatchReply>(nameof(IDeviceHub.UploadCheckIns), batch, cancellationToken);

    public Task<HostActionBatchReply> UploadHostActionsAsync(HostActionBatch batch, CancellationToken cancellationToken) =>
        connection.InvokeAsync<HostActionBatchReply>(nameof(IDeviceHub.UploadHostActions), batch, cancellationToken);

    public Task UploadPlaysAsync(PlayBatch batch, CancellationToken cancellationToken) =>
        connection.InvokeAsync(nameof(IDeviceHub.UploadPlays), batch, cancellationToken);

    public Task<NumberTapReply> TapNumberAsync(NumberTap tap, CancellationToken cancellationToken) =>
        connection.InvokeAsync<NumberTapReply>(nameof(IDeviceHub.TapNumber), tap, cancellationToken);

    public Task ReportCommandAsync(CommandReport report, CancellationToken cancellationToken) =>
        connection.InvokeAsync(nameof(IDeviceHub.ReportCommand), report, cancellationToken);

    public Task ReportStatusAsync(DisplayStatus status, CancellationToken cancellationToken) =>
        connection.InvokeAsync(nameof(IDeviceHub.ReportStatus), status, cancellationToken);

    public Task<DateTimeOffset> GetHubTimeAsync(CancellationToken cancellationToken) =>
        connection.InvokeAsync<DateTimeOffset>(nameof(IDeviceHub.GetHubTime), cancellationToken);

    public Task<CardSummaryReply> GetCardSummaryAsync(CardSummaryRequest request, CancellationToken cancellationToken) =>
        connection.InvokeAsync<CardSummaryReply>(nameof(IDeviceHub.GetCardSummary), request, cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
