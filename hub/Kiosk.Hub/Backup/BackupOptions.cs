namespace Kiosk.Hub.Backup;

/// <summary>Section <c>Hub:Backup</c>. A file of settings and not a page: whoever may write anywhere on the machine is whoever looks after it.</summary>
internal sealed class BackupOptions
{
    /// <summary>Where daily backups go, best on another disk; null: none are made.</summary>
    public string? Folder { get; set; }

    /// <summary>Time of day in the organisation's zone.</summary>
    public TimeOnly At { get; set; } = new(2, 30);

    /// <summary>So many files are kept; the oldest goes when a new one is whole.</summary>
    public int Keep { get; set; } = 14;
}
