using Kiosk.Hub.Meetings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.FairPlay;

/// <summary>
/// What a check-in by phone left behind for the host's eyes. Kept apart from the record, because it is forgotten much sooner. The hashes are
/// keyed per meeting: nobody's phone can be followed from one meeting to the next.
/// </summary>
internal sealed class PhoneTrace
{
    public required Guid RecordId { get; init; }

    public required Guid MeetingId { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>Whose code was scanned.</summary>
    public required Guid DisplayId { get; init; }

    public required string Browser { get; init; }

    public required string Network { get; init; }

    /// <summary>The network of the display itself at that moment; null when this hub does not know it.</summary>
    public string? DisplayNetwork { get; init; }

    public required long Step { get; init; }

    /// <summary>Milliseconds from the first moment the code was shown to its arrival.</summary>
    public required int CodeAgeMs { get; init; }

    /// <summary>换人签到: said to be somebody else's phone.</summary>
    public required bool Declared { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PhoneTrace>
    {
        public void Configure(EntityTypeBuilder<PhoneTrace> builder)
        {
            builder.ToTable("PhoneTraces");
            builder.HasKey(trace => trace.RecordId);
            builder.Property(trace => trace.Browser).HasMaxLength(TraceHashes.Length);
            builder.Property(trace => trace.Network).HasMaxLength(TraceHashes.Length);
            builder.Property(trace => trace.DisplayNetwork).HasMaxLength(TraceHashes.Length);
            builder.HasIndex(trace => trace.MeetingId);
            builder.HasIndex(trace => trace.At);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(trace => trace.MeetingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
