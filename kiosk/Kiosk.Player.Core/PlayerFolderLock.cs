using Kiosk.Player.Core.Storage;

namespace Kiosk.Player.Core;

/// <summary>One player per data folder: whoever holds this is the one. It is let go of when the process ends, however it ends.</summary>
public sealed class PlayerFolderLock : IDisposable
{
    private readonly PlayerFolder folder;
    private readonly FileStream file;
    private readonly Func<string, bool> isFull;
    private int disposed;

    private PlayerFolderLock(PlayerFolder folder, FileStream file, Func<string, bool> isFull, bool wasFull = false) =>
        (this.folder, this.file, this.isFull, WasFull) = (folder, file, isFull, wasFull);

    /// <summary>Where the player keeps its things: the data folder, or what stands in for one that cannot be written.</summary>
    public string Folder => folder.Root;

    /// <summary>The data folder cannot be written, or its disk is full: a copy in memory stands in for it, which shows what is there and takes nothing in.</summary>
    public bool IsStandIn => folder.StandsInFor is not null;

    /// <summary>The data folder that another stands in for can be written again.</summary>
    public bool IsWritableAgain => folder.StandsInFor is { } usual && CanWrite(file.Name) && !isFull(usual);

    /// <summary>It is stood in for because its disk is full.</summary>
    public bool WasFull { get; }

    internal PlayerFolder Place => folder;

    /// <summary>What stood in the way of the player's own files and folders, where it lies now.</summary>
    internal IReadOnlyList<string> PutAside => folder.PutAside;

    /// <summary>Opens or makes the folder and takes its lock. One that cannot be written, or has no room left, but has something to show is stood in for.</summary>
    /// <param name="makeRoom">Called with the folder where its disk is full.</param>
    /// <exception cref="PlayerStartException">It cannot be used, or another player uses it.</exception>
    public static PlayerFolderLock Take(string dataFolder, Action<string>? makeRoom = null) => Take(dataFolder, makeRoom, Disk.IsFull);

    /// <param name="isFull">Whether the disk of a folder has not even room to open the databases.</param>
    internal static PlayerFolderLock Take(string dataFolder, Action<string>? makeRoom, Func<string, bool> isFull)
    {
        try
        {
            var folder = new PlayerFolder(dataFolder);
            var file = Open(folder, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            if (isFull(folder.Root))
            {
                makeRoom?.Invoke(folder.Root);
            }

            return isFull(folder.Root) && StandIn.Make(folder) is { } path
                ? new PlayerFolderLock(new PlayerFolder(path) { StandsInFor = folder.Root }, file, isFull, wasFull: true)
                : new PlayerFolderLock(folder, file, isFull);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return TakeStandIn(dataFolder, isFull) ?? throw NotWritable(dataFolder, e);
        }
    }

    public void Dispose()
    {
        // Both the player and the program around it let go; by then the folder may be another player's.
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            return;
        }

        if (IsStandIn)
        {
            StandIn.TryRemove(folder.Root);
        }

        file.Dispose();
    }

    internal static PlayerStartException NotWritable(string dataFolder, Exception e) =>
        new(Disk.IsFull(dataFolder) ? "disk_full" : "data_folder_not_writable", $"The data folder {dataFolder} cannot be used: {e.Message}", e);

    private static PlayerFolderLock? TakeStandIn(string dataFolder, Func<string, bool> isFull)
    {
        FileStream? file = null;
        try
        {
            var unwritable = new PlayerFolder(dataFolder);
            file = Open(unwritable, FileMode.Open, FileAccess.Read);
            if (StandIn.Make(unwritable) is { } path)
            {
                return new PlayerFolderLock(new PlayerFolder(path) { StandsInFor = unwritable.Root }, file, isFull, isFull(unwritable.Root));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // nothing to show, then
        }

        file?.Dispose();
        return null;
    }

    private static bool CanWrite(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return true;
        }
        catch (IOException e)
        {
            return Disk.IsHeld(e); // by our own lock: it was opened for that
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FileStream Open(PlayerFolder folder, FileMode mode, FileAccess access)
    {
        try
        {
            return new FileStream(folder.Lock, mode, access, FileShare.None);
        }
        catch (IOException e) when (Disk.IsHeld(e))
        {
            throw new PlayerStartException("data_folder_in_use", $"Another player uses the data folder {folder.Root}.", e);
        }
    }
}
