using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.Meetings.Series;
using Kiosk.Hub.Meetings.Types;
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

    /// <summary>The type's name when the organisation gave it one; see <see cref="MeetingType.NameOf"/>.</summary>
    public string? TypeName { get; set; }

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

    /// <summary>The organisation's own words; see <see cref="MeetingType.QuorumSourceOf"/>.</summary>
    public string? QuorumSource { get; set; }

    /// <summary>Code of the type whose quorum counts: of several sessions the strictest.</summary>
    public string? QuorumType { get; set; }

    public bool MarksAbsent { get; set; } = true;

    /// <summary>People sign up; the rule says who may.</summary>
    public bool SignUp { get; set; }

    public required bool MembersSession { get; set; }

    public string? HostName { get; set; }

    public required List<string> Agenda { get; set; }

    /// <summary>The roster was chosen by name; otherwise it follows the rule below until check-in opens.</summary>
    public required bool RosterChosen { get; set; }

    /// <summary>All kinds when empty.</summary>
    public List<PersonKind> RosterKinds { get; set; } = [];

    /// <summary>See <see cref="MemberPosts"/>; 0: no condition.</summary>
    public int RosterPosts { get; set; }

    public List<Guid> RosterAdded { get; set; } = [];

    public List<Guid> RosterRemoved { get; set; } = [];

    public Guid? SeriesId { get; set; }

    /// <summary>Where the series' rule put it, whatever became of it; so it is never made again.</summary>
    public DateTime? OccurrenceLocal { get; set; }

    /// <summary>Changed alone: a change of the series leaves it as it is.</summary>
    public bool Detached { get; set; }

    public string? CancelReason { get; set; }

    /// <summary>What was seen before it counts all the same, whenever it arrives.</summary>
    public DateTimeOffset? CancelledAt { get; private set; }

    public MeetingState State { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>Whether leaving is recorded (离场签退), and whether points wait for it.</summary>
    public ExitScan ExitScan { get; set; }

    /// <summary>A meeting that was called off has no end at which anybody could leave.</summary>
    public bool PointsWaitForExit => ExitScan is ExitScan.Required && State is not MeetingState.Cancelled;

    /// <summary>The exit window opens this long before the end; see <see cref="ExitWindow"/>.</summary>
    public int ExitOpensMinutes { get; set; } = ExitWindow.DefaultOpensMinutes;

    /// <summary>After the late limit and after check-in closes: not held against anybody.</summary>
    public int GraceSeconds { get; set; }

    /// <summary>For a make-up (补学) that is approved.</summary>
    public int MakeUpPoints { get; set; }

    /// <summary>How long after the meeting a member may hand one in.</summary>
    public int MakeUpDays { get; set; } = AttendanceRuleSet.DefaultMakeUpDays;

    /// <summary>Grows with every change; an edit names the one it started from.</summary>
    public int Revision { get; set; } = 1;

    public void Cancel(string? reason, DateTimeOffset at)
    {
        (State, CancelReason, CancelledAt) = (MeetingState.Cancelled, reason, at);
        Revision++;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Meeting>
    {
        public void Configure(EntityTypeBuilder<Meeting> builder)
        {
            builder.ToTable("Meetings");
            builder.Property(meeting => meeting.Title).HaveNameLength();
            builder.Property(meeting => meeting.Type).HasMaxLength(40);
            builder.Property(meeting => meeting.TypeName).HasMaxLength(40 * 16);
            builder.Property(meeting => meeting.QuorumSource).HasMaxLength(200 * 16);
            builder.Property(meeting => meeting.QuorumType).HasMaxLength(40);
            builder.Property(meeting => meeting.CancelReason).HasMaxLength(120 * 16);
            builder.Property(meeting => meeting.OccurrenceLocal).HasConversion(LocalTimeConverter.Instance).HasMaxLength(19);
            builder.Property(meeting => meeting.TimeZone).HasMaxLength(64);
            builder.Property(meeting => meeting.HostName).HasMaxLength(60 * 16);
            builder.Property(meeting => meeting.StartLocal).HasConversion(LocalTimeConverter.Instance).HasMaxLength(19);
            builder.Property(meeting => meeting.EndLocal).HasConversion(LocalTimeConverter.Instance).HasMaxLength(19);
            builder.Property(meeting => meeting.Revision).IsConcurrencyToken();
            builder.HasIndex(meeting => meeting.Number).IsUnique();
            builder.HasIndex(meeting => new { meeting.RoomId, meeting.End });
            builder.HasIndex(meeting => new { meeting.OrgUnitId, meeting.Start });
            builder.HasIndex(meeting => new { meeting.State, meeting.End });
            builder.HasIndex(meeting => new { meeting.SeriesId, meeting.OccurrenceLocal }).IsUnique();
            builder.HasOne<MeetingSeries>().WithMany().HasForeignKey(meeting => meeting.SeriesId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(meeting => meeting.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Room>().WithMany().HasForeignKey(meeting => meeting.RoomId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
