using Kiosk.Contracts.Operator;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Auth;

/// <summary>A browser in which an operator is signed in; the cookie carries its id. No address is kept.</summary>
internal sealed class OperatorSession
{
    public required Guid Id { get; init; }

    public required Guid OperatorId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Written at most every <see cref="OperatorSessions.SeenInterval"/>.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>Product name, or empty.</summary>
    public required string Browser { get; init; }

    public required string System { get; init; }

    public required SignInMethod Method { get; init; }

    /// <summary>More than a password began it, or has been shown since.</summary>
    public required bool Strong { get; set; }

    /// <summary>When its operator last showed to be there: by signing in, or asked again since.</summary>
    public required DateTimeOffset ProvenAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<OperatorSession>
    {
        public void Configure(EntityTypeBuilder<OperatorSession> builder)
        {
            builder.ToTable("OperatorSessions");
            builder.Property(session => session.Browser).HasMaxLength(20);
            builder.Property(session => session.System).HasMaxLength(20);
            builder.HasIndex(session => session.OperatorId);
            builder.HasOne<OperatorAccount>().WithMany().HasForeignKey(session => session.OperatorId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
