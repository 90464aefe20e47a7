using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Members;

/// <summary>A browser in which a member is signed in; a phone has several, since messengers and cameras share no cookies.</summary>
internal sealed class MemberDevice
{
    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>SHA-256 of the cookie's token; the token itself is never stored.</summary>
    public required string TokenSha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MemberDevice>
    {
        public void Configure(EntityTypeBuilder<MemberDevice> builder)
        {
            builder.ToTable("MemberDevices");
            builder.Property(device => device.TokenSha256).HasMaxLength(64);
            builder.HasIndex(device => device.TokenSha256).IsUnique();
            builder.HasOne<Member>().WithMany().HasForeignKey(device => device.MemberId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
