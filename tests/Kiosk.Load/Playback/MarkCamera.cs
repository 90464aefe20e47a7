using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Kiosk.Load.Screen;

namespace Kiosk.Load.Playback;

/// <summary>Looks at the strip on a screen 60 times a second.</summary>
internal static partial class MarkCamera
{
    /// <summary>Every look with its time in milliseconds, by the clock of the capture.</summary>
    public static async Task<IReadOnlyList<(double AtMs, Mark Mark)>> WatchAsync(VirtualScreen screen, TimeSpan length)
    {
        var at = new List<double>();
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo("ffmpeg",
        [
            "-v", "info", "-nostats", "-f", "x11grab", "-draw_mouse", "0", "-framerate", "60", "-video_size", $"{Marks.Width}x{Marks.Height}",
            "-i", FormattableString.Invariant($"{screen.Name}+{Marks.Left},{Marks.Top}"), "-t", FormattableString.Invariant($"{length.TotalSeconds}"),
            "-vf", "showinfo,format=gray", "-fps_mode", "passthrough", "-f", "rawvideo", "-",
        ])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text && Instant().Match(text) is { Success: true } match)
            {
                at.Add(double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * 1000);
            }
        };
        process.Start();
        process.BeginErrorReadLine();
        var marks = new List<Mark>();
        var strip = new byte[Marks.Width * Marks.Height];
        while (await process.StandardOutput.BaseStream.ReadAtLeastAsync(strip, strip.Length, throwOnEndOfStream: false) == strip.Length)
        {
            marks.Add(Marks.Read(strip));
        }

        await process.WaitForExitAsync();
        return [.. at.Zip(marks)];
    }

    /// <summary>Looks from when it is ready until a clip is first seen.</summary>
    public static (Task Ready, Task<long?> Seen) FirstAsync(VirtualScreen screen, int clip, CancellationToken cancellationToken)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (ready.Task, Task.Run(SeeAsync, CancellationToken.None));

        async Task<long?> SeeAsync()
        {
            using var process = Process.Start(new ProcessStartInfo("ffmpeg",
            [
                "-v", "error", "-f", "x11grab", "-draw_mouse", "0", "-framerate", "60", "-video_size", $"{Marks.Width}x{Marks.Height}",
                "-i", FormattableString.Invariant($"{screen.Name}+{Marks.Left},{Marks.Top}"), "-vf", "format=gray", "-fps_mode", "passthrough", "-f", "rawvideo", "-",
            ])
            {
                RedirectStandardOutput = true,
            })!;
            try
            {
                var strip = new byte[Marks.Width * Marks.Height];
                while (!cancellationToken.IsCancellationRequested
                    && await process.StandardOutput.BaseStream.ReadAtLeastAsync(strip, strip.Length, throwOnEndOfStream: false, CancellationToken.None) == strip.Length)
                {
                    ready.TrySetResult();
                    if (Marks.Read(strip) is { Kind: MarkKind.Frame } mark && mark.Clip == clip)
                    {
                        return Stopwatch.GetTimestamp();
                    }
                }

                return null;
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    [GeneratedRegex(@"Parsed_showinfo.* n: *\d+ pts: *-?\d+ pts_time:(-?[\d.]+)")]
    private static partial Regex Instant();
}
