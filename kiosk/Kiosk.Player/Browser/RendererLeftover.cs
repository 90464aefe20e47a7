using System.Diagnostics;
using System.Globalization;

namespace Kiosk.Player.Browser;

/// <summary>
/// Chromium outlives a killed parent, and a second start on the same profile hands over to it and exits 0 at once. So the
/// process is recorded beside the profile and an old one is ended before a new one starts.
/// </summary>
internal sealed class RendererLeftover(string dataFolder, IRendererLaunch launch)
{
    private readonly string record = Path.Combine(dataFolder, "browser.pid");

    /// <summary>A disk that is full keeps no record; <see cref="RendererSupervisor"/> ends what it has started itself.</summary>
    public void Remember(Process renderer)
    {
        try
        {
            File.WriteAllText(record, string.Create(CultureInfo.InvariantCulture, $"{renderer.Id} {renderer.StartTime.ToUniversalTime().Ticks}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // Gone already, or no room.
        }
    }

    /// <summary>Ends the browser of an earlier run, if it still lives. True when there was one.</summary>
    public async Task<bool> EndAsync(CancellationToken cancellationToken)
    {
        var found = false;
        foreach (var (id, startTicks) in Recorded())
        {
            try
            {
                using var process = Process.GetProcessById(id);
                if (!IsOurs(process, startTicks))
                {
                    continue;
                }

                found = true;
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(cancellationToken);
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // Already gone.
            }
        }

        EndMarked(launch.Mark);
        File.Delete(record);
        if (launch.Profile is not { } profile)
        {
            return found;
        }

        Directory.CreateDirectory(profile);
        foreach (var name in (string[])["SingletonLock", "SingletonSocket", "SingletonCookie"])
        {
            // A lock left by a power cut under another host name would stop every later start.
            File.Delete(Path.Combine(profile, name));
        }

        return found;
    }

    /// <summary>Ends every process with the mark in its command line, also one that was stopped, or whose parent has ended.</summary>
    public static void EndMarked(string mark)
    {
        foreach (var id in OperatingSystem.IsLinux() ? Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0) : [])
        {
            try
            {
                if (id > 0 && id != Environment.ProcessId && File.ReadAllText($"/proc/{id}/cmdline").Contains(mark, StringComparison.Ordinal))
                {
                    using var process = Process.GetProcessById(id);
                    process.Kill();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // Gone meanwhile, or somebody else's.
            }
        }
    }

    private IEnumerable<(int Id, long? StartTicks)> Recorded()
    {
        var parts = File.Exists(record) ? File.ReadAllText(record).Split(' ') : [];
        if (parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out var id)
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var ticks))
        {
            yield return (id, ticks);
        }

        // Chromium's own lock is a link to "host-pid".
        var link = launch.Profile is { } profile ? new FileInfo(Path.Combine(profile, "SingletonLock")).LinkTarget : null;
        if (link is not null && int.TryParse(link[(link.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture, out var holder))
        {
            yield return (holder, null);
        }
    }

    private bool IsOurs(Process process, long? startTicks)
    {
        if (OperatingSystem.IsLinux())
        {
            var commandLine = $"/proc/{process.Id}/cmdline";
            return File.Exists(commandLine) && File.ReadAllText(commandLine).Contains(launch.Mark, StringComparison.Ordinal);
        }

        return startTicks is { } ticks && Math.Abs(process.StartTime.ToUniversalTime().Ticks - ticks) < TimeSpan.TicksPerSecond * 2;
    }
}
