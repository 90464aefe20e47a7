using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Backup;

/// <summary>One run of the hub's own backup, daily or asked for; the last ones are kept to be shown.</summary>
internal sealed class BackupRun
{
    /// <summary>So many are remembered.</summary>
    public const int Kept = 30;

    public required Guid Id { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs, or when the hub ended in the middle.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>By the clock; else somebody asked for it.</summary>
    public required bool Daily { get; init; }

    /// <summary>File name in the folder of backups; null unless it was made.</summary>
    public string? File { get; set; }

    public long Bytes { get; set; }

    /// <summary>Media named by the database that were not there.</summary>
    public int Missing { get; set; }

    /// <summary>Why there is none: <c>cancelled disk_full backup_not_written database_damaged interrupted</c>.</summary>
    public string? Code { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<BackupRun>
    {
        public void Configure(EntityTypeBuilder<BackupRun> builder)
        {
            builder.ToTable("BackupRuns");
            builder.Property(run => run.File).HasMaxLength(200);
            builder.Property(run => run.Code).HasMaxLength(40);
            builder.HasIndex(run => run.StartedAt);
        }
    }
}
