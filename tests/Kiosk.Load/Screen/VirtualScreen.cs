using System.Diagnostics;

namespace Kiosk.Load.Screen;

/// <summary>An X screen of its own, without a window manager, as most kiosks have it.</summary>
internal sealed class VirtualScreen : IDisposable
{
    private readonly Process _server;

    private VirtualScreen(Process server, string name, int width, int height) => (_server, Name, Width, Height) = (server, name, width, height);

    /// <summary>What goes into DISPLAY.</summary>
    public string Name { get; }

    public int Width { get; }

    public int Height { get; }

    public static async Task<VirtualScreen> StartAsync(int width = 1920, int height = 1080)
    {
        var server = Process.Start(new ProcessStartInfo("Xvfb", FormattableString.Invariant($"-displayfd 1 -noreset -screen 0 {width}x{height}x24 -nolisten tcp"))
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var number = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("Xvfb did not start: " + await server.StandardError.ReadToEndAsync());
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        return new VirtualScreen(server, ":" + number, width, height);
    }

    /// <summary>Starts a program on this screen.</summary>
    public Process Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DISPLAY"] = Name;
        start.Environment.Remove("WAYLAND_DISPLAY");
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public void Dispose()
    {
        if (!_server.HasExited)
        {
            _server.Kill();
            _server.WaitForExit();
        }

        _server.Dispose();
    }
}
