namespace Kiosk.Hub.Backup;

/// <summary>The data a backup is of.</summary>
/// <param name="DataFolder">Of the hub; keys and media are in it, and the database unless it is elsewhere.</param>
/// <param name="Postgres">Connection string; null when the database is the SQLite file in the folder.</param>
internal sealed record BackupPlace(string DataFolder, string? Postgres = null)
{
    public static BackupPlace Of(HubOptions options) => new(options.DataFolder, string.IsNullOrWhiteSpace(options.Postgres) ? null : options.Postgres);
}

/// <param name="Bytes">Done so far.</param>
/// <param name="Total">Of so many; 0 while that is not known yet.</param>
internal readonly record struct BackupProgress(long Bytes, long Total);
