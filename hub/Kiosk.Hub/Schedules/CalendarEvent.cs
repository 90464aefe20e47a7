using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Kiosk.Hub.Playlists;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Schedules;

/// <summary>排期: a playlist at certain times on the displays of a scope.</summary>
internal sealed class CalendarEvent
{
    public required Guid Id { get; init; }

    /// <summary>Who owns it; decides who may change it and how high its priority may be.</summary>
    public required Guid OrgUnitId { get; init; }

    public required string Title { get; set; }

    public required string Scope { get; set; }

    public required Guid PlaylistId { get; set; }

    /// <summary>Wall-clock time, unspecified kind.</summary>
    public required DateTime StartLocal { get; set; }

    public required DateTime EndLocal { get; set; }

    public string? TimeZone { get; set; }

    public string? RecurrenceRule { get; set; }

    public List<DateTime> ExceptionDates { get; set; } = [];

    public required int Priority { get; set; }

    public required Disclosure Disclosure { get; set; }

    public int Revision { get; set; } = 1;

    public required DateTimeOffset UpdatedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<CalendarEvent>
    {
        public void Configure(EntityTypeBuilder<CalendarEvent> builder)
        {
            builder.ToTable("ScheduleEvents");
            builder.Property(entry => entry.Title).HasMaxLength(500);
            builder.Property(entry => entry.Scope).HasMaxLength(100);
            builder.Property(entry => entry.TimeZone).HasMaxLength(64);
            builder.Property(entry => entry.RecurrenceRule).HasMaxLength(1000);
            builder.Property(entry => entry.Disclosure).HasConversion<int>();
            builder.Property(entry => entry.Revision).IsConcurrencyToken();
            builder.Property(entry => entry.StartLocal).HasConversion(LocalTimeConverter.Instance);
            builder.Property(entry => entry.EndLocal).HasConversion(LocalTimeConverter.Instance);
            builder.PrimitiveCollection(entry => entry.ExceptionDates).ElementType(element => element.HasConversion(LocalTimeConverter.Instance));
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(entry => entry.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Playlist>().WithMany().HasForeignKey(entry => entry.PlaylistId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(entry => entry.Scope);
        }
    }

    /// <param name="content">The playlist as compiled for the feed's audience.</param>
    public ScheduleEvent ToContract(PlaylistRef content) => new(
        Id, Title, StartLocal, EndLocal, TimeZone, RecurrenceRule, [.. ExceptionDates.Order()], Priority, Disclosure, content);
}
