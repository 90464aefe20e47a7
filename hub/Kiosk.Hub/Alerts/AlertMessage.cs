using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Alerts;

/// <summary>A message that is to go out: stored with what it tells, sent after, at least once, always under its id.</summary>
internal sealed class AlertMessage
{
    public const int AnswerLength = 500;

    public required Guid Id { get; init; }

    public required Guid RecipientId { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init; }

    /// <summary>What a generic webhook gets beside the text, as JSON.</summary>
    public required string Items { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Tried that often in vain.</summary>
    public int Failures { get; set; }

    /// <summary>Not tried before; while somebody is at it, the end of their turn.</summary>
    public required DateTimeOffset NotBefore { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Given up.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>Why the last try failed.</summary>
    public string? Code { get; set; }

    /// <summary>What the server said.</summary>
    public string? Answer { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AlertMessage>
    {
        public void Configure(EntityTypeBuilder<AlertMessage> builder)
        {
            builder.ToTable("AlertMessages");
            builder.Property(message => message.Title).HasMaxLength(500);
            builder.Property(message => message.Code).HasMaxLength(40);
            builder.Property(message => message.Answer).HasMaxLength(AnswerLength);
            builder.HasIndex(message => new { message.SentAt, message.FailedAt, message.NotBefore });
            builder.HasIndex(message => new { message.RecipientId, message.CreatedAt });
            builder.HasOne<AlertRecipient>().WithMany().HasForeignKey(message => message.RecipientId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
