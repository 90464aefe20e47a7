using System.Formats.Tar;

namespace Kiosk.Hub.Backup;

/// <summary>
/// Copies a hub's data while it works. The database is taken at one instant; media never change once written, so they are copied after it.
/// A file deleted meanwhile only means that the picture of the database is a moment old: it is then taken once more.
/// </summary>
internal static class MakeBackup
{
    private const int Tries = 3;

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
        for (var last = false; ; last = true)
        {
            for (var tries = 1; tries <= Tries; tries++)
            {
                work.Clear();
                if (await WriteAsync(place, work.Snapshot, work.Part, now, acceptMissing: last, progress, cancellationToken) is { } manifest)
                {
                    Move(work.Part, target, overwrite);
                    return manifest;
                }
            }
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

    // Null when media the database names are not there: perhaps deleted since.
    private static async Task<BackupManifest?> WriteAsync(
        BackupPlace place, string work, string part, DateTimeOffset now, bool acceptMissing, Action<BackupProgress> progress, CancellationToken cancellationToken)
    {
        progress(default);
        var picture = await DatabasePicture.TakeAsync(place, work, cancellationToken);
        var wanted = picture.Files.Concat(Keys(place.DataFolder)).ToList();
        var missing = new List<string>();
        foreach (var sha256 in picture.Media)
        {
            var path = Path.Combine(place.DataFolder, "media", sha256[..2], sha256[2..]);
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
        wanted.AddRange(picture.Waiting.Select(id => ("media/incoming/" + id, Path.Combine(place.DataFolder, "media", "incoming", id))).Where(file => File.Exists(file.Item2)));
        var (done, total) = (0L, wanted.Sum(file => new FileInfo(file.Path) is { Exists: true } info ? info.Length : 0));
        var files = new List<BackupFile>();
        await using var output = new FileStream(part, Target());
        await using (var writer = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true))
        {
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
                    missing.Add(name);
                }
            }

            if (missing.Count > 0 && !acceptMissing)
            {
                return null;
            }

            var manifest = new BackupManifest(
                BackupArchive.Format, now, typeof(MakeBackup).Assembly.GetName().Version!.ToString(3), files, missing, place.Postgres is null ? null : BackupArchive.Postgres);
            await BackupArchive.AddManifestAsync(writer, manifest, cancellationToken);
            await writer.DisposeAsync();
            await output.FlushAsync(cancellationToken);
            output.Flush(flushToDisk: true);
            return manifest;
        }
    }

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
