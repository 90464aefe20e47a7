using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Feeds;

/// <summary>A versioned document that displays follow; the row is what every push, pull and <c>Hello</c> answers from.</summary>
internal sealed class Feed
{
    public required string Key { get; init; }

    /// <summary>Grows in the transaction of every change.</summary>
    public required long Version { get; set; }

    /// <summary>Lower-case hex of <see cref="Body"/>; also its ETag.</summary>
    public required string Sha256 { get; set; }

    /// <summary>The document as UTF-8 JSON, exactly as displays hash it.</summary>
    public required byte[] Body { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<Feed>
    {
        public void Configure(EntityTypeBuilder<Feed> builder)
        {
            builder.ToTable("Feeds");
            builder.HasKey(feed => feed.Key);
            builder.Property(feed => feed.Key).HasMaxLength(200);
            builder.Property(feed => feed.Sha256).HasMaxLength(64);
        }
    }
}

/// <summary>A media file or document that a feed names; who follows the feed may fetch it.</summary>
internal sealed class FeedReference
{
    public required string FeedKey { get; init; }

    public required string Sha256 { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<FeedReference>
    {
        public void Configure(EntityTypeBuilder<FeedReference> builder)
        {
            builder.ToTable("FeedReferences");
            builder.HasKey(reference => new { reference.FeedKey, reference.Sha256 });
            builder.Property(reference => reference.FeedKey).HasMaxLength(200);
            builder.Property(reference => reference.Sha256).HasMaxLength(64);
            builder.HasIndex(reference => reference.Sha256);
            builder.HasOne<Feed>().WithMany().HasForeignKey(reference => reference.FeedKey).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
