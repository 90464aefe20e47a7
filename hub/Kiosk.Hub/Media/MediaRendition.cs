using Kiosk.Contracts.Feeds;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Media;

/// <summary>One file of a piece of media; several media may share one file of the store.</summary>
internal sealed class MediaRendition
{
    public required Guid MediaId { get; init; }

    public required RenditionRole Role { get; init; }

    public required string Sha256 { get; init; }

    public required string ContentType { get; init; }

    public required long Bytes { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public long? DurationMs { get; init; }

    public MediaVariant ToVariant() => new(Sha256, ContentType, Bytes, Width, Height, DurationMs);

    public MediaRendition For(Guid mediaId) => new()
    {
        MediaId = mediaId,
        Role = Role,
        Sha256 = Sha256,
        ContentType = ContentType,
        Bytes = Bytes,
        Width = Width,
        Height = Height,
        DurationMs = DurationMs,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<MediaRendition>
    {
        public void Configure(EntityTypeBuilder<MediaRendition> builder)
        {
            builder.ToTable("MediaRenditions");
            builder.HasKey(rendition => new { rendition.MediaId, rendition.Role });
            builder.Property(rendition => rendition.Sha256).HasMaxLength(64);
            builder.Property(rendition => rendition.ContentType).HasMaxLength(80);
            builder.HasIndex(rendition => rendition.Sha256);
        }
    }
}

internal enum RenditionRole
{
    /// <summary>What players play where the link allows it.</summary>
    Full,

    /// <summary>For weak links.</summary>
    Low,

    Thumbnail,
}
