using System.Diagnostics;
using System.Text;

namespace Kiosk.Player.Tests.Support;

/// <summary>The built player as its own process.</summary>
internal sealed class PlayerProcess : IAsyncDisposable
{
    private readonly StringBuilder output = new();

    private PlayerProcess(Process process) => Process = process;

    public Process Process { get; }

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public static PlayerProcess Start(params string[] arguments) => StartOn(null, arguments);

    /// <param name="display">X display for a window, e.g. ":71"; null for none.</param>
    public static PlayerProcess StartOn(string? display, params string[] arguments) =>
        StartIn(display is null ? [] : new Dictionary<string, string> { ["DISPLAY"] = display }, arguments);

    public static PlayerProcess StartIn(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8 };
        start.Environment.Remove("DISPLAY");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "Kiosk.Player.dll")))
        {
            start.ArgumentList.Add(argument);
        }

        var player = new PlayerProcess(Process.Start(start)!);
        player.Process.OutputDataReceived += player.Take;
        player.Process.ErrorDataReceived += player.Take;
        player.Process.BeginOutputReadLine();
        player.Process.BeginErrorReadLine();
        return player;
    }

    public async Task<int> ExitAsync()
    {
        await Process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return Process.ExitCode;
    }

    /// <summary>As a service manager does; false when it had to be killed.</summary>
    public async Task<bool> StopAsync()
    {
        using var term = Process.Start("kill", ["-TERM", Process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await term.WaitForExitAsync();
        try
        {
            await Process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(15));
            return true;
        }
        catch (TimeoutException)
        {
            Process.Kill();
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            await StopAsync();
        }

        Process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (output)
        {
            output.AppendLine(line.Data);
        }
    }
}
