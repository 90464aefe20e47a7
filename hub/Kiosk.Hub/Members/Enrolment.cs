using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Members;

/// <summary>A one-time link with which a member enrols a phone and chooses a PIN.</summary>
internal sealed class Enrolment
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    public required Guid Id { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>SHA-256 of the link's token.</summary>
    public required string TokenSha256 { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Enrolment>
    {
        public void Configure(EntityTypeBuilder<Enrolment> builder)
        {
            builder.ToTable("Enrolments");
            builder.Property(enrolment => enrolment.TokenSha256).HasMaxLength(64);
            builder.HasIndex(enrolment => enrolment.TokenSha256).IsUnique();
            builder.HasOne<Member>().WithMany().HasForeignKey(enrolment => enrolment.MemberId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
