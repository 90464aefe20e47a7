using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Kiosk.Hub.Media;

/// <summary>Runs ffmpeg and ffprobe as child processes: ended with the hub, watched for silence, their output bounded.</summary>
internal sealed class MediaTools(MediaOptions options)
{
    private const int MaxOutput = 1 << 20;

    /// <param name="Output">Standard output, at most 1 MB.</param>
    /// <param name="Errors">Standard error, at most 1 MB.</param>
    public sealed record Outcome(int ExitCode, string Output, string Errors)
    {
        public bool Succeeded => ExitCode == 0;
    }

    public Task<Outcome> ProbeAsync(string file, CancellationToken cancellationToken) =>
        RunAsync(options.Ffprobe, FfmpegArguments.Probe(file), null, cancellationToken);

    /// <param name="progress">Told how much of the output is made, whenever ffmpeg says.</param>
    public Task<Outcome> FfmpegAsync(string[] arguments, Action<TimeSpan>? progress, CancellationToken cancellationToken) =>
        RunAsync(options.Ffmpeg, arguments, progress, cancellationToken);

    /// <summary>Ends ffmpeg processes that a hub killed before left behind, recognised by our working folder in their command line (Linux).</summary>
    public static void EndOrphans(string workFolder)
    {
        foreach (var process in Process.GetProcessesByName("ffmpeg"))
        {
            using (process)
            {
                try
                {
                    if (File.ReadAllText($"/proc/{process.Id}/cmdline").Contains(workFolder, StringComparison.Ordinal))
                    {
                        process.Kill();
                        process.WaitForExit(2000);
                    }
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or Win32Exception)
                {
                    // Gone meanwhile, or not ours to look at.
                }
            }
        }
    }

    private async Task<Outcome> RunAsync(string tool, string[] arguments, Action<TimeSpan>? progress, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(tool, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(options.ToolSilence);
        using var process = Process.Start(start) ?? throw new IOException($"{tool} did not start.");
        process.StandardInput.Close();
        BelowOthers(process);
        try
        {
            var output = ReadAsync(process.StandardOutput, OnLine, silence.Token);
            var errors = ReadAsync(process.StandardError, null, silence.Token);
            await process.WaitForExitAsync(silence.Token);
            return new(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(-1, "", "no sign of life");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        void OnLine(string line)
        {
            silence.CancelAfter(options.ToolSilence);
            if (progress is not null && line.StartsWith("out_time_us=", StringComparison.Ordinal)
                && long.TryParse(line["out_time_us=".Length..], CultureInfo.InvariantCulture, out var microseconds) && microseconds >= 0)
            {
                progress(TimeSpan.FromMicroseconds(microseconds));
            }
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, Action<string>? onLine, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            onLine?.Invoke(line);
            if (text.Length + line.Length < MaxOutput)
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    // Preparing a film must not slow a check-in down.
    private static void BelowOthers(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or PlatformNotSupportedException)
        {
            // It has ended already, or the system does not let us.
        }
    }
}
