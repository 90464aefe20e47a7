using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Auth;

/// <summary>A one-time proof that was used, kept until it would have expired: whoever recorded it cannot use it again, on any hub.</summary>
internal sealed class UsedProof
{
    public required string Sha256 { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Uses it up inside a write; false when it was used before.</summary>
    public static async Task<bool> UseAsync(HubDbContext db, string sha256, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        if (await db.Set<UsedProof>().AnyAsync(proof => proof.Sha256 == sha256, cancellationToken))
        {
            return false;
        }

        // Two at once meet in the key: the later one is done again and finds it used.
        db.Add(new UsedProof { Sha256 = sha256, ExpiresAt = expiresAt });
        return true;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<UsedProof>
    {
        public void Configure(EntityTypeBuilder<UsedProof> builder)
        {
            builder.ToTable("UsedProofs");
            builder.HasKey(proof => proof.Sha256);
            builder.Property(proof => proof.Sha256).HasMaxLength(64);
            builder.HasIndex(proof => proof.ExpiresAt);
        }
    }
}
