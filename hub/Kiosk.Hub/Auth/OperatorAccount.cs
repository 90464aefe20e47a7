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

    /// <summary>What the organisation's identity provider calls this operator; only an invitation or an administrator sets it.</summary>
    public string? OrganisationName { get; set; }

    /// <summary>Unique, for finding it.</summary>
    public string? NormalizedOrganisationName { get; set; }

    /// <summary>Until when a password alone will do, where the policy asks for more; null before that was first said.</summary>
    public DateTimeOffset? StrongDueAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<OperatorAccount>
    {
        public void Configure(EntityTypeBuilder<OperatorAccount> builder)
        {
            builder.Property(account => account.OrganisationName).HasMaxLength(256);
            builder.Property(account => account.NormalizedOrganisationName).HasMaxLength(256);
            builder.HasIndex(account => account.NormalizedOrganisationName).IsUnique();
        }
    }
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
