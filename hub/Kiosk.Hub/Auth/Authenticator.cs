using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Auth;

/// <summary>The authenticator app of an operator.</summary>
internal sealed class Authenticator
{
    public required Guid OperatorId { get; init; }

    /// <summary>Encrypted with the key for personal data, which is outside the database; tied to the operator's id.</summary>
    public required byte[] Secret { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null until the operator proved with a code that the app holds the secret; signing in does not ask for one before.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>No code of this step or an earlier one is accepted again.</summary>
    public long LastStep { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Authenticator>
    {
        public void Configure(EntityTypeBuilder<Authenticator> builder)
        {
            builder.ToTable("Authenticators");
            builder.HasKey(authenticator => authenticator.OperatorId);
            builder.HasOne<OperatorAccount>().WithOne().HasForeignKey<Authenticator>(authenticator => authenticator.OperatorId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
