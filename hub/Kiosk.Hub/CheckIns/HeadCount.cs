using Kiosk.Hub.Meetings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.CheckIns;

/// <summary>人数清点: how many the host counted, and how many had checked in at that moment. Never changed.</summary>
internal sealed class HeadCount
{
    public required Guid Id { get; init; }

    public required Guid MeetingId { get; init; }

    public required int Counted { get; init; }

    /// <summary>Members who had come and not left, and guests.</summary>
    public required int CheckedIn { get; init; }

    /// <summary>Of those, who had come without being on the roster.</summary>
    public required int Others { get; init; }

    /// <summary>Of those, 列席.</summary>
    public required int Observers { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public string? Note { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<HeadCount>
    {
        public void Configure(EntityTypeBuilder<HeadCount> builder)
        {
            builder.ToTable("HeadCounts");
            builder.Property(count => count.By).HasMaxLength(200);
            builder.Property(count => count.Note).HasMaxLength(200 * 16);
            builder.HasIndex(count => new { count.MeetingId, count.At });
            builder.HasOne<Meeting>().WithMany().HasForeignKey(count => count.MeetingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
