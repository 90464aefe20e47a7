namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/backups (Admin over everything): how the hub is backed up. POST starts one now → 409 <c>backup_running</c>, <c>backup_not_set</c>; DELETE /api/backups/running stops it.</summary>
/// <param name="Folder">Where backups go, on the hub's machine; null: none are made (setting <c>Hub:Backup:Folder</c>).</param>
/// <param name="At">Daily at this time of the organisation's zone, <c>HH:mm</c>.</param>
/// <param name="Keep">So many files are kept.</param>
/// <param name="LastGoodAt">When the newest whole backup was begun; what was done since is not in it.</param>
/// <param name="Runs">Newest first.</param>
/// <param name="Attention">What needs a person, or null.</param>
public sealed record BackupOverview(
    string? Folder, string At, int Keep, DateTimeOffset? NextAt, DateTimeOffset? LastGoodAt, BackupRunning? Running, IReadOnlyList<BackupRunSummary> Runs, BackupAttention? Attention);

/// <param name="Percent">Null while the database is being copied, before it is known how much there is.</param>
public sealed record BackupRunning(DateTimeOffset StartedAt, int? Percent);

/// <param name="File">Its name in the folder; null when none was made.</param>
/// <param name="Missing">Media whose file was not there.</param>
/// <param name="Code">Why there is none: <c>cancelled disk_full backup_not_written database_damaged interrupted</c>.</param>
/// <param name="Text">The same in the caller's language.</param>
public sealed record BackupRunSummary(Guid Id, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, bool Daily, string? File, long Bytes, int Missing, string? Code, string? Text);

/// <param name="Code"><c>backup_not_set backup_old</c>.</param>
/// <param name="Text">What is the matter and what to do, in the caller's language.</param>
public sealed record BackupAttention(string Code, string Text, DateTimeOffset? Since);
