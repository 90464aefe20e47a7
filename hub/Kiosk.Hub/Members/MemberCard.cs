using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Members;

/// <summary>A check-in card (签到卡) that was issued; the card's text itself is signed anew whenever it is printed and never stored.</summary>
internal sealed class MemberCard
{
    /// <summary>1 to 2³¹−1.</summary>
    public required int Serial { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>The organisation whose key signs the card.</summary>
    public required Guid OrgRootId { get; init; }

    /// <summary>Whole seconds, as in the card.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MemberCard>
    {
        public void Configure(EntityTypeBuilder<MemberCard> builder)
        {
            builder.ToTable("MemberCards");
            builder.HasKey(card => card.Serial);
            builder.Property(card => card.Serial).ValueGeneratedNever();
            builder.HasIndex(card => card.MemberId).IsUnique().HasFilter("\"RevokedAt\" IS NULL");
            builder.HasIndex(card => new { card.OrgRootId, card.RevokedAt });
            builder.HasOne<Member>().WithMany().HasForeignKey(card => card.MemberId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
