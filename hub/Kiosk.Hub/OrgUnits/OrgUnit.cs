using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.OrgUnits;

/// <summary>所属党组织: a node of the organisation's tree.</summary>
internal sealed class OrgUnit
{
    public required Guid Id { get; init; }

    public Guid? ParentId { get; set; }

    public required string Name { get; set; }

    public required OrgUnitKind Kind { get; set; }

    /// <summary>Ids from the root to this unit: <c>/{id:N}/{id:N}/</c>; everything under a unit starts with its path.</summary>
    public required string Path { get; set; }

    /// <summary>0 for the root.</summary>
    public required int Depth { get; set; }

    /// <summary>0–100: highest priority a schedule event of this unit may have.</summary>
    public required int PriorityCeiling { get; set; }

    public static string PathOf(Guid id, string? parentPath) => $"{parentPath ?? "/"}{id:N}/";

    /// <summary>Ids from the root to the unit whose path this is.</summary>
    public static IReadOnlyList<Guid> IdsOf(string path) =>
        [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => Guid.ParseExact(part, "N"))];

    internal sealed class Configuration : IEntityTypeConfiguration<OrgUnit>
    {
        public void Configure(EntityTypeBuilder<OrgUnit> builder)
        {
            builder.ToTable("OrgUnits");
            builder.Property(unit => unit.Name).HaveNameLength();
            builder.Property(unit => unit.Path).HasMaxLength(800);
            builder.HasIndex(unit => unit.Path).IsUnique();
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(unit => unit.ParentId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
