using System.Threading.Channels;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Shared;
using Microsoft.AspNetCore.SignalR;

namespace Kiosk.Hub.Live;

/// <summary>Merges "something changed" to at most four hints a second and topic, the first at once.</summary>
internal sealed partial class OperatorHints(IHubContext<OperatorHub, IOperatorClient> pages, TimeProvider time, ILogger<OperatorHints> logger)
    : BackgroundService, IChangeSignals
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _sync = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Dictionary<string, Guid?> _pending = [];

    /// <summary>Never blocks. Two different ids of a topic become "many" (null).</summary>
    public void Changed(string topic, Guid? id)
    {
        lock (_sync)
        {
            _pending[topic] = !_pending.TryGetValue(topic, out var waiting) || waiting == id ? id : null;
        }

        _wake.Writer.TryWrite(true);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _wake.Reader.WaitToReadAsync(stoppingToken))
        {
            _wake.Reader.TryRead(out _);
            foreach (var (topic, id) in Take())
            {
                try
                {
                    await pages.Clients.All.Changed(topic, id).WaitAsync(Interval, time, stoppingToken);
                }
                catch (Exception exception) when (exception.IsFault(stoppingToken))
                {
                    LogHintFailed(exception, topic);
                }
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    private Dictionary<string, Guid?> Take()
    {
        lock (_sync)
        {
            var taken = _pending;
            _pending = [];
            return taken;
        }
    }

    [LoggerMessage(3301, LogLevel.Debug, "A page did not take the hint about {Topic} at once.")]
    private partial void LogHintFailed(Exception exception, string topic);
}
