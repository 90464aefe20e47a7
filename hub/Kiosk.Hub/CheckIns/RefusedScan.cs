using Kiosk.Hub.Meetings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.CheckIns;

/// <summary>How often a display code was refused at a meeting. Anonymous on purpose: no code, no address, no single instant.</summary>
internal sealed class RefusedScan
{
    public required Guid MeetingId { get; init; }

    /// <summary><c>expired_code altered_code wrong_meeting</c>.</summary>
    public required string Reason { get; init; }

    public required int Count { get; set; }

    public required DateTimeOffset LastAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RefusedScan>
    {
        public void Configure(EntityTypeBuilder<RefusedScan> builder)
        {
            builder.ToTable("RefusedScans");
            builder.HasKey(scan => new { scan.MeetingId, scan.Reason });
            builder.Property(scan => scan.Reason).HasMaxLength(40);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(scan => scan.MeetingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
