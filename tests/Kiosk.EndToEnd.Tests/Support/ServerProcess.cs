using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Kiosk.EndToEnd.Tests.Support;

/// <summary>A real process of ours with its output kept.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static int _lastPort = Random.Shared.Next(12_000);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private ServerProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Everything printed so far.</summary>
    public string Output => string.Join('\n', _lines);

    public static ServerProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        var server = new ServerProcess(new Process { StartInfo = info });
        server._process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>
    /// A TCP port nobody listens on now, of those the system gives to nobody by itself: it stays free until its program starts, and while that
    /// program is dead, whatever else runs on the machine.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = 20_000 + (int)((uint)Interlocked.Increment(ref _lastPort) % 12_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; the next one.
            }
        }
    }

    /// <summary>Waits for a line that matches and gives its first group.</summary>
    public Task<string> SaysAsync(string pattern, int seconds = 60) => Until.GotAsync(
        () =>
        {
            var match = Regex.Match(Output, pattern);
            Assert.True(match.Success || !HasExited, $"Ended with {(HasExited ? _process.ExitCode : 0)}:\n{Output}");
            return Task.FromResult(match.Success ? match.Groups[1].Value : null);
        },
        pattern,
        seconds);

    public async Task<int> ExitAsync(int seconds = 30)
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>kill -9: no chance to tidy up.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _lines.Enqueue(line);
        }
    }
}
