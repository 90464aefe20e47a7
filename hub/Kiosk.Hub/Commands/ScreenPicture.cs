using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Commands;

/// <summary>The picture a display sent, for a few days.</summary>
internal sealed class ScreenPicture
{
    public required Guid CommandId { get; init; }

    public required string ContentType { get; init; }

    public required byte[] Body { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ScreenPicture>
    {
        public void Configure(EntityTypeBuilder<ScreenPicture> builder)
        {
            builder.ToTable("ScreenPictures");
            builder.HasKey(picture => picture.CommandId);
            builder.Property(picture => picture.ContentType).HasMaxLength(20);
            builder.HasIndex(picture => picture.At);
            builder.HasOne<DisplayCommand>().WithOne().HasForeignKey<ScreenPicture>(picture => picture.CommandId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
