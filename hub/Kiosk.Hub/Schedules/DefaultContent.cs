using Kiosk.Hub.Playlists;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Schedules;

/// <summary>默认内容: what the displays of a scope play while nothing is scheduled.</summary>
internal sealed class DefaultContent
{
    public required string Scope { get; init; }

    public required Guid PlaylistId { get; set; }

    public required DateTimeOffset UpdatedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<DefaultContent>
    {
        public void Configure(EntityTypeBuilder<DefaultContent> builder)
        {
            builder.ToTable("DefaultContents");
            builder.HasKey(content => content.Scope);
            builder.Property(content => content.Scope).HasMaxLength(100);
            builder.HasOne<Playlist>().WithMany().HasForeignKey(content => content.PlaylistId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
