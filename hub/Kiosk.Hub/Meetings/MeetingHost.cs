using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Meetings;

/// <summary>Who leads a meeting (position 0) and may take over (1 to 5).</summary>
internal sealed class MeetingHost
{
    public const int MostDeputies = 5;

    public required Guid MeetingId { get; init; }

    public required Guid MemberId { get; init; }

    public required int Position { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<MeetingHost>
    {
        public void Configure(EntityTypeBuilder<MeetingHost> builder)
        {
            builder.ToTable("MeetingHosts");
            builder.HasKey(host => new { host.MeetingId, host.MemberId });
            builder.HasIndex(host => host.MemberId);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(host => host.MeetingId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<Member>().WithMany().HasForeignKey(host => host.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
