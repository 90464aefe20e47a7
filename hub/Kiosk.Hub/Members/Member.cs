using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Members;

/// <summary>党员, or somebody on the way to it.</summary>
internal sealed class Member
{
    public required Guid Id { get; init; }

    public required Guid OrgUnitId { get; set; }

    /// <summary>Unique over the hub, upper case.</summary>
    public required string Number { get; set; }

    public required string Name { get; set; }

    /// <summary>Lower-cased name, for searching.</summary>
    public required string NameFolded { get; set; }

    /// <summary>Pinyin initials of the name, e.g. <c>zxs</c>; see <see cref="PinyinInitials"/>.</summary>
    public required string Initials { get; set; }

    public required PersonKind Kind { get; set; }

    /// <summary>Takes no part: no check-in, no vote.</summary>
    public required bool Suspended { get; set; }

    public MemberStatus Status { get; set; }

    /// <summary>See <see cref="MemberPosts"/>.</summary>
    public int Posts { get; set; }

    /// <summary>党小组: a unit under <see cref="OrgUnitId"/>, or null.</summary>
    public Guid? GroupUnitId { get; set; }

    /// <summary>Encrypted by <see cref="PersonalData"/>; null when not known.</summary>
    public byte[]? Phone { get; set; }

    /// <summary>See <see cref="Pin"/>; null until the member chose one.</summary>
    public byte[]? PinHash { get; set; }

    /// <summary>Wrong PINs in a row.</summary>
    public int PinFailures { get; set; }

    public DateTimeOffset? PinLockedUntil { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether a member has a vote: full members who are neither suspended nor 留党察看.</summary>
    public static bool MayVote(PersonKind kind, bool suspended, MemberStatus status) => kind is PersonKind.FullMember && !suspended && status is not MemberStatus.OnProbation;

    /// <summary>Sets the name and all that is searched by.</summary>
    public void Rename(string name)
    {
        Name = name;
        NameFolded = name.ToLowerInvariant();
        Initials = PinyinInitials.Of(name);
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Member>
    {
        public void Configure(EntityTypeBuilder<Member> builder)
        {
            builder.ToTable("Members");
            builder.Property(member => member.Number).HasMaxLength(20);
            builder.Property(member => member.Name).HaveNameLength();
            builder.Property(member => member.NameFolded).HaveNameLength();
            builder.Property(member => member.Initials).HasMaxLength(120);
            builder.HasIndex(member => member.Number).IsUnique();
            builder.HasIndex(member => new { member.OrgUnitId, member.Initials });
            builder.HasIndex(member => member.GroupUnitId);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(member => member.GroupUnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(member => member.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
