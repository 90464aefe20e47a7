using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Kiosk.Player.Start;

namespace Kiosk.Player.Browser;

/// <summary>
/// Asks the running browser what it paints, over the DevTools pipe: two FIFOs in the data folder that only this user can open, never a port,
/// which any page and program of the machine could reach.
/// </summary>
internal sealed partial class BrowserEye(string dataFolder) : IDisposable
{
    private const int LargestMessage = 64 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private readonly string toBrowser = Path.Combine(dataFolder, "browser.in");
    private readonly string fromBrowser = Path.Combine(dataFolder, "browser.out");
    private Pipe? pipe;

    /// <summary>Where the X server can be asked it shows more, and the browser needs no second way in. The X server of a Wayland desktop shows nothing of it.</summary>
    public static bool Needed(AppOptions options) => OperatingSystem.IsLinux()
        && (options.Window is WindowMode.Headless || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")) || AttachedScreen.Find() is null);

    /// <summary>A browser was started with it.</summary>
    public bool IsOpen
    {
        get
        {
            lock (gate)
            {
                return pipe is not null;
            }
        }
    }

    /// <summary>Makes the pipe for the browser about to be started; the script to start it through, or null when it cannot be made.</summary>
    public string? Open()
    {
        Close();
        foreach (var path in (string[])[toBrowser, fromBrowser])
        {
            File.Delete(path);
            if (MkFifo(path, 0x180) != 0)
            {
                return null;
            }
        }

        lock (gate)
        {
            pipe = new Pipe(toBrowser, fromBrowser);
        }

        return $"exec \"$0\" \"$@\" 3<>'{Quoted(toBrowser)}' 4<>'{Quoted(fromBrowser)}'";
    }

    public void Close()
    {
        lock (gate)
        {
            pipe?.Dispose();
            pipe = null;
        }
    }

    /// <summary>What the stage's page looks like, as JPEG; null when the browser does not say.</summary>
    public async Task<byte[]?> LookAsync(CancellationToken cancellationToken)
    {
        if (Reached() is not { } open)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var targets = await open.CallAsync("Target.getTargets", new { }, null, limit.Token);
            var page = targets.GetProperty("targetInfos").EnumerateArray().FirstOrDefault(target => target.GetProperty("type").GetString() == "page");
            if (page.ValueKind is JsonValueKind.Undefined)
            {
                return null;
            }

            var attached = await open.CallAsync("Target.attachToTarget", new { targetId = page.GetProperty("targetId").GetString(), flatten = true }, null, limit.Token);
            var session = attached.GetProperty("sessionId").GetString();
            try
            {
                var shot = await open.CallAsync("Page.captureScreenshot", new { format = "jpeg", quality = 90 }, session, limit.Token);
                return shot.GetProperty("data").GetBytesFromBase64();
            }
            finally
            {
                open.Send("Target.detachFromTarget", new { sessionId = session });
            }
        }
        catch (Exception e) when ((e is OperationCanceledException && !cancellationToken.IsCancellationRequested) || e is IOException or UnauthorizedAccessException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public void Dispose() => Close();

    /// <summary>The pipe of the running browser. Where its reader has ended a new one takes its place: the browser holds the other ends still.</summary>
    private Pipe? Reached()
    {
        lock (gate)
        {
            if (pipe is { HasEnded: true })
            {
                pipe.Dispose();
                pipe = File.Exists(toBrowser) && File.Exists(fromBrowser) ? new Pipe(toBrowser, fromBrowser) : null;
            }

            return pipe;
        }
    }

    private static string Quoted(string path) => path.Replace("'", "'\\''", StringComparison.Ordinal);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int MkFifo(string path, uint mode);

    /// <summary>Messages end with a zero byte. Both ends are opened for reading and writing, so that opening never waits.</summary>
    private sealed class Pipe : IDisposable
    {
        private readonly FileStream output;
        private readonly FileStream input;
        private readonly Lock gate = new();
        private readonly Dictionary<int, TaskCompletionSource<JsonElement>> asked = [];

        // Of all pipes: an answer to a question of the one before must not be taken for one of this.
        private static int calls;

        private bool closed;

        /// <summary>Nothing is read any more.</summary>
        public bool HasEnded
        {
            get
            {
                lock (gate)
                {
                    return closed;
                }
            }
        }

        public Pipe(string toBrowser, string fromBrowser)
        {
            output = new FileStream(toBrowser, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
            input = new FileStream(fromBrowser, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
            new Thread(Read) { IsBackground = true, Name = "browser pipe" }.Start();
        }

        public Task<JsonElement> CallAsync(string method, object parameters, string? session, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(closed, this);
                var id = Interlocked.Increment(ref calls);
                asked[id] = answer;
                Write(id, method, parameters, session);
            }

            return answer.Task.WaitAsync(cancellationToken);
        }

        public void Send(string method, object parameters)
        {
            lock (gate)
            {
                if (!closed)
                {
                    Write(Interlocked.Increment(ref calls), method, parameters, null);
                }
            }
        }

        public void Dispose()
        {
            lock (gate)
            {
                if (!closed)
                {
                    End();
                    input.Write([0]); // wakes the reader, which then goes
                }
            }
        }

        private void End()
        {
            closed = true;
            foreach (var waiting in asked.Values)
            {
                waiting.TrySetCanceled();
            }

            asked.Clear();
        }

        private void Write(int id, string method, object parameters, string? session)
        {
            var message = session is null
                ? JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters })
                : JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters, sessionId = session });
            output.Write([.. message, 0]);
        }

        private void Read()
        {
            using var message = new MemoryStream();
            var buffer = new byte[64 * 1024];
            try
            {
                int count;
                while ((count = input.Read(buffer)) > 0)
                {
                    var rest = buffer.AsSpan(0, count);
                    while (rest.IndexOf((byte)0) is >= 0 and var end)
                    {
                        message.Write(rest[..end]);
                        rest = rest[(end + 1)..];
                        if (!Take(message))
                        {
                            return;
                        }
                    }

                    message.Write(rest);
                    if (message.Length > LargestMessage)
                    {
                        return;
                    }
                }
            }
#pragma warning disable CA1031 // On a thread of its own anything else would end the player; what the browser sent is not worth that.
            catch (Exception)
#pragma warning restore CA1031
            {
                // The browser is gone, or has sent what nobody can take.
            }
            finally
            {
                lock (gate)
                {
                    End();
                    input.Dispose();
                    output.Dispose();
                }
            }
        }

        private bool Take(MemoryStream message)
        {
            lock (gate)
            {
                if (closed)
                {
                    return false;
                }

                if (message.Length > 0)
                {
                    Answer(message.GetBuffer().AsMemory(0, (int)message.Length));
                }

                message.SetLength(0);
                return true;
            }
        }

        private void Answer(ReadOnlyMemory<byte> message)
        {
            using var parsed = JsonDocument.Parse(message);
            if (!parsed.RootElement.TryGetProperty("id", out var id) || !asked.Remove(id.GetInt32(), out var waiting))
            {
                return;
            }

            if (parsed.RootElement.TryGetProperty("result", out var result))
            {
                waiting.TrySetResult(result.Clone());
            }
            else
            {
                waiting.TrySetException(new IOException(Encoding.UTF8.GetString(message.Span[..Math.Min(200, message.Length)])));
            }
        }
    }
}
