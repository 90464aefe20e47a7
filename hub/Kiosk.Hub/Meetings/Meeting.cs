using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Meetings;

/// <summary>会议: one event of 组织生活 in a room. Rules of its type are copied in, so that a later change of the type leaves it as it was.</summary>
internal sealed class Meeting
{
    public required Guid Id { get; init; }

    /// <summary>Travels in display codes; random, unique.</summary>
    public required int Number { get; init; }

    public required Guid OrgUnitId { get; set; }

    public required Guid RoomId { get; set; }

    public required string Type { get; set; }

    public required string Title { get; set; }

    public required DateTime StartLocal { get; set; }

    public required DateTime EndLocal { get; set; }

    /// <summary>IANA id.</summary>
    public required string TimeZone { get; set; }

    public required DateTimeOffset Start { get; set; }

    public required DateTimeOffset End { get; set; }

    public required DateTimeOffset CheckInOpens { get; set; }

    public required DateTimeOffset LateAfter { get; set; }

    public required DateTimeOffset CheckInCloses { get; set; }

    public required int Points { get; set; }

    public required int LatePoints { get; set; }

    public required int? QuorumPercent { get; set; }

    public required bool MembersSession { get; set; }

    public string? HostName { get; set; }

    public required List<string> Agenda { get; set; }

    /// <summary>The roster was chosen by name; otherwise it is everybody of the unit.</summary>
    public required bool RosterChosen { get; set; }

    public MeetingState State { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Whether leaving is recorded (离场签退), and whether points wait for it.</summary>
    public ExitScan ExitScan { get; set; }

    /// <summary>The exit window opens this long before the end; see <see cref="ExitWindow"/>.</summary>
    public int ExitOpensMinutes { get; set; } = ExitWindow.DefaultOpensMinutes;

    /// <summary>After the late limit and after check-in closes: not held against anybody.</summary>
    public int GraceSeconds { get; set; }

    /// <summary>For a make-up (补学) that is approved.</summary>
    public int MakeUpPoints { get; set; }

    /// <summary>How long after the meeting a member may hand one in.</summary>
    public int MakeUpDays { get; set; } = 30;

    /// <summary>Grows with every change; an edit names the one it started from.</summary>
    public int Revision { get; set; } = 1;

    internal sealed class Configuration : IEntityTypeConfiguration<Meeting>
    {
        public void Configure(EntityTypeBuilder<Meeting> builder)
        {
            builder.ToTable("Meetings");
            builder.Property(meeting => meeting.Title).HaveNameLength();
            builder.Property(meeting => meeting.Type).HasMaxLength(40);
            builder.Property(meeting => meeting.TimeZone).HasMaxLength(64);
            builder.Property(meeting => meeting.HostName).HasMaxLength(60 * 16);
            builder.Property(meeting => meeting.StartLocal).HasConversion(LocalTimeConverter.Instance).HasMaxLength(19);
            builder.Property(meeting => meeting.EndLocal).HasConversion(LocalTimeConverter.Instance).HasMaxLength(19);
            builder.Property(meeting => meeting.Revision).IsConcurrencyToken();
            builder.HasIndex(meeting => meeting.Number).IsUnique();
            builder.HasIndex(meeting => new { meeting.RoomId, meeting.End });
            builder.HasIndex(meeting => new { meeting.OrgUnitId, meeting.Start });
            builder.HasIndex(meeting => new { meeting.State, meeting.End });
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(meeting => meeting.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Room>().WithMany().HasForeignKey(meeting => meeting.RoomId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>应到名单: somebody expected at a meeting, as it was when the roster was made.</summary>
internal sealed class RosterMember
{
    public required Guid MeetingId { get; init; }

    public required Guid MemberId { get; init; }

    public required bool Votes { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RosterMember>
    {
        public void Configure(EntityTypeBuilder<RosterMember> builder)
        {
            builder.ToTable("RosterMembers");
            builder.HasKey(entry => new { entry.MeetingId, entry.MemberId });
            builder.HasIndex(entry => entry.MemberId);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(entry => entry.MeetingId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Member>().WithMany().HasForeignKey(entry => entry.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
