using System.Formats.Tar;
using Kiosk.Hub.Shared;

namespace Kiosk.Hub.Backup;

/// <summary>
/// Copies a hub's data while it works. The database is taken at one instant; media never change once written, so they are copied after it.
/// A file deleted meanwhile only means that the picture of the database is a moment old: it is then taken once more.
/// </summary>
internal static class MakeBackup
{
    private const int Tries = 4;

    /// <param name="place">Of a running or stopped hub.</param>
    /// <param name="target">File to be made; it appears when it is whole.</param>
    /// <param name="overwrite">Whether a file of that name may be replaced.</param>
    /// <exception cref="BackupTargetException">Something is there already.</exception>
    /// <exception cref="FileNotFoundException">No hub ever worked there.</exception>
    /// <exception cref="IOException">E.g. the disk is full; the target is as it was before.</exception>
    public static async Task<BackupManifest> RunAsync(
        BackupPlace place, string target, DateTimeOffset now, Action<BackupProgress> progress, CancellationToken cancellationToken, bool overwrite = false)
    {
        target = Path.GetFullPath(target);
        BackupTarget.CheckFree(target, overwrite);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        using var work = BackupWork.Beside(target, now);
        // What two pictures in a row miss is gone for good; what only the newer one misses was perhaps deleted since the older one.
        var before = new HashSet<string>(StringComparer.Ordinal);
        for (var tries = 1; ; tries++)
        {
            work.Clear();
            progress(default);
            var picture = await DatabasePicture.TakeAsync(place, work.Snapshot, cancellationToken);
            var missing = new List<string>();
            var wanted = List(place.DataFolder, picture, missing);
            // Decided before anything is copied: the media folder may be large.
            if (tries == Tries || missing.All(before.Contains))
            {
                var missed = missing.Count;
                var manifest = await WriteAsync(place, wanted, missing, work.Part, now, progress, cancellationToken);
                if (tries == Tries || missing.Count == missed)
                {
                    Move(work.Part, target, overwrite);
                    return manifest;
                }
            }

            before.UnionWith(missing);
        }
    }

    private static void Move(string part, string target, bool overwrite)
    {
        // Once more: another backup may have taken the name meanwhile.
        BackupTarget.CheckFree(target, overwrite);
        try
        {
            File.Move(part, target, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(target))
        {
            throw new BackupTargetException("backup_target_exists", target);
        }
    }

    private static List<(string Name, string Path)> List(string dataFolder, DatabasePicture picture, List<string> missing)
    {
        var wanted = picture.Files.Concat(Keys(dataFolder)).ToList();
        foreach (var sha256 in picture.Media)
        {
            var path = Path.Combine(dataFolder, "media", sha256[..2], sha256[2..]);
            if (File.Exists(path))
            {
                wanted.Add(($"media/{sha256[..2]}/{sha256[2..]}", path));
            }
            else
            {
                missing.Add(sha256);
            }
        }

        // Uploads whose preparation has not ended; one that ended meanwhile is prepared anew after a restore, or asked for again.
        wanted.AddRange(picture.Waiting.Select(id => ("media/incoming/" + id, Path.Combine(dataFolder, "media", "incoming", id))).Where(file => File.Exists(file.Item2)));
        return wanted;
    }

    private static async Task<BackupManifest> WriteAsync(
        BackupPlace place, List<(string Name, string Path)> wanted, List<string> missing, string part, DateTimeOffset now, Action<BackupProgress> progress, CancellationToken cancellationToken)
    {
        var (done, total) = (0L, wanted.Sum(file => new FileInfo(file.Path) is { Exists: true } info ? info.Length : 0));
        var files = new List<BackupFile>();
        await using var output = new FileStream(part, Target());
        await using var writer = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var (name, path) in wanted)
        {
            try
            {
                var file = await BackupArchive.AddAsync(writer, name, path, bytes => progress(new BackupProgress(done + bytes, total)), cancellationToken);
                files.Add(file);
                done += file.Bytes;
            }
            catch (FileNotFoundException)
            {
                // Deleted since it was listed.
                missing.Add(IsMedium(name) ? name["media/".Length..].Replace("/", "", StringComparison.Ordinal) : name);
            }
        }

        var manifest = new BackupManifest(
            BackupArchive.Format, now, typeof(MakeBackup).Assembly.GetName().Version!.ToString(3), files, missing, place.Postgres is null ? null : BackupArchive.Postgres);
        await BackupArchive.AddManifestAsync(writer, manifest, cancellationToken);
        await writer.DisposeAsync();
        await output.FlushAsync(cancellationToken);
        output.Flush(flushToDisk: true);
        return manifest;
    }

    private static bool IsMedium(string name) => name.StartsWith("media/", StringComparison.Ordinal) && !name.StartsWith("media/incoming/", StringComparison.Ordinal);

    private static IEnumerable<(string Name, string Path)> Keys(string dataFolder) =>
        Directory.EnumerateFiles(Path.Combine(dataFolder, "keys")).Where(file => !file.EndsWith(".part", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(key => ("keys/" + Path.GetFileName(key), key));

    private static FileStreamOptions Target()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 20, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            // It holds the keys and everybody's data.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
