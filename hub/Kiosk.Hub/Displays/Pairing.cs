using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Displays;

/// <summary>A player that shows a code and waits to be claimed.</summary>
internal sealed class Pairing
{
    public required Guid Id { get; init; }

    /// <summary>Without the dash.</summary>
    public required string Code { get; init; }

    /// <summary>Lower-case hex; the hub never sees the token before it is claimed and used.</summary>
    public required string TokenSha256 { get; init; }

    public required string PlayerVersion { get; init; }

    public required int ScreenWidth { get; init; }

    public required int ScreenHeight { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Set once an admin has claimed it; the row stays until it expires so that the player can learn of it.</summary>
    public Guid? DisplayId { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Pairing>
    {
        public void Configure(EntityTypeBuilder<Pairing> builder)
        {
            builder.ToTable("Pairings");
            builder.Property(pairing => pairing.Code).HasMaxLength(8);
            builder.Property(pairing => pairing.TokenSha256).HasMaxLength(64);
            builder.Property(pairing => pairing.PlayerVersion).HasMaxLength(40);
            builder.HasIndex(pairing => pairing.Code).IsUnique();
            builder.HasIndex(pairing => pairing.TokenSha256).IsUnique();
            builder.HasIndex(pairing => pairing.ExpiresAt);
        }
    }
}
