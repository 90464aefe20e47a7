namespace Kiosk.Hub.Backup;

/// <summary>
/// Folder of one backup in the making, beside its file so that the file can be moved into place: named at random and held by its lock, so that
/// two backups never meet, and what a killed one left can be told from everybody else's folders.
/// </summary>
internal sealed class BackupWork : IDisposable
{
    private const string Prefix = ".kiosk-backup-";

    private const string Lock = "lock";

    private static readonly TimeSpan _left = TimeSpan.FromDays(1);

    private readonly FileStream _held;

    private BackupWork(string folder)
    {
        Folder = folder;
        CreatePrivate(Folder);
        _held = new FileStream(Path.Combine(Folder, Lock), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        CreatePrivate(Snapshot);
    }

    public string Folder { get; }

    /// <summary>Of the database.</summary>
    public string Snapshot => Path.Combine(Folder, "db");

    /// <summary>The backup until it is whole.</summary>
    public string Part => Path.Combine(Folder, "part");

    public static BackupWork Beside(string target, DateTimeOffset now)
    {
        var parent = Path.GetDirectoryName(target)!;
        foreach (var old in Directory.EnumerateDirectories(parent, Prefix + "*").Where(folder => Guid.TryParseExact(Path.GetFileName(folder)[Prefix.Length..], "N", out _)))
        {
            DiscardLeft(old, now);
        }

        return new BackupWork(Path.Combine(parent, $"{Prefix}{Guid.NewGuid():N}"));
    }

    /// <summary>Empty again for another try.</summary>
    public void Clear()
    {
        Directory.Delete(Snapshot, recursive: true);
        CreatePrivate(Snapshot);
    }

    public void Dispose()
    {
        _held.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static void DiscardLeft(string folder, DateTimeOffset now)
    {
        var held = new FileInfo(Path.Combine(folder, Lock));
        if (!held.Exists || now - held.LastWriteTimeUtc < _left)
        {
            return;
        }

        try
        {
            using (held.Open(FileMode.Open, FileAccess.Write, FileShare.None))
            {
            }

            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody works there, or it is not ours to delete.
        }
    }

    private static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
