using Kiosk.Hub.Data;
using Kiosk.Hub.Media;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Meetings.Materials;

/// <summary>What members read for a meeting: a piece of media, or a link.</summary>
internal sealed class Material
{
    public const int Most = 20;

    public required Guid Id { get; init; }

    public required Guid MeetingId { get; init; }

    /// <summary>Grows; the order they were added in.</summary>
    public required int Position { get; init; }

    public required string Title { get; init; }

    public Guid? MediaId { get; init; }

    public string? Url { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Material>
    {
        public void Configure(EntityTypeBuilder<Material> builder)
        {
            builder.ToTable("MeetingMaterials");
            builder.Property(material => material.Title).HaveNameLength();
            builder.Property(material => material.Url).HasMaxLength(1000);
            builder.HasIndex(material => material.MeetingId);
            builder.HasIndex(material => material.MediaId);
            builder.HasOne<Meeting>().WithMany().HasForeignKey(material => material.MeetingId).OnDelete(DeleteBehavior.Cascade);
            builder.HasOne<MediaItem>().WithMany().HasForeignKey(material => material.MediaId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
