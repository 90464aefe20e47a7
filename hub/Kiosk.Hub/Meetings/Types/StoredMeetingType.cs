using Kiosk.Contracts.Hosting;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.CheckIns;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Meetings.Types;

/// <summary>
/// A meeting type as an organisation has set it: one of the ten that differs from what Kiosk comes with, or one of its own.
/// Without a row the default of <see cref="MeetingType.Defaults"/> counts, so that a better default reaches everybody who never changed it.
/// </summary>
internal sealed class StoredMeetingType
{
    public required Guid OrgRootId { get; init; }

    public required string Code { get; init; }

    public string? Name { get; set; }

    public int OpensMinutesBefore { get; set; }

    public int LateAfterMinutes { get; set; }

    /// <summary>Of a meeting that a host starts at a kiosk.</summary>
    public int StartedLateAfterMinutes { get; set; } = HostLimits.StartGraceMinutes;

    public CheckInClosing Closing { get; set; }

    public int ClosesAfterMinutes { get; set; }

    public int Points { get; set; }

    public int LatePoints { get; set; }

    public bool MembersSession { get; set; }

    public int? QuorumPercent { get; set; }

    public string? QuorumSource { get; set; }

    public bool MarksAbsent { get; set; }

    public bool SignUp { get; set; }

    public MeetingCadence Cadence { get; set; }

    public int CadenceTimes { get; set; }

    public List<PersonKind> Kinds { get; set; } = [];

    /// <summary>See <see cref="Members.MemberPosts"/>.</summary>
    public int Posts { get; set; }

    public ExitScan ExitScan { get; set; }

    public int ExitOpensMinutes { get; set; } = ExitWindow.DefaultOpensMinutes;

    public int GraceSeconds { get; set; }

    public int MakeUpPoints { get; set; }

    public int MakeUpDays { get; set; } = AttendanceRuleSet.DefaultMakeUpDays;

    public int Revision { get; set; } = 1;

    public required DateTimeOffset UpdatedAt { get; set; }

    public required string UpdatedBy { get; set; }

    public MeetingType ToType() => new(
        Code, Name, TimeSpan.FromMinutes(OpensMinutesBefore), TimeSpan.FromMinutes(LateAfterMinutes), Closing, TimeSpan.FromMinutes(ClosesAfterMinutes),
        Points, LatePoints, MembersSession, QuorumPercent, QuorumSource, MarksAbsent, SignUp, Cadence, CadenceTimes, Kinds, Posts)
    {
        Attendance = new AttendanceRules(ExitScan, ExitOpensMinutes, GraceSeconds, MakeUpPoints, MakeUpDays),
        StartedLateAfter = TimeSpan.FromMinutes(StartedLateAfterMinutes),
    };

    internal sealed class Configuration : IEntityTypeConfiguration<StoredMeetingType>
    {
        public void Configure(EntityTypeBuilder<StoredMeetingType> builder)
        {
            builder.ToTable("MeetingTypes");
            builder.HasKey(type => new { type.OrgRootId, type.Code });
            builder.Property(type => type.Code).HasMaxLength(40);
            builder.Property(type => type.Name).HasMaxLength(40 * 16);
            builder.Property(type => type.QuorumSource).HasMaxLength(200 * 16);
            builder.Property(type => type.UpdatedBy).HasMaxLength(200);
            builder.Property(type => type.Revision).IsConcurrencyToken();
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(type => type.OrgRootId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
