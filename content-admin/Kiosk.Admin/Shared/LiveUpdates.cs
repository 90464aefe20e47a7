using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Microsoft.AspNetCore.SignalR.Client;

namespace Kiosk.Admin.Shared;

/// <summary>Hints from the hub that something changed; every open page reads again what it shows.</summary>
internal sealed class LiveUpdates(HttpClient http, Workspace workspace) : IAsyncDisposable
{
    private HubConnection? connection;

    /// <summary>Topic and id; a null topic means anything may have changed (after a gap).</summary>
    public event Action<string?, Guid?>? Changed;

    public async Task StartAsync()
    {
        if (connection is not null)
        {
            return;
        }

        connection = new HubConnectionBuilder()
            .WithUrl(new Uri(http.BaseAddress!, IOperatorClient.Route))
            .AddJsonProtocol(options => KioskJson.Apply(options.PayloadSerializerOptions))
            .WithAutomaticReconnect(new Endless())
            .Build();
        connection.On<string, Guid?>(nameof(IOperatorClient.Changed), (topic, id) => Changed?.Invoke(topic, id));
        connection.Reconnected += _ =>
        {
            Changed?.Invoke(null, null);
            return Task.CompletedTask;
        };

        for (var attempt = 0; workspace.SignedIn && connection is { State: HubConnectionState.Disconnected }; attempt++)
        {
            try
            {
                await connection.StartAsync();
            }
            catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException or TimeoutException or OperationCanceledException)
            {
                await Task.Delay(Endless.Wait(attempt), TimeProvider.System);
            }
        }
    }

    /// <summary>For another page that changed something itself and wants the rest to follow.</summary>
    public void Announce(string topic, Guid? id = null) => Changed?.Invoke(topic, id);

    public async Task StopAsync()
    {
        if (connection is { } open)
        {
            connection = null;
            await open.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private sealed class Endless : IRetryPolicy
    {
        public static TimeSpan Wait(long attempt) => TimeSpan.FromSeconds(Math.Min(30, 1 << (int)Math.Min(5, attempt)) * (0.5 + (Random.Shared.NextDouble() / 2)));

        public TimeSpan? NextRetryDelay(RetryContext retryContext) => Wait(retryContext.PreviousRetryCount);
    }
}
