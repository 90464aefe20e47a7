using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Notices;

/// <summary>通知: text that comes over what plays, from its start to its expiry.</summary>
internal sealed class Notice
{
    public required Guid Id { get; init; }

    /// <summary>Grows with every edit; receipts name it.</summary>
    public required int Version { get; set; }

    public required Guid OrgUnitId { get; init; }

    public required NoticeKind Kind { get; set; }

    public required NoticeUrgency Urgency { get; set; }

    public required string Title { get; set; }

    public required string Text { get; set; }

    public required DateTimeOffset Start { get; set; }

    public required DateTimeOffset Expiry { get; set; }

    public required Disclosure Disclosure { get; set; }

    public Guid? ImageMediaId { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>Its feeds no longer hold it: withdrawn, or expired and swept.</summary>
    public bool Ended { get; set; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Notice>
    {
        public void Configure(EntityTypeBuilder<Notice> builder)
        {
            builder.ToTable("Notices");
            builder.Property(notice => notice.Title).HasMaxLength(NoticeRules.TitleLength * 16);
            builder.Property(notice => notice.Text).HasMaxLength(NoticeRules.TextLength * 16);
            builder.Property(notice => notice.CreatedBy).HasMaxLength(200);
            builder.HasIndex(notice => new { notice.OrgUnitId, notice.CreatedAt });
            builder.HasIndex(notice => new { notice.Ended, notice.Expiry });
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(notice => notice.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A target of a notice.</summary>
internal sealed class NoticeScope
{
    public required Guid NoticeId { get; init; }

    public required string Scope { get; init; }

    /// <summary>Place in the list as it was entered.</summary>
    public required int Position { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<NoticeScope>
    {
        public void Configure(EntityTypeBuilder<NoticeScope> builder)
        {
            builder.ToTable("NoticeScopes");
            builder.HasKey(scope => new { scope.NoticeId, scope.Scope });
            builder.Property(scope => scope.Scope).HasMaxLength(120);
            builder.HasIndex(scope => scope.Scope);
            builder.HasOne<Notice>().WithMany().HasForeignKey(scope => scope.NoticeId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
