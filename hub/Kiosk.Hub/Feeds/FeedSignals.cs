using System.Threading.Channels;

namespace Kiosk.Hub.Feeds;

/// <summary>
/// From "committed" to the push: only "feed X is at version N" travels, and whoever listens reads the document itself.
/// Signals between hubs arrive here the same way. One that gets lost is healed by the displays' reconcile pull.
/// </summary>
internal sealed class FeedSignals
{
    private readonly Lock _sync = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Dictionary<string, long> _pending = [];

    /// <summary>Never blocks; signals for one feed merge into the newest.</summary>
    public void Committed(string key, long version)
    {
        lock (_sync)
        {
            _pending[key] = Math.Max(version, _pending.GetValueOrDefault(key));
        }

        _wake.Writer.TryWrite(true);
    }

    /// <summary>Waits for signals and takes all there are.</summary>
    public async ValueTask<IReadOnlyDictionary<string, long>> TakeAsync(CancellationToken cancellationToken)
    {
        await _wake.Reader.ReadAsync(cancellationToken);
        lock (_sync)
        {
            var taken = _pending;
            _pending = [];
            return taken;
        }
    }
}
