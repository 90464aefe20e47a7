using System.Globalization;

namespace Kiosk.Player.Browser;

/// <summary>How much memory a renderer takes with all its processes, shared pages told once. Known on Linux only.</summary>
internal static class RendererMemory
{
    /// <summary>A share of the machine, but never so little that a usual page starts nothing but restarts, nor so much that a large machine waits for days.</summary>
    public static int DefaultLimitMb => (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes * 6 / 10 >> 20, 1024, 3072);

    /// <summary>Megabytes of a process and all that descend from it; 0 where nobody can tell.</summary>
    public static int Of(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var children = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: ParentOf(id)))
            .ToLookup(each => each.Parent, each => each.Id);
        long kilobytes = 0;
        var open = new Stack<int>([processId]);
        while (open.TryPop(out var id))
        {
            kilobytes += Kilobytes(id);
            foreach (var child in children[id])
            {
                open.Push(child);
            }
        }

        return (int)(kilobytes >> 10);
    }

    private static long Kilobytes(int processId) =>
        Read(processId, "smaps_rollup") is { Length: > 0 } rollup ? Kilobytes(rollup, "Pss:") : UnsharedKilobytes(Read(processId, "status"));

    /// <summary>What everybody may read: a process that hides itself from its own user, as the older sandbox of Chromium makes it, must not count as nothing.</summary>
    internal static long UnsharedKilobytes(string status) => Kilobytes(status, "RssAnon:") + Kilobytes(status, "RssShmem:");

    private static long Kilobytes(string table, string name)
    {
        foreach (var line in table.Split('\n'))
        {
            if (line.StartsWith(name, StringComparison.Ordinal))
            {
                return long.Parse(line.AsSpan(name.Length).Trim().TrimEnd("kB").Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }

    // The name in brackets may hold anything; what follows the last bracket does not.
    private static int ParentOf(int processId) =>
        Read(processId, "stat") is { Length: > 0 } stat && stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var parent, ..]
            ? int.Parse(parent, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static string Read(int processId, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/{file}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // gone meanwhile, or not ours to ask
        }
    }
}
