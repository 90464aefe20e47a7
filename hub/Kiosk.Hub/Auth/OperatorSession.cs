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
