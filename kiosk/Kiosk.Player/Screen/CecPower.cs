using System.ComponentModel;
using System.Diagnostics;

namespace Kiosk.Player.Screen;

/// <summary>Switches a TV over HDMI with the tools that come with Linux: cec-ctl (kernel adapters) or cec-client (libcec, USB adapters).</summary>
/// <param name="tools">Folders the tools are looked for in.</param>
/// <param name="devices">Where adapters show.</param>
internal sealed class CecPower(IReadOnlyList<string> tools, string devices) : IScreenPower
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public CecPower()
        : this((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/dev")
    {
    }

    public string Means => "cec";

    public bool IsThere() => OperatingSystem.IsLinux() && Command(true) is not null;

    public async Task<bool> SwitchAsync(bool lit, CancellationToken cancellationToken)
    {
        if (Command(lit) is not { } command)
        {
            return false;
        }

        var start = new ProcessStartInfo(command.Tool) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            try
            {
                await process.StandardInput.WriteAsync(command.Input.AsMemory(), limit.Token);
                process.StandardInput.Close();
                await process.WaitForExitAsync(limit.Token);
                return process.ExitCode == 0;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                process.Kill();
                return false;
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private (string Tool, string[] Arguments, string Input)? Command(bool lit) =>
        HasDevice("cec*") && Find("cec-ctl") is { } kernel ? (kernel, ["-s", "--playback", "--to", "0", lit ? "--image-view-on" : "--standby"], "")
        : (HasDevice("cec*") || HasDevice("ttyACM*")) && Find("cec-client") is { } client ? (client, ["-s", "-d", "1"], lit ? "on 0\n" : "standby 0\n")
        : null;

    private bool HasDevice(string pattern) => Directory.Exists(devices) && Directory.EnumerateFileSystemEntries(devices, pattern).Any();

    private string? Find(string tool) => tools.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
}
