namespace Kiosk.Hub.Backup;

/// <summary>The whole database at one instant, as files, and what it says about media.</summary>
/// <param name="Files">By name in the archive.</param>
/// <param name="Media">SHA-256 of every file the database names.</param>
/// <param name="Waiting">Uploads whose preparation has not ended, by file name.</param>
internal sealed record DatabasePicture(IReadOnlyList<(string Name, string Path)> Files, IReadOnlyList<string> Media, IReadOnlyList<string> Waiting)
{
    /// <param name="work">An empty folder.</param>
    /// <exception cref="FileNotFoundException">No hub ever worked here.</exception>
    /// <exception cref="BackupDamagedException">The database did not pass its check.</exception>
    public static Task<DatabasePicture> TakeAsync(BackupPlace place, string work, CancellationToken cancellationToken) => place.Postgres is { } postgres
        ? PostgresPicture.TakeAsync(postgres, work, cancellationToken)
        : SqlitePicture.TakeAsync(Path.Combine(place.DataFolder, BackupArchive.Database), work, cancellationToken);
}
