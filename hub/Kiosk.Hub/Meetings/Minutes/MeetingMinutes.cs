using Kiosk.Contracts.Operator;
using Kiosk.Hub.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Meetings.Minutes;

/// <summary>会议记录.</summary>
internal sealed class MeetingMinutes
{
    public required Guid MeetingId { get; init; }

    public MinutesState State { get; set; }

    public required string Text { get; set; }

    public string? Recorder { get; set; }

    /// <summary>List of <see cref="MinutesDecision"/> as JSON.</summary>
    public required string Decisions { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public required string UpdatedBy { get; set; }

    public DateTimeOffset? FinalAt { get; set; }

    public string? FinalBy { get; set; }

    public int Revision { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<MeetingMinutes>
    {
        public void Configure(EntityTypeBuilder<MeetingMinutes> builder)
        {
            builder.ToTable("MeetingMinutes");
            builder.HasKey(minutes => minutes.MeetingId);
            builder.Property(minutes => minutes.Recorder).HasMaxLength(60 * 16);
            builder.Property(minutes => minutes.UpdatedBy).HasMaxLength(200);
            builder.Property(minutes => minutes.FinalBy).HasMaxLength(200);
            builder.Property(minutes => minutes.Revision).IsConcurrencyToken();
            builder.HasOne<Meeting>().WithMany().HasForeignKey(minutes => minutes.MeetingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A change of the minutes that has to be known later: declared final, opened again.</summary>
internal sealed class MinutesEvent
{
    public required Guid Id { get; init; }

    public required Guid MeetingId { get; init; }

    public required MinutesState State { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MinutesEvent>
    {
        public void Configure(EntityTypeBuilder<MinutesEvent> builder)
        {
            builder.ToTable("MinutesEvents");
            builder.Property(entry => entry.By).HasMaxLength(200);
            builder.HasIndex(entry => entry.MeetingId);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(entry => entry.MeetingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

internal sealed class MinutesPicture
{
    public required Guid Id { get; init; }

    public required Guid MeetingId { get; init; }

    public required Guid MediaId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MinutesPicture>
    {
        public void Configure(EntityTypeBuilder<MinutesPicture> builder)
        {
            builder.ToTable("MinutesPictures");
            builder.HasIndex(picture => picture.MeetingId);
            builder.HasIndex(picture => picture.MediaId);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(picture => picture.MeetingId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<MediaItem>().WithMany().HasForeignKey(picture => picture.MediaId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
