using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Load.Kill;
using Kiosk.Player.Core.View;

namespace Kiosk.Load.Faults;

/// <summary>
/// A stage page that plays by the rules: fetches what it is to show whole, hashes it, says started and ended, moves on. It notes what
/// must not be: wrong bytes, a screen with nothing on it.
/// </summary>
internal sealed class ScreenPage(ScreenLog log, SemaphoreSlim disk) : IDisposable
{
    /// <summary>After so long something has to be on the screen, on two starved cores.</summary>
    private static readonly TimeSpan FirstPicture = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan Shown = TimeSpan.FromMilliseconds(350);
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[512 * 1024];
    private HttpClient _http = null!;
    private string _cookie = "";
    private volatile StageView? _view;

    /// <summary>Something is on the screen in this life.</summary>
    public bool HasShown { get; private set; }

    /// <summary>Lives until the player dies or the token says so.</summary>
    public async Task LiveAsync(MortalProcess player, CancellationToken ended)
    {
        try
        {
            (var origin, _cookie) = await StageDoor.EnterAsync(player, _socket, ended);
            using (_http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = origin })
            {
                await SendAsync(new StageEvent(StageEventKind.Ready), ended);
                var reading = ReadAsync(ended);
                await PlayAsync(reading, ended);
                await reading;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // the player is dead, as it should be now and then
        }
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }

    private async Task PlayAsync(Task reading, CancellationToken ended)
    {
        var (opened, on) = (Stopwatch.GetTimestamp(), Guid.Empty);
        while (!ended.IsCancellationRequested && !reading.IsCompleted)
        {
            var current = _view?.Playback.Current;
            if (current is null)
            {
                if (HasShown || Stopwatch.GetElapsedTime(opened) > FirstPicture)
                {
                    log.Violate(HasShown ? "the screen went empty" : "nothing came on the screen");
                    opened = Stopwatch.GetTimestamp();
                    HasShown = false;
                }

                await Task.Delay(10, ended);
            }
            else if (current.PlayId != on)
            {
                on = current.PlayId;
                await ShowAsync(current, ended);
            }
            else
            {
                await Task.Delay(10, ended);
            }
        }
    }

    private async Task ShowAsync(StageItem item, CancellationToken ended)
    {
        if (!await FetchAsync(item.MediaSha256!, ended))
        {
            await SendAsync(new StageEvent(StageEventKind.Failed, item.PlayId, Code: "missing"), ended);
            return;
        }

        await SendAsync(new StageEvent(StageEventKind.Started, item.PlayId), ended);
        HasShown = true;
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < Shown)
        {
            await Task.Delay(20, ended);
            if (_view?.Playback.Current?.PlayId != item.PlayId)
            {
                return; // cut by something else
            }
        }

        log.Unsure.AddOrUpdate(item.MediaSha256!, 1, (_, n) => n + 1);
        await SendAsync(new StageEvent(StageEventKind.Ended, item.PlayId), ended);
        while (_view?.Playback.Current?.PlayId == item.PlayId)
        {
            await Task.Delay(10, ended);
        }

        // The player has moved on because of what it was told: so it has heard it.
        log.Unsure.AddOrUpdate(item.MediaSha256!, 0, (_, n) => n - 1);
        log.Told.AddOrUpdate(item.MediaSha256!, 1, (_, n) => n + 1);
    }

    /// <summary>False when the player says it does not have it.</summary>
    private async Task<bool> FetchAsync(string sha256, CancellationToken ended)
    {
        await disk.WaitAsync(ended); // nobody spoils the file under the reader's hands
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/media/" + sha256, UriKind.Relative));
            request.Headers.Add("Cookie", _cookie);
            using var response = await _http.SendAsync(request, ended);
            if (response.StatusCode == HttpStatusCode.NotFound)
            {
                return false;
            }

            var bytes = await response.Content.ReadAsByteArrayAsync(ended);
            log.Served(bytes.Length);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != sha256)
            {
                log.Violate($"{sha256[..8]} was served with other bytes");
            }

            return true;
        }
        finally
        {
            disk.Release();
        }
    }

    private async Task ReadAsync(CancellationToken ended)
    {
        var length = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), ended);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            length += received.Count;
            if (received.EndOfMessage)
            {
                using var frame = JsonDocument.Parse(_buffer.AsMemory(0, length));
                _view = frame.RootElement.TryGetProperty("view", out var view) ? view.Deserialize<StageView>(KioskJson.Options) : _view;
                length = 0;
            }
        }
    }

    private Task SendAsync(StageEvent told, CancellationToken ended) =>
        _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { type = "event", @event = told }, KioskJson.Options).AsMemory(), WebSocketMessageType.Text, true, ended).AsTask();
}

/// <summary>What was seen from outside, kept beyond every kill.</summary>
internal sealed class ScreenLog(string name)
{
    private long _served;

    public ConcurrentQueue<string> Violations { get; } = new();

    /// <summary>Showings the player is known to have heard the end of, by file.</summary>
    public ConcurrentDictionary<string, int> Told { get; } = new();

    /// <summary>Showings whose end was said and perhaps not heard.</summary>
    public ConcurrentDictionary<string, int> Unsure { get; } = new();

    public long ServedBytes => Interlocked.Read(ref _served);

    public void Served(long bytes) => Interlocked.Add(ref _served, bytes);

    public void Violate(string what)
    {
        Violations.Enqueue(what);
        Console.WriteLine($"  BROKEN {name}: {what}");
    }
}
