using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.FairPlay;

/// <summary>已核实: the host has looked, and what was found. Never changed; a flag that names somebody more is asked again.</summary>
internal sealed class FlagAnswer
{
    public required Guid Id { get; init; }

    public required Guid MeetingId { get; init; }

    public required string FlagKey { get; init; }

    public required string Code { get; init; }

    /// <summary>Whom the flag named when it was answered.</summary>
    public required List<Guid> MemberIds { get; init; }

    public string? Place { get; init; }

    /// <summary>When what was flagged happened.</summary>
    public required DateTimeOffset FlaggedAt { get; init; }

    public required string Word { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<FlagAnswer>
    {
        public void Configure(EntityTypeBuilder<FlagAnswer> builder)
        {
            builder.ToTable("FlagAnswers");
            builder.Property(answer => answer.FlagKey).HasMaxLength(100);
            builder.Property(answer => answer.Code).HasMaxLength(40);
            builder.Property(answer => answer.Place).HasMaxLength(200 * 16);
            builder.Property(answer => answer.Word).HasMaxLength(200 * 16);
            builder.Property(answer => answer.By).HasMaxLength(256);
            builder.HasIndex(answer => new { answer.MeetingId, answer.At });
            builder.HasOne<Meeting>().WithMany().HasForeignKey(answer => answer.MeetingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
