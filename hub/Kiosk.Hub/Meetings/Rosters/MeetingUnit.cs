using Kiosk.Contracts.Operator;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Meetings.Rosters;

/// <summary>结对共建: a unit that takes part in another's meeting, once a host of it agreed.</summary>
internal sealed class MeetingUnit
{
    public const int Most = 10;

    public required Guid MeetingId { get; init; }

    public required Guid OrgUnitId { get; init; }

    public required JointState State { get; set; }

    public required DateTimeOffset InvitedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? DecidedBy { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MeetingUnit>
    {
        public void Configure(EntityTypeBuilder<MeetingUnit> builder)
        {
            builder.ToTable("MeetingUnits");
            builder.HasKey(unit => new { unit.MeetingId, unit.OrgUnitId });
            builder.HasIndex(unit => unit.OrgUnitId);
            builder.Property(unit => unit.DecidedBy).HasMaxLength(200);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(unit => unit.MeetingId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(unit => unit.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
