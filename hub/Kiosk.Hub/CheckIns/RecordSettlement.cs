using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.CheckIns;

/// <summary>What the host decided about a record that could not be applied; the record itself stays as it was written. Never changed.</summary>
internal sealed class RecordSettlement
{
    public required Guid RecordId { get; init; }

    public required Guid MeetingId { get; init; }

    /// <summary>Counts by the host's word; otherwise it was put aside.</summary>
    public required bool Accepted { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public required string Reason { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RecordSettlement>
    {
        public void Configure(EntityTypeBuilder<RecordSettlement> builder)
        {
            builder.ToTable("RecordSettlements");
            builder.HasKey(settlement => settlement.RecordId);
            builder.HasIndex(settlement => settlement.MeetingId);
            builder.Property(settlement => settlement.By).HasMaxLength(200);
            builder.Property(settlement => settlement.Reason).HasMaxLength(200 * 16);
            builder.HasOne<CheckInRecord>().WithMany().HasForeignKey(settlement => settlement.RecordId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
