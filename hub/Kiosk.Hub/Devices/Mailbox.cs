using Microsoft.AspNetCore.SignalR;

namespace Kiosk.Hub.Devices;

/// <summary>A feed at a version, serialised once for all who get it.</summary>
internal sealed record FeedMessage(string Key, string Epoch, long Version, SerializedHubMessage Message);

/// <summary>
/// What one connection still has to be told: the newest version per feed, nothing older. It never makes a sender wait,
/// holds at most one message per followed feed, and ends a connection that does not drain.
/// A version never goes back on a connection, answers to <c>Hello</c> included.
/// </summary>
internal sealed class Mailbox(
    Guid displayId, Func<SerializedHubMessage, CancellationToken, ValueTask> write, Action abort, TimeSpan drainLimit, TimeProvider time) : IDisposable
{
    private readonly Lock _sync = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Queue<string> _order = new();
    private readonly Dictionary<string, FeedMessage> _pending = [];
    private readonly Dictionary<string, (string Epoch, long Version)> _sent = [];
    private HashSet<string> _follows = [];
    private long _followsVersion = -1;
    private bool _draining;
    private int _held;

    public Guid DisplayId { get; } = displayId;

    /// <summary>Replaced as a whole, never changed.</summary>
    public IReadOnlySet<string> Follows => Volatile.Read(ref _follows);

    /// <summary>Whether it has said Hello; nothing is sent before.</summary>
    public bool Greeted => Volatile.Read(ref _followsVersion) >= 0;

    /// <summary>Messages waiting; never more than feeds followed.</summary>
    public int Waiting
    {
        get
        {
            lock (_sync)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>Sets what the connection may receive and drops what it may not any more.</summary>
    /// <param name="version">Version of the display document the follows belong to; one that is not newer is ignored.</param>
    /// <returns>The feeds added.</returns>
    public IReadOnlyCollection<string> Follow(IEnumerable<string> follows, long version)
    {
        lock (_sync)
        {
            if (version <= _followsVersion)
            {
                return [];
            }

            var before = _follows;
            Volatile.Write(ref _follows, follows.ToHashSet(StringComparer.Ordinal));
            Volatile.Write(ref _followsVersion, version);
            foreach (var key in before)
            {
                if (!_follows.Contains(key))
                {
                    _pending.Remove(key);
                    _sent.Remove(key);
                }
            }

            return [.. _follows.Where(key => !before.Contains(key))];
        }
    }

    /// <summary>Puts a message in, in place of an older one of its feed. Returns at once.</summary>
    public void Post(FeedMessage message) => Post(message, beside: false);

    /// <summary>The same for what is no feed; keys are few. Before Hello nothing is sent: its answer brings it.</summary>
    public void PostBeside(FeedMessage message) => Post(message, beside: true);

    private void Post(FeedMessage message, bool beside)
    {
        lock (_sync)
        {
            if ((beside ? _followsVersion < 0 : !_follows.Contains(message.Key))
                || (_sent.TryGetValue(message.Key, out var sent) && sent.Epoch == message.Epoch && sent.Version >= message.Version)
                || (_pending.TryGetValue(message.Key, out var waiting) && waiting.Epoch == message.Epoch && waiting.Version >= message.Version))
            {
                return;
            }

            if (!_pending.ContainsKey(message.Key))
            {
                _order.Enqueue(message.Key);
            }

            _pending[message.Key] = message;
            if (_draining)
            {
                return;
            }

            _draining = true;
        }

        _ = DrainAsync();
    }

    /// <summary>
    /// Stops the pushes while an answer with feed versions is made and written; <see cref="Answered"/> lets them go on.
    /// Without it a newer push could overtake the answer.
    /// </summary>
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        Volatile.Write(ref _held, 1);
    }

    /// <summary>Notes that the answer carries this version.</summary>
    public void Sent(string key, string epoch, long version)
    {
        lock (_sync)
        {
            _sent[key] = (epoch, version);
            if (_pending.TryGetValue(key, out var waiting) && waiting.Epoch == epoch && waiting.Version <= version)
            {
                _pending.Remove(key);
            }
        }
    }

    /// <summary>The answer is in the connection's buffer, or there will be none.</summary>
    public void Answered()
    {
        if (Interlocked.Exchange(ref _held, 0) == 1)
        {
            _turn.Release();
        }
    }

    /// <summary>Ends the connection.</summary>
    public void Abort()
    {
        _closed.Cancel();
        abort();
    }

    public void Dispose()
    {
        lock (_sync)
        {
            // Nothing is taken in any more.
            _draining = true;
            _pending.Clear();
            _order.Clear();
        }

        _closed.Cancel();
    }

    private async Task DrainAsync()
    {
        try
        {
            while (true)
            {
                if (!await _turn.WaitAsync(drainLimit, _closed.Token))
                {
                    throw new TimeoutException();
                }

                try
                {
                    if (TakeNext() is not { } next)
                    {
                        return;
                    }

                    var writing = write(next.Message, _closed.Token);
                    if (!writing.IsCompletedSuccessfully)
                    {
                        await writing.AsTask().WaitAsync(drainLimit, time, _closed.Token);
                    }
                }
                finally
                {
                    _turn.Release();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Closed.
        }
        catch (Exception)
        {
            // It does not read, or is gone: end it, the player comes back and says Hello.
            Abort();
        }
    }

    private FeedMessage? TakeNext()
    {
        lock (_sync)
        {
            while (_order.TryDequeue(out var key))
            {
                if (_pending.Remove(key, out var message))
                {
                    _sent[key] = (message.Epoch, message.Version);
                    return message;
                }
            }

            _draining = false;
            return null;
        }
    }
}
