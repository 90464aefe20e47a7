using System.Formats.Tar;

namespace Kiosk.Hub.Backup;

/// <summary>The file a backup was asked to become must not be touched.</summary>
internal sealed class BackupTargetException(string code, string target) : IOException(target)
{
    public string Code => code;
}

/// <summary>Where a backup may be put: never where the hub keeps its data, and over nothing that is there already.</summary>
internal static class BackupTarget
{
    private const int TarTypeAt = 156;

    private static readonly StringComparison _paths = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <param name="ownFolder">Of the hub's daily backups: it may lie in the data folder.</param>
    /// <exception cref="BackupTargetException">It lies within the hub's data.</exception>
    public static void CheckPlace(string target, string dataFolder, string? ownFolder)
    {
        var (real, data) = (Real(Path.GetFullPath(target)), Real(Path.GetFullPath(dataFolder)));
        if (!Within(real, data) || (ownFolder is not null && Real(Path.GetFullPath(ownFolder)) is var own && IsApart(own, data) && Within(real, own)))
        {
            return;
        }

        throw new BackupTargetException("backup_target_in_data", target);
    }

    /// <param name="overwrite">Whether a file that is there may be replaced.</param>
    /// <exception cref="BackupTargetException">Something is there that stays.</exception>
    public static void CheckFree(string target, bool overwrite)
    {
        var file = new FileInfo(target);
        if (Path.EndsInDirectorySeparator(target) || Directory.Exists(target) || (file.Attributes != (FileAttributes)(-1) && !IsRegular(file)))
        {
            throw new BackupTargetException("backup_target_not_file", target);
        }

        if (file.Exists && !overwrite)
        {
            throw new BackupTargetException("backup_target_exists", target);
        }
    }

    // Not where the hub itself looks for its own.
    private static bool IsApart(string own, string data) =>
        !string.Equals(own, data, _paths) && Array.TrueForAll(["keys", "media", "temp", "restoring"], part => !Within(own, Path.Combine(data, part)));

    private static bool Within(string path, string folder) =>
        string.Equals(path, folder, _paths) || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, _paths);

    // Links on the way are followed; what does not exist yet has none.
    private static string Real(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
        {
            return path;
        }

        var whole = Path.Combine(Real(parent), Path.GetFileName(path));
        var here = new DirectoryInfo(whole);
        return here.LinkTarget is null ? whole : here.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? whole;
    }

    // A device, pipe or socket has no length, and only the tar writer tells it from an empty file.
    private static bool IsRegular(FileInfo file)
    {
        if (file.Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            return false;
        }

        if (OperatingSystem.IsWindows() || file.Length > 0)
        {
            return true;
        }

        using var header = new MemoryStream();
        try
        {
            using var writer = new TarWriter(header, TarEntryFormat.Ustar, leaveOpen: true);
            writer.WriteEntry(file.FullName, "x");
        }
        catch (IOException)
        {
            return false;
        }

        return header.ToArray()[TarTypeAt] is (byte)TarEntryType.RegularFile;
    }
}
