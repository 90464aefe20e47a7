using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.OrgUnits;

/// <summary>A room of an org unit, in which displays hang and meetings are held.</summary>
internal sealed class Room
{
    public required Guid Id { get; init; }

    public required Guid OrgUnitId { get; set; }

    public required string Name { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Room>
    {
        public void Configure(EntityTypeBuilder<Room> builder)
        {
            builder.ToTable("Rooms");
            builder.Property(room => room.Name).HaveNameLength();
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(room => room.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
