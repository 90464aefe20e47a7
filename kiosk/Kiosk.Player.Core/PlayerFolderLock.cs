using Kiosk.Player.Core.Storage;

namespace Kiosk.Player.Core;

/// <summary>One player per data folder: whoever holds this is the one. It is let go of when the process ends, however it ends.</summary>
public sealed class PlayerFolderLock : IDisposable
{
    private readonly PlayerFolder folder;
    private readonly FileStream file;

    private PlayerFolderLock(PlayerFolder folder) => (this.folder, file) = (folder, Open(folder));

    /// <summary>There is not even room to open the databases.</summary>
    public bool IsDiskFull => Disk.IsFull(folder.Root);

    /// <summary>What stood in the way of the player's own files and folders, where it lies now.</summary>
    internal IReadOnlyList<string> PutAside => folder.PutAside;

    /// <summary>Opens or makes the folder and takes its lock.</summary>
    /// <exception cref="PlayerStartException">It is not writable, or another player uses it.</exception>
    public static PlayerFolderLock Take(string dataFolder)
    {
        try
        {
            return new PlayerFolderLock(new PlayerFolder(dataFolder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(dataFolder, e);
        }
    }

    public void Dispose() => file.Dispose();

    internal static PlayerStartException NotWritable(string dataFolder, Exception e) =>
        new(Disk.IsFull(dataFolder) ? "disk_full" : "data_folder_not_writable", $"The data folder {dataFolder} cannot be used: {e.Message}", e);

    private static FileStream Open(PlayerFolder folder)
    {
        try
        {
            return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (Disk.IsHeld(e))
        {
            throw new PlayerStartException("data_folder_in_use", $"Another player uses the data folder {folder.Root}.", e);
        }
    }
}
