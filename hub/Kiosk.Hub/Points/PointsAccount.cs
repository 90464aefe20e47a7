using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Points;

/// <summary>A member's points now; every figure is the sum of the postings, and the head of their hash chain is kept here.</summary>
internal sealed class PointsAccount
{
    public required Guid MemberId { get; init; }

    public required int Available { get; set; }

    /// <summary>Set aside for a gift that waits to be fetched.</summary>
    public required int Held { get; set; }

    /// <summary>Reversed after they were spent; set off against later ones.</summary>
    public required int Owed { get; set; }

    /// <summary>Number of the newest posting.</summary>
    public required long Sequence { get; set; }

    /// <summary>Hash of the newest posting.</summary>
    public required byte[] Hash { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PointsAccount>
    {
        public void Configure(EntityTypeBuilder<PointsAccount> builder)
        {
            builder.ToTable("PointsAccounts", table => table.HasCheckConstraint("CK_PointsAccounts_NotNegative", "\"Available\" >= 0 AND \"Held\" >= 0 AND \"Owed\" >= 0"));
            builder.HasKey(account => account.MemberId);
            builder.HasOne<Member>().WithOne().HasForeignKey<PointsAccount>(account => account.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
