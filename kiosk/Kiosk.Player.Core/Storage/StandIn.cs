using System.Security.Cryptography;
using System.Text;

namespace Kiosk.Player.Core.Storage;

/// <summary>
/// A folder in memory with a copy of everything small of a data folder that cannot be written, e.g. on a disk the system made read-only after an error. The media
/// stay where they are. With it a player shows what it has; nothing that must outlive it may be taken in.
/// </summary>
internal static class StandIn
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder anew; null where the data folder has nothing to show, or where there is no memory to put it.</summary>
    public static string? Make(PlayerFolder unwritable)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(unwritable.Identity) || !Directory.Exists(unwritable.Media))
        {
            return null;
        }

        var name = "kiosk-player-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(unwritable.Root)))[..12];
        foreach (var memory in ((string?[])[Environment.GetEnvironmentVariable("RUNTIME_DIRECTORY"), Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"), "/dev/shm"]).OfType<string>())
        {
            var path = Path.Combine(memory, name);
            try
            {
                Remove(path);
                if (Disk.TryMake(path, Private))
                {
                    Fill(path, unwritable);
                    return path;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                TryRemove(path); // no room there, say: the next one, then
            }
        }

        return null;
    }

    public static void TryRemove(string path)
    {
        try
        {
            Remove(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a browser may still write there; the next start makes it anew
        }
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true); // a link in it is removed, not what it leads to
        }
    }

    private static void Fill(string path, PlayerFolder unwritable)
    {
        File.CreateSymbolicLink(Path.Combine(path, Path.GetFileName(unwritable.Media)), unwritable.Media);
        foreach (var identity in ((string[])[unwritable.Identity, unwritable.FormerIdentity]).Where(File.Exists))
        {
            File.Copy(identity, Path.Combine(path, Path.GetFileName(identity)));
        }

        var keys = Path.Combine(path, Path.GetFileName(unwritable.Keys));
        PlayerFolder.MakePrivate(keys);
        foreach (var key in Directory.EnumerateFiles(unwritable.Keys))
        {
            File.Copy(key, Path.Combine(keys, Path.GetFileName(key)));
        }

        foreach (var database in unwritable.Databases)
        {
            foreach (var file in ((string[])[database, database + SqliteFile.Log]).Where(File.Exists))
            {
                try
                {
                    File.Copy(file, Path.Combine(path, Path.GetFileName(file)));
                }
                catch (IOException e) when (DiskFault.CodeOf(e) is not DiskFault.Full)
                {
                    // One that cannot be read begins anew, as on a disk that can be written.
                }
            }
        }
    }
}
