using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.OrgUnits;

/// <summary>分组: displays that content may be aimed at together.</summary>
internal sealed class DisplayGroup
{
    public required Guid Id { get; init; }

    public required Guid OrgUnitId { get; set; }

    public required string Name { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<DisplayGroup>
    {
        public void Configure(EntityTypeBuilder<DisplayGroup> builder)
        {
            builder.ToTable("DisplayGroups");
            builder.Property(group => group.Name).HaveNameLength();
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(group => group.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A display's place in a group.</summary>
internal sealed class DisplayGroupMember
{
    public required Guid GroupId { get; init; }

    public required Guid DisplayId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DisplayGroupMember>
    {
        public void Configure(EntityTypeBuilder<DisplayGroupMember> builder)
        {
            builder.ToTable("DisplayGroupMembers");
            builder.HasKey(member => new { member.GroupId, member.DisplayId });
            builder.HasIndex(member => member.DisplayId);
            builder.HasOne<DisplayGroup>().WithMany().HasForeignKey(member => member.GroupId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
