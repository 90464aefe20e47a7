using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Points;

/// <summary>What a rule has granted an account in a period, locked with the account's row.</summary>
internal sealed class CapCounter
{
    public required Guid MemberId { get; init; }

    public required string Rule { get; init; }

    /// <summary><c>2026-11-22</c>, <c>2026-11</c> or <c>2026</c>, by the local date of what earned the points.</summary>
    public required string Period { get; init; }

    public required int Granted { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<CapCounter>
    {
        public void Configure(EntityTypeBuilder<CapCounter> builder)
        {
            builder.ToTable("CapCounters");
            builder.HasKey(counter => new { counter.MemberId, counter.Rule, counter.Period });
            builder.Property(counter => counter.Rule).HasMaxLength(40);
            builder.Property(counter => counter.Period).HasMaxLength(10);
            builder.HasOne<PointsAccount>().WithMany().HasForeignKey(counter => counter.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
