using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Kiosk.Contracts.Devices;
using Kiosk.Testing;

namespace Kiosk.Load.Push;

/// <summary>Many listeners, spread over loopback addresses, that note when the message of a round arrives.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int PerAddress = 1_000;

    private static readonly byte[] _id = Encoding.ASCII.GetBytes("\\\"id\\\":\\\"");

    // What a screen takes to slide a banner in; only then does a player say that it is painted.
    private static readonly TimeSpan _painting = TimeSpan.FromMilliseconds(250);

    private readonly List<RawDisplay> _displays = [];
    private readonly CancellationTokenSource _stop = new();
    private Round? _round;

    private sealed class Round(byte[] marker, bool gone, int expected)
    {
        private int _left = expected;

        public byte[] Marker { get; } = marker;

        /// <summary>Waits for a message without the marker.</summary>
        public bool Gone { get; } = gone;

        public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Arrived()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                Done.TrySetResult(Stopwatch.GetTimestamp());
            }
        }
    }

    public int Count => _displays.Count;

    /// <summary>Listeners that were cut off.</summary>
    public int Lost => _lost;

    private int _lost;

    public static SocketsHttpHandler BoundTo(int index, int receiveBuffer = 0) => new()
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (receiveBuffer > 0)
            {
                socket.ReceiveBufferSize = receiveBuffer;
            }

            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (index / PerAddress))]), 0));
            await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    /// <summary>Displays that said Hello and acknowledge what they get.</summary>
    public static async Task<Crowd> OfDisplaysAsync(Uri hub, IReadOnlyList<string> tokens)
    {
        var crowd = new Crowd();
        await crowd.ConnectAsync(tokens.Count, async (index, handler) =>
        {
            var display = await RawDisplay.ConnectAsync(hub, tokens[index], CancellationToken.None, handler);
            await display.HelloAsync(CancellationToken.None);
            await display.ReadMessageAsync(CancellationToken.None);
            return display;
        });
        crowd.Listen(acknowledge: true);
        return crowd;
    }

    /// <summary>Plain listeners of a broadcasting peer.</summary>
    public static async Task<Crowd> OfListenersAsync(Uri peer, int count)
    {
        var crowd = new Crowd();
        await crowd.ConnectAsync(count, (_, handler) => RawDisplay.ConnectAsync(peer, "none", CancellationToken.None, handler));
        crowd.Listen(acknowledge: false);
        return crowd;
    }

    /// <summary>Runs the trigger and returns the milliseconds until the last listener has a message with (or without) the marker.</summary>
    public async Task<double> MeasureAsync(string marker, bool gone, Func<Task> trigger)
    {
        var arrival = Expect(marker, gone);
        var started = Stopwatch.GetTimestamp();
        await trigger();
        return Stopwatch.GetElapsedTime(started, await arrival.WaitAsync(TimeSpan.FromSeconds(60))).TotalMilliseconds;
    }

    /// <summary>Completes with the timestamp at which the last listener has a message with (or without) the marker.</summary>
    public Task<long> Expect(string marker, bool gone)
    {
        var round = new Round(Encoding.ASCII.GetBytes(marker), gone, _displays.Count);
        Volatile.Write(ref _round, round);
        return round.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var display in _displays)
        {
            await display.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task ConnectAsync(int count, Func<int, SocketsHttpHandler, Task<RawDisplay>> connect)
    {
        foreach (var batch in Enumerable.Range(0, count).Chunk(32))
        {
            _displays.AddRange(await Task.WhenAll(batch.Select(index => connect(index, BoundTo(index)))));
        }
    }

    private void Listen(bool acknowledge)
    {
        foreach (var display in _displays)
        {
            _ = ListenAsync(display, acknowledge);
        }
    }

    private async Task ListenAsync(RawDisplay display, bool acknowledge)
    {
        Round? answered = null;
        try
        {
            while (await display.ReadAsync(_stop.Token) is { } frame)
            {
                var round = Volatile.Read(ref _round);
                if (round is null || round == answered || (acknowledge && frame.AsSpan().IndexOf("FeedChanged"u8) < 0)
                    || frame.AsSpan().IndexOf(round.Marker) >= 0 == round.Gone)
                {
                    continue;
                }

                answered = round;
                round.Arrived();
                if (acknowledge && !round.Gone)
                {
                    var at = frame.AsSpan().IndexOf(_id) + _id.Length;
                    var notice = Encoding.ASCII.GetString(frame, at, 36);
                    await Task.Delay(_painting, _stop.Token);
                    await display.InvokeAsync(
                        nameof(IDeviceHub.Acknowledge),
                        new ReceiptBatch([new Receipt(ReceiptSubject.Notice, notice, 1, ReceiptState.Painted, null, null, TimeProvider.System.GetUtcNow())]),
                        _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (!_stop.IsCancellationRequested)
        {
            Interlocked.Increment(ref _lost);
        }
    }
}
