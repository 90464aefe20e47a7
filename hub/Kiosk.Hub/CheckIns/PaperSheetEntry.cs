using Kiosk.Hub.Meetings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.CheckIns;

/// <summary>A paper sheet that was entered: by whom, when, and under which key, so that the same submission again is no second one. Never changed.</summary>
internal sealed class PaperSheetEntry
{
    public required Guid MeetingId { get; init; }

    public required string Key { get; init; }

    public required byte[] ContentSha256 { get; init; }

    public required int Rows { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    public required string Reason { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PaperSheetEntry>
    {
        public void Configure(EntityTypeBuilder<PaperSheetEntry> builder)
        {
            builder.ToTable("PaperSheets");
            builder.HasKey(entry => new { entry.MeetingId, entry.Key });
            builder.Property(entry => entry.Key).HasMaxLength(80);
            builder.Property(entry => entry.ContentSha256).HasMaxLength(32);
            builder.Property(entry => entry.By).HasMaxLength(200);
            builder.Property(entry => entry.Reason).HasMaxLength(200 * 16);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(entry => entry.MeetingId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
