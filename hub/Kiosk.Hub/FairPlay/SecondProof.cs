using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.FairPlay;

/// <summary>待确认: the phone shows a number that is to be tapped on the room's screen. The attendance stands all the while.</summary>
internal sealed class SecondProof
{
    public required Guid MeetingId { get; init; }

    public required Guid MemberId { get; init; }

    public required ProofState State { get; set; }

    public required DateTimeOffset AskedAt { get; set; }

    /// <summary>The host who asked; null when the meeting asks everybody.</summary>
    public string? AskedBy { get; set; }

    /// <summary>10 to 99; null until the phone asks for one.</summary>
    public int? Number { get; set; }

    public DateTimeOffset? NumberUntil { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>The display it was tapped on.</summary>
    public Guid? DisplayId { get; set; }

    /// <summary>The host who confirmed by hand.</summary>
    public string? SettledBy { get; set; }

    public string? Word { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<SecondProof>
    {
        public void Configure(EntityTypeBuilder<SecondProof> builder)
        {
            builder.ToTable("SecondProofs");
            builder.HasKey(proof => new { proof.MeetingId, proof.MemberId });
            builder.Property(proof => proof.AskedBy).HasMaxLength(256);
            builder.Property(proof => proof.SettledBy).HasMaxLength(256);
            builder.Property(proof => proof.Word).HasMaxLength(200 * 16);
            // A number that waits is one person's.
            builder.HasIndex(proof => new { proof.MeetingId, proof.Number }).IsUnique().HasFilter("\"State\" = 'Waiting' AND \"Number\" IS NOT NULL");
            builder.HasIndex(proof => proof.MemberId);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(proof => proof.MeetingId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Member>().WithMany().HasForeignKey(proof => proof.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>Whether a meeting asks everybody who checks in by phone for the second proof.</summary>
internal sealed class ProofRule
{
    public required Guid MeetingId { get; init; }

    public required bool On { get; set; }

    public required string By { get; set; }

    public required DateTimeOffset At { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<ProofRule>
    {
        public void Configure(EntityTypeBuilder<ProofRule> builder)
        {
            builder.ToTable("ProofRules");
            builder.HasKey(rule => rule.MeetingId);
            builder.Property(rule => rule.By).HasMaxLength(256);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(rule => rule.MeetingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
