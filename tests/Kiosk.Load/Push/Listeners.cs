using System.Diagnostics;
using System.Globalization;

namespace Kiosk.Load.Push;

/// <summary>
/// The peer's listeners in a process of their own: one process may hold 20,000 connections here, and the displays take half.
/// The parent writes a marker a line; the child answers <c>armed</c> and then the timestamp of the last arrival. The clock is the machine's.
/// </summary>
internal sealed class Listeners : IAsyncDisposable
{
    private readonly Process _process;

    private Listeners(Process process) => _process = process;

    public static async Task<Listeners> StartAsync(Uri peer, int count)
    {
        var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Kiosk.Load.dll"), "listen", peer.ToString(), count.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var listeners = new Listeners(process);
        await listeners.ReadAsync("ready");
        return listeners;
    }

    public async Task<double> MeasureAsync(string marker, Func<Task> trigger)
    {
        await _process.StandardInput.WriteLineAsync(marker);
        await ReadAsync("armed");
        var started = Stopwatch.GetTimestamp();
        await trigger();
        return Stopwatch.GetElapsedTime(started, long.Parse(await LineAsync(), CultureInfo.InvariantCulture)).TotalMilliseconds;
    }

    /// <summary>What the child does: <c>listen ADDRESS COUNT</c>.</summary>
    public static async Task<int> RunAsync(Uri peer, int count)
    {
        await using var crowd = await Crowd.OfListenersAsync(peer, count);
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { } marker)
        {
            var arrival = crowd.Expect(marker, gone: false);
            await Console.Out.WriteLineAsync("armed");
            await Console.Out.WriteLineAsync((await arrival.WaitAsync(TimeSpan.FromSeconds(60))).ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadAsync(string expected)
    {
        if (await LineAsync() is var line && line != expected)
        {
            throw new InvalidOperationException($"The listeners said “{line}” instead of “{expected}”.");
        }
    }

    private async Task<string> LineAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The listeners ended.");
}
