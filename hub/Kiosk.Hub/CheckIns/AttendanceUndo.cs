using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.CheckIns;

/// <summary>Who took an attendance back and why; kept also when there were no points to reverse. Never changed.</summary>
internal sealed class AttendanceUndo
{
    public required Guid Id { get; init; }

    public required Guid MeetingId { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>The record that counted until then.</summary>
    public required Guid CheckInId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public UndoSource Source { get; init; }

    public required string Reason { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<AttendanceUndo>
    {
        public void Configure(EntityTypeBuilder<AttendanceUndo> builder)
        {
            builder.ToTable("AttendanceUndos");
            builder.HasIndex(undo => new { undo.MeetingId, undo.At });
            builder.Property(undo => undo.By).HasMaxLength(200);
            builder.Property(undo => undo.Reason).HasMaxLength(200 * 16);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(undo => undo.MeetingId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
