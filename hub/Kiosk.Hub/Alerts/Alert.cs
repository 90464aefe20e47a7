using Kiosk.Contracts.Operator;
using Kiosk.Hub.Displays;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Alerts;

/// <summary>提醒: something that is wrong, from when it is noticed until it is over. Kept so that a restart neither forgets nor repeats.</summary>
internal sealed class Alert
{
    public const int SubjectLength = 60;

    public required Guid Id { get; init; }

    public required AlertKind Kind { get; init; }

    /// <summary>What it is about; at most one alert of a kind that is not over.</summary>
    public required string Subject { get; init; }

    public Guid? DisplayId { get; init; }

    public Guid? NoticeId { get; init; }

    /// <summary>Whose it is.</summary>
    public required Guid OrgUnitId { get; set; }

    /// <summary>From when it is so.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>From when its minutes count.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it had lasted long enough; null before: nobody hears of it yet.</summary>
    public DateTimeOffset? OpenedAt { get; set; }

    /// <summary>Since when it looks fine; it is over once that has lasted, too.</summary>
    public DateTimeOffset? FineSince { get; set; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>A number for its sentence.</summary>
    public long? Count { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Alert>
    {
        public void Configure(EntityTypeBuilder<Alert> builder)
        {
            builder.ToTable("Alerts");
            builder.Property(alert => alert.Subject).HasMaxLength(SubjectLength);
            builder.HasIndex(alert => new { alert.Kind, alert.Subject }).IsUnique().HasFilter("\"Until\" IS NULL");
            builder.HasIndex(alert => new { alert.OrgUnitId, alert.Since });
            builder.HasIndex(alert => alert.Until);
            builder.HasOne<Display>().WithMany().HasForeignKey(alert => alert.DisplayId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(alert => alert.OrgUnitId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>Who has been told of an alert, and last when.</summary>
internal sealed class AlertTold
{
    public required Guid AlertId { get; init; }

    public required Guid RecipientId { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; set; }

    /// <summary>When they were told that it is over, or need not be.</summary>
    public DateTimeOffset? ClearedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AlertTold>
    {
        public void Configure(EntityTypeBuilder<AlertTold> builder)
        {
            builder.ToTable("AlertTold");
            builder.HasKey(told => new { told.AlertId, told.RecipientId });
            builder.HasOne<Alert>().WithMany().HasForeignKey(told => told.AlertId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<AlertRecipient>().WithMany().HasForeignKey(told => told.RecipientId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
