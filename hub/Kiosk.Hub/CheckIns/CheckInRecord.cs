using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.CheckIns;

/// <summary>Evidence of one check-in, whichever way it came and whatever became of it; written once.</summary>
internal sealed class CheckInRecord
{
    /// <summary>UUIDv7 made by whoever saw it first.</summary>
    public required Guid Id { get; init; }

    /// <summary>As the sender named it; not a foreign key, since evidence for an unknown meeting is kept too.</summary>
    public required Guid MeetingId { get; init; }

    /// <summary>Null when the card told nobody's name.</summary>
    public Guid? MemberId { get; init; }

    public Guid? DisplayId { get; init; }

    public required CheckInMethod Method { get; init; }

    public required CheckInOutcome Outcome { get; init; }

    public required DateTimeOffset ObservedAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required ClockState Clock { get; init; }

    /// <summary>The instant that counted; differs from <see cref="ObservedAt"/> when the clock could not be trusted.</summary>
    public required DateTimeOffset CountedAt { get; init; }

    public required bool Late { get; init; }

    public required int PointsGranted { get; init; }

    public int? PointsAvailable { get; init; }

    public int? CardSerial { get; init; }

    public CheckInKind Kind { get; init; }

    /// <summary>The record of the same device that this one takes back.</summary>
    public Guid? Undoes { get; init; }

    /// <summary>The host who checked the member in.</summary>
    public string? By { get; init; }

    public string? Reason { get; init; }

    public string? BootId { get; init; }

    public long? MonotonicMs { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<CheckInRecord>
    {
        public void Configure(EntityTypeBuilder<CheckInRecord> builder)
        {
            builder.ToTable("CheckInRecords");
            builder.Property(record => record.By).HasMaxLength(256);
            builder.Property(record => record.Reason).HasMaxLength(200 * 16);
            builder.Property(record => record.BootId).HasMaxLength(64);
            builder.HasIndex(record => new { record.MeetingId, record.ReceivedAt });
            builder.HasIndex(record => new { record.MeetingId, record.MemberId });
            // What could not be applied is few among many, and looked for again and again.
            builder.HasIndex(record => new { record.Outcome, record.ReceivedAt });
        }
    }
}
