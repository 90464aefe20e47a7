using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Meetings.Series;

/// <summary>A meeting that repeats. Its meetings are rows of their own, made ahead; what they are made from is kept here.</summary>
internal sealed class MeetingSeries
{
    public required Guid Id { get; init; }

    public required Guid OrgUnitId { get; set; }

    public required string TimeZone { get; set; }

    public required DateTime StartLocal { get; set; }

    public required DateTime EndLocal { get; set; }

    public required string RecurrenceRule { get; set; }

    public List<DateTime> Skipped { get; set; } = [];

    /// <summary>The first meeting's <see cref="Contracts.Operator.MeetingInput"/> as JSON.</summary>
    public required string Template { get; set; }

    /// <summary>Nothing is made from here on; null while it goes on.</summary>
    public DateTime? EndsBefore { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>Everything up to this start has been made; only later ones ever are.</summary>
    public DateTime? MadeThrough { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public int Revision { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<MeetingSeries>
    {
        public void Configure(EntityTypeBuilder<MeetingSeries> builder)
        {
            builder.ToTable("MeetingSeries");
            builder.Property(series => series.TimeZone).HasMaxLength(64);
            builder.Property(series => series.RecurrenceRule).HasMaxLength(1000);
            builder.Property(series => series.CreatedBy).HasMaxLength(200);
            builder.Property(series => series.StartLocal).HasConversion(LocalTimeConverter.Instance).HasMaxLength(19);
            builder.Property(series => series.EndLocal).HasConversion(LocalTimeConverter.Instance).HasMaxLength(19);
            builder.Property(series => series.EndsBefore).HasConversion(LocalTimeConverter.Instance).HasMaxLength(19);
            builder.Property(series => series.MadeThrough).HasConversion(LocalTimeConverter.Instance).HasMaxLength(19);
            builder.PrimitiveCollection(series => series.Skipped).ElementType(element => element.HasConversion(LocalTimeConverter.Instance));
            builder.Property(series => series.Revision).IsConcurrencyToken();
            builder.HasIndex(series => series.OrgUnitId);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(series => series.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
