using Kiosk.Hub.Meetings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Hosting;

/// <summary>What a meeting that is being run was planned to be. The meeting's own times are what they have become.</summary>
internal sealed class MeetingPlan
{
    public required Guid MeetingId { get; init; }

    public required DateTimeOffset Start { get; set; }

    public required DateTimeOffset End { get; set; }

    /// <summary>When the times were last edited at a desk; extensions from before do not count any more.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    /// <summary>The times as last written from the actions: others in the meeting mean that somebody edited it.</summary>
    public required DateTimeOffset WroteStart { get; set; }

    public required DateTimeOffset WroteEnd { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MeetingPlan>
    {
        public void Configure(EntityTypeBuilder<MeetingPlan> builder)
        {
            builder.ToTable("MeetingPlans");
            builder.HasKey(plan => plan.MeetingId);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(plan => plan.MeetingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>Another id of a meeting: a kiosk had started the same one by itself.</summary>
internal sealed class MeetingAlias
{
    public required Guid Id { get; init; }

    public required Guid MeetingId { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<MeetingAlias>
    {
        public void Configure(EntityTypeBuilder<MeetingAlias> builder)
        {
            builder.ToTable("MeetingAliases");
            builder.Property(alias => alias.Id).ValueGeneratedNever();
            builder.HasIndex(alias => alias.MeetingId);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(alias => alias.MeetingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
