using Kiosk.Contracts.Feeds;
using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Meetings;

/// <summary>
/// 应到名单: somebody on the roster of a meeting. It follows the meeting's rule until check-in opens and is then as it was, but for what the host changes by name.
/// Who may only sign up (<see cref="RosterKind.Eligible"/>) is left out of every query that does not ask for them with IgnoreQueryFilters.
/// </summary>
internal sealed class RosterMember
{
    public required Guid MeetingId { get; init; }

    public required Guid MemberId { get; init; }

    public required bool Votes { get; set; }

    public RosterKind Kind { get; set; }

    /// <summary>When they signed up, or were signed up.</summary>
    public DateTimeOffset? SignedUpAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<RosterMember>
    {
        public void Configure(EntityTypeBuilder<RosterMember> builder)
        {
            builder.ToTable("RosterMembers");
            builder.HasKey(entry => new { entry.MeetingId, entry.MemberId });
            builder.HasIndex(entry => entry.MemberId);
            builder.HasQueryFilter(entry => entry.Kind != RosterKind.Eligible);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(entry => entry.MeetingId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Member>().WithMany().HasForeignKey(entry => entry.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
