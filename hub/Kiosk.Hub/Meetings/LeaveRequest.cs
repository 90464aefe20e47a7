using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Meetings;

/// <summary>请假: a member's wish to be excused from a meeting; one row per meeting and member.</summary>
internal sealed class LeaveRequest
{
    public required Guid MeetingId { get; init; }

    public required Guid MemberId { get; init; }

    /// <summary>Kind and reason, sealed by <see cref="LeaveWhy"/>.</summary>
    public required byte[] Why { get; set; }

    public required LeaveState State { get; set; }

    public required DateTimeOffset RequestedAt { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? DecidedBy { get; set; }

    public string? Note { get; set; }

    /// <summary>Grows with every change; a decision names the one it is about.</summary>
    public int Revision { get; set; } = 1;

    /// <summary>One's own slip is one's own to mend.</summary>
    public bool IsDecidedByAnother(string name) => State is LeaveState.Approved or LeaveState.Declined && DecidedBy is { } by && by != name;

    /// <summary>Of those who are on the roster: whose branch takes part no more, or who was taken off it, has nothing to be excused from.</summary>
    public static IQueryable<LeaveRequest> OnRoster(HubDbContext db) =>
        db.Set<LeaveRequest>().Where(leave => db.Set<RosterMember>().Any(entry => entry.MeetingId == leave.MeetingId && entry.MemberId == leave.MemberId));

    internal sealed class Configuration : IEntityTypeConfiguration<LeaveRequest>
    {
        public void Configure(EntityTypeBuilder<LeaveRequest> builder)
        {
            builder.ToTable("LeaveRequests");
            builder.HasKey(request => new { request.MeetingId, request.MemberId });
            builder.HasIndex(request => request.MemberId);
            builder.Property(request => request.DecidedBy).HasMaxLength(200);
            builder.Property(request => request.Note).HasMaxLength(200 * 16);
            builder.Property(request => request.Revision).IsConcurrencyToken();
            builder.HasOne<Meeting>().WithMany().HasForeignKey(request => request.MeetingId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Member>().WithMany().HasForeignKey(request => request.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
