using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Kiosk.Testing;

/// <summary>A paired player over a real SignalR connection that remembers everything the hub told it.</summary>
internal sealed class DisplayClient : IAsyncDisposable
{
    private readonly Uri _address;
    private readonly HubConnection _connection;
    private readonly ConcurrentDictionary<string, FeedPush> _feeds = new();
    private readonly ConcurrentQueue<FeedPush> _pushes = new();
    private readonly ConcurrentQueue<DeviceCommand> _commands = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DisplayClient(Uri address, Guid displayId, string token)
    {
        (_address, DisplayId, Token) = (address, displayId, token);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(address, DeviceRoutes.Hub), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
            options.Headers["Authorization"] = "Bearer " + token;
        });
        builder.AddJsonProtocol(json => KioskJson.Apply(json.PayloadSerializerOptions));
        _connection = builder.Build();
        _connection.On<FeedPush>(nameof(IDeviceClient.FeedChanged), Take);
        _connection.On<DeviceCommand>(nameof(IDeviceClient.CommandGiven), _commands.Enqueue);
        _connection.Closed += reason =>
        {
            ClosedBecause = reason;
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
        Http = new HttpClient { BaseAddress = address };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Commands that were pushed, in the order of arrival.</summary>
    public IReadOnlyList<DeviceCommand> Commands => [.. _commands];

    public Guid DisplayId { get; }

    public string Token { get; }

    /// <summary>Requests with the device token.</summary>
    public HttpClient Http { get; }

    /// <summary>Completes when the hub or the network ended the connection.</summary>
    public Task Closed => _closed.Task;

    public Exception? ClosedBecause { get; private set; }

    public IReadOnlyList<string> Follows { get; private set; } = [];

    /// <summary>Every push and answer, in the order of arrival.</summary>
    public IReadOnlyList<FeedPush> Arrivals => [.. _pushes];

    /// <summary>Whether a version ever went back within its epoch.</summary>
    public bool WentBack { get; private set; }

    public IReadOnlyDictionary<string, FeedPush> Feeds => _feeds;

    /// <summary>Called on every push, before it is remembered.</summary>
    public Action<FeedPush>? OnPush { get; set; }

    public static string NewToken() => "kd_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    public Task ConnectAsync(CancellationToken cancellationToken) => _connection.StartAsync(cancellationToken);

    /// <summary>Says Hello with what it holds, or with what a test makes it claim.</summary>
    public async Task<HelloReply> HelloAsync(CancellationToken cancellationToken, IReadOnlyDictionary<string, FeedVersion>? holds = null, RendererKind renderer = RendererKind.Browser)
    {
        var reply = await _connection.InvokeAsync<HelloReply>(nameof(IDeviceHub.Hello), new HelloRequest(holds ?? Holds(), "test", renderer), cancellationToken);
        Follows = reply.Follows;
        foreach (var push in reply.Changed)
        {
            Take(push);
        }

        return reply;
    }

    public IReadOnlyDictionary<string, FeedVersion> Holds() => _feeds.Values.ToDictionary(push => push.Key, push => new FeedVersion(push.Epoch, push.Version, push.Sha256));

    public Task AcknowledgeAsync(CancellationToken cancellationToken, params Receipt[] receipts) =>
        _connection.InvokeAsync(nameof(IDeviceHub.Acknowledge), new ReceiptBatch(receipts), cancellationToken);

    public Task ReportCommandAsync(CommandReport report, CancellationToken cancellationToken) =>
        _connection.InvokeAsync(nameof(IDeviceHub.ReportCommand), report, cancellationToken);

    public Task ReportStatusAsync(DisplayStatus status, CancellationToken cancellationToken) =>
        _connection.InvokeAsync(nameof(IDeviceHub.ReportStatus), status, cancellationToken);

    public Task<CheckInBatchReply> UploadCheckInsAsync(CheckInBatch batch, CancellationToken cancellationToken) =>
        _connection.InvokeAsync<CheckInBatchReply>(nameof(IDeviceHub.UploadCheckIns), batch, cancellationToken);

    public Task UploadPlaysAsync(PlayBatch batch, CancellationToken cancellationToken) =>
        _connection.InvokeAsync(nameof(IDeviceHub.UploadPlays), batch, cancellationToken);

    public Task<NumberTapReply> TapNumberAsync(NumberTap tap, CancellationToken cancellationToken) =>
        _connection.InvokeAsync<NumberTapReply>(nameof(IDeviceHub.TapNumber), tap, cancellationToken);

    public Task<DateTimeOffset> GetHubTimeAsync(CancellationToken cancellationToken) =>
        _connection.InvokeAsync<DateTimeOffset>(nameof(IDeviceHub.GetHubTime), cancellationToken);

    public Task<CardSummaryReply> GetCardSummaryAsync(string card, string language, CancellationToken cancellationToken) =>
        _connection.InvokeAsync<CardSummaryReply>(nameof(IDeviceHub.GetCardSummary), new CardSummaryRequest(card, language), cancellationToken);

    /// <summary>The document of a feed it holds.</summary>
    public T Document<T>(string key) => JsonSerializer.Deserialize<T>(_feeds[key].Body!, KioskJson.Options)!;

    /// <summary>Waits until what it holds satisfies a condition.</summary>
    public Task UntilAsync(Func<DisplayClient, bool> condition, CancellationToken cancellationToken) =>
        Eventually.TrueAsync(() => condition(this), cancellationToken);

    public async Task<(HttpStatusCode Status, string Body, string? ETag)> GetAsync(string path, CancellationToken cancellationToken, string? etag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (etag is not null)
        {
            request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(etag));
        }

        using var response = await Http.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), response.Headers.ETag?.Tag);
    }

    /// <summary>The same player on a new connection, remembering nothing.</summary>
    public DisplayClient Again() => new(_address, DisplayId, Token);

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        Http.Dispose();
    }

    private void Take(FeedPush push)
    {
        OnPush?.Invoke(push);
        _pushes.Enqueue(push);
        _feeds.AddOrUpdate(push.Key, push, (_, held) =>
        {
            WentBack |= held.Epoch == push.Epoch && push.Version < held.Version;
            return push;
        });
    }
}
