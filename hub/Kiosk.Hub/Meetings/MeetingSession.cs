using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Meetings;

/// <summary>A part of an evening with a type of its own; a meeting has none or at least two. See docs/decisions/0010.</summary>
internal sealed class MeetingSession
{
    public const int Most = 5;

    public required Guid MeetingId { get; init; }

    public required int Position { get; init; }

    public required string Type { get; set; }

    public string? TypeName { get; set; }

    /// <summary>Empty: the type's name, in the reader's language.</summary>
    public required string Title { get; set; }

    public required DateTime StartLocal { get; set; }

    public required DateTimeOffset Start { get; set; }

    public required List<string> Agenda { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MeetingSession>
    {
        public void Configure(EntityTypeBuilder<MeetingSession> builder)
        {
            builder.ToTable("MeetingSessions");
            builder.HasKey(session => new { session.MeetingId, session.Position });
            builder.Property(session => session.Type).HasMaxLength(40);
            builder.Property(session => session.TypeName).HasMaxLength(40 * 16);
            builder.Property(session => session.Title).HaveNameLength();
            builder.Property(session => session.StartLocal).HasConversion(LocalTimeConverter.Instance).HasMaxLength(19);
            builder.HasIndex(session => new { session.Type, session.Start });
            builder.HasOne<Meeting>().WithMany().HasForeignKey(session => session.MeetingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
