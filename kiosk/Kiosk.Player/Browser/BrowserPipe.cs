using System.Text;
using System.Text.Json;

namespace Kiosk.Player.Browser;

/// <summary>Messages end with a zero byte. Both ends are opened for reading and writing, so that opening never waits.</summary>
internal sealed class BrowserPipe : IDisposable
{
    private const int LargestMessage = 64 << 20;

    private readonly FileStream output;
    private readonly FileStream input;
    private readonly Lock gate = new();
    private readonly Dictionary<int, TaskCompletionSource<JsonElement>> asked = [];
    private readonly HashSet<string> crashed = new(StringComparer.Ordinal);

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

    public BrowserPipe(string toBrowser, string fromBrowser)
    {
        output = new FileStream(toBrowser, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        input = new FileStream(fromBrowser, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        new Thread(Read) { IsBackground = true, Name = "browser pipe" }.Start();
    }

    /// <summary>The process that painted this target has died; known from when targets are discovered.</summary>
    public bool HasCrashed(string targetId)
    {
        lock (gate)
        {
            return crashed.Contains(targetId);
        }
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
        if (parsed.RootElement.TryGetProperty("method", out var method))
        {
            Note(method.GetString(), parsed.RootElement);
            return;
        }

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

    private void Note(string? method, JsonElement message)
    {
        if (method is "Target.targetCrashed")
        {
            crashed.Add(message.GetProperty("params").GetProperty("targetId").GetString() ?? "");
        }
        else if (method is "Target.targetDestroyed")
        {
            crashed.Remove(message.GetProperty("params").GetProperty("targetId").GetString() ?? "");
        }
    }
}
