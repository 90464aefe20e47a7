using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Kiosk.Testing;

/// <summary>The hub as a process of its own, which can be killed.</summary>
internal sealed partial class HubProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];

    private HubProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Settings of a hub that says only what goes wrong.</summary>
    public static IReadOnlyList<string> Quiet { get; } = ["--Serilog:MinimumLevel:Default=Error", "--Serilog:MinimumLevel:Override:Microsoft=Error"];

    /// <summary>Resident memory in megabytes.</summary>
    public double MemoryMb
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_output)
            {
                return [.. _output];
            }
        }
    }

    /// <summary>The demo administrator's password, printed once.</summary>
    public string? DemoPassword => Output.Select(line => Password().Match(line)).FirstOrDefault(match => match.Success)?.Value;

    /// <summary>Starts and waits until it is ready.</summary>
    public static async Task<HubProcess> StartAsync(string dataFolder, CancellationToken cancellationToken, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [typeof(Kiosk.Hub.HubOptions).Assembly.Location, $"--Hub:DataFolder={dataFolder}", $"--urls={address}", .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var hub = new HubProcess(Process.Start(start)!, address);
        hub._process.OutputDataReceived += hub.Take;
        hub._process.ErrorDataReceived += hub.Take;
        hub._process.BeginOutputReadLine();
        hub._process.BeginErrorReadLine();
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.TrueAsync(
            async () =>
            {
                if (hub._process.HasExited)
                {
                    throw new InvalidOperationException(string.Join('\n', hub.Output));
                }

                try
                {
                    return (await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken)).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            cancellationToken,
            TimeSpan.FromMinutes(2));
        return hub;
    }

    /// <summary>As <c>kill -9</c>, without its children.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>ffmpeg processes that work in this folder.</summary>
    public static IReadOnlyList<int> ToolsIn(string folder) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0).Where(id =>
        {
            try
            {
                return id > 0 && File.ReadAllText($"/proc/{id}/cmdline") is var line && line.StartsWith("ffmpeg", StringComparison.Ordinal) && line.Contains(folder, StringComparison.Ordinal);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }),
    ];

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.Add(line.Data ?? "");
        }
    }

    [GeneratedRegex(@"\b[abcdefghijkmnpqrstuvwxyz23456789]{14}\b")]
    private static partial Regex Password();
}
