using Kiosk.Contracts.Operator;
using Kiosk.Hub.OrgUnits;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Auth;

/// <summary>Somebody who signs in to the admin.</summary>
internal sealed class OperatorAccount : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    public DateTimeOffset? LastSignIn { get; set; }
}

/// <summary>A role over an org unit and everything under it.</summary>
internal sealed class RoleAssignment
{
    public required Guid OperatorId { get; init; }

    public required OperatorRole Role { get; init; }

    public required Guid OrgUnitId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<RoleAssignment>
    {
        public void Configure(EntityTypeBuilder<RoleAssignment> builder)
        {
            builder.ToTable("RoleAssignments");
            builder.HasKey(assignment => new { assignment.OperatorId, assignment.Role, assignment.OrgUnitId });
            builder.HasOne<OperatorAccount>().WithMany().HasForeignKey(assignment => assignment.OperatorId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(assignment => assignment.OrgUnitId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A one-time link with which an operator chooses a password; without an operator it makes the first admin.</summary>
internal sealed class SetUpLink
{
    public required Guid Id { get; init; }

    public required string TokenSha256 { get; init; }

    public Guid? OperatorId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<SetUpLink>
    {
        public void Configure(EntityTypeBuilder<SetUpLink> builder)
        {
            builder.ToTable("SetUpLinks");
            builder.Property(link => link.TokenSha256).HasMaxLength(64);
            builder.HasIndex(link => link.TokenSha256).IsUnique();
            builder.HasOne<OperatorAccount>().WithMany().HasForeignKey(link => link.OperatorId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
