using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Meetings.Calendars;

/// <summary>A secret address at which a calendar can be read: of a unit, or of a member's own meetings.</summary>
internal sealed class CalendarAddress
{
    public required Guid Id { get; init; }

    /// <summary>See <see cref="Auth.Tokens"/>.</summary>
    public required string TokenHash { get; init; }

    public Guid? OrgUnitId { get; init; }

    public Guid? MemberId { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Start of the day it was last read.</summary>
    public DateTimeOffset? LastReadAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<CalendarAddress>
    {
        public void Configure(EntityTypeBuilder<CalendarAddress> builder)
        {
            builder.ToTable("CalendarAddresses");
            builder.Property(address => address.TokenHash).HasMaxLength(64);
            builder.Property(address => address.Name).HasMaxLength(60 * 16);
            builder.Property(address => address.CreatedBy).HasMaxLength(200);
            builder.HasIndex(address => address.TokenHash).IsUnique();
            builder.HasIndex(address => address.OrgUnitId);
            builder.HasIndex(address => address.MemberId);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(address => address.OrgUnitId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Member>().WithMany().HasForeignKey(address => address.MemberId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
