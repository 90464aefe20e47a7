using Kiosk.Contracts.Operator;
using Kiosk.Hub.Meetings;
using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.CheckIns;

/// <summary>Whether a member has come: one row per meeting and member.</summary>
internal sealed class Attendance
{
    public required Guid MeetingId { get; init; }

    public required Guid MemberId { get; init; }

    public required AttendanceState State { get; set; }

    /// <summary>The instant that counts; the last one while undone.</summary>
    public required DateTimeOffset At { get; set; }

    /// <summary>Whether <see cref="At"/> was read from a clock that can be trusted.</summary>
    public required bool Trusted { get; set; }

    /// <summary>Grows with every change, so that a check-in after an undo is paid again.</summary>
    public required int Revision { get; set; }

    /// <summary>The record that counts.</summary>
    public required Guid CheckInId { get; set; }

    /// <summary>Nothing observed up to here brings the attendance back.</summary>
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>When the member left, where that is recorded.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    /// <summary>Points this attendance has brought and would lose by an undo.</summary>
    public required int Granted { get; set; }

    /// <summary>Records that named this meeting and member.</summary>
    public required int Records { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Attendance>
    {
        public void Configure(EntityTypeBuilder<Attendance> builder)
        {
            builder.ToTable("Attendance");
            builder.HasKey(attendance => new { attendance.MeetingId, attendance.MemberId });
            builder.HasIndex(attendance => attendance.MemberId);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(attendance => attendance.MeetingId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Member>().WithMany().HasForeignKey(attendance => attendance.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
