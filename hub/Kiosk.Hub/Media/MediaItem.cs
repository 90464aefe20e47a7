using Kiosk.Contracts;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Media;

/// <summary>A piece of media as operators know it; its files are <see cref="MediaRendition"/>s.</summary>
internal sealed class MediaItem
{
    public required Guid Id { get; init; }

    public required Guid OrgUnitId { get; init; }

    public required string Name { get; set; }

    /// <summary>Known after probing.</summary>
    public MediaKind? Kind { get; set; }

    public required MediaState State { get; set; }

    public required Disclosure Disclosure { get; set; }

    /// <summary>Handed in with a member's make-up or the like: never in the library, on a playlist or on a display.</summary>
    public bool Evidence { get; init; }

    /// <summary>0–100 while processing.</summary>
    public int Progress { get; set; }

    public string? FailureCode { get; set; }

    /// <summary>Fills the placeholder of the failure's sentence.</summary>
    public string? FailureDetail { get; set; }

    /// <summary>SHA-256 of what was uploaded: the same file again reuses the renditions.</summary>
    public string? SourceSha256 { get; set; }

    /// <summary>Bytes uploaded.</summary>
    public long SourceBytes { get; set; }

    /// <summary>Source text of an article.</summary>
    public string? Markdown { get; set; }

    /// <summary>Of a web page or live stream; players fetch it themselves, the hub never does.</summary>
    public string? Address { get; set; }

    /// <summary>Media shown in place of the page or stream while that cannot be.</summary>
    public Guid? StandInId { get; set; }

    public required DateTimeOffset UploadedAt { get; init; }

    public Guid? UploadedById { get; init; }

    public required string UploadedBy { get; init; }

    public List<MediaRendition> Renditions { get; } = [];

    internal sealed class Configuration : IEntityTypeConfiguration<MediaItem>
    {
        public void Configure(EntityTypeBuilder<MediaItem> builder)
        {
            builder.ToTable("Media");
            builder.Property(media => media.Name).HasMaxLength(800);
            builder.Property(media => media.Disclosure).HasConversion<int>();
            builder.Property(media => media.SourceSha256).HasMaxLength(64);
            builder.Property(media => media.FailureCode).HasMaxLength(60);
            builder.Property(media => media.FailureDetail).HasMaxLength(200);
            builder.Property(media => media.Address).HasMaxLength(PlaylistItem.AddressLimit);
            builder.HasOne<MediaItem>().WithMany().HasForeignKey(media => media.StandInId).OnDelete(DeleteBehavior.Restrict);
            builder.Property(media => media.UploadedBy).HasMaxLength(800);
            builder.HasMany(media => media.Renditions).WithOne().HasForeignKey(rendition => rendition.MediaId);
            builder.HasIndex(media => new { media.OrgUnitId, media.UploadedAt });
            builder.HasIndex(media => media.SourceSha256);
            builder.HasIndex(media => media.State);
        }
    }
}
