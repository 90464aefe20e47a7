using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Feeds;

/// <summary>An immutable document named by its hash (a playlist), so that one edit does not rewrite every feed that uses it.</summary>
internal sealed class FeedDocument
{
    public required string Sha256 { get; init; }

    /// <summary>UTF-8 JSON.</summary>
    public required byte[] Body { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<FeedDocument>
    {
        public void Configure(EntityTypeBuilder<FeedDocument> builder)
        {
            builder.ToTable("FeedDocuments");
            builder.HasKey(document => document.Sha256);
            builder.Property(document => document.Sha256).HasMaxLength(64);
        }
    }
}

/// <summary>A media file that a document names.</summary>
internal sealed class FeedDocumentReference
{
    public required string DocumentSha256 { get; init; }

    public required string Sha256 { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<FeedDocumentReference>
    {
        public void Configure(EntityTypeBuilder<FeedDocumentReference> builder)
        {
            builder.ToTable("FeedDocumentReferences");
            builder.HasKey(reference => new { reference.DocumentSha256, reference.Sha256 });
            builder.Property(reference => reference.DocumentSha256).HasMaxLength(64);
            builder.Property(reference => reference.Sha256).HasMaxLength(64);
            builder.HasIndex(reference => reference.Sha256);
            builder.HasOne<FeedDocument>().WithMany().HasForeignKey(reference => reference.DocumentSha256).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
