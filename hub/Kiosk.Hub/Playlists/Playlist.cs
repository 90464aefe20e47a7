using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Media;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Playlists;

/// <summary>A list of media and other playlists, in order.</summary>
internal sealed class Playlist
{
    public required Guid Id { get; init; }

    public required Guid OrgUnitId { get; init; }

    public required string Name { get; set; }

    /// <summary>Grows with every save; who saves an older one is told.</summary>
    public int Revision { get; set; } = 1;

    public required DateTimeOffset UpdatedAt { get; set; }

    public List<PlaylistSlot> Slots { get; } = [];

    /// <summary>The same playlist with what is meant to be in it, never stored.</summary>
    public Playlist AsDraft(PlaylistContent content, DateTimeOffset now)
    {
        var draft = new Playlist { Id = Id, OrgUnitId = OrgUnitId, Name = Name, UpdatedAt = now };
        draft.Slots.AddRange((content.MediaIds ?? []).Select(media => Slot(media, null)).Concat((content.PlaylistIds ?? []).Select(nested => Slot(null, nested))));
        return draft;

        PlaylistSlot Slot(Guid? media, Guid? nested) => new() { Id = Guid.CreateVersion7(now), PlaylistId = Id, Position = 0, MediaId = media, NestedPlaylistId = nested };
    }

    internal sealed class Configuration : IEntityTypeConfiguration<Playlist>
    {
        public void Configure(EntityTypeBuilder<Playlist> builder)
        {
            builder.ToTable("Playlists");
            builder.Property(playlist => playlist.Name).HasMaxLength(800);
            builder.Property(playlist => playlist.Revision).IsConcurrencyToken();
            builder.HasMany(playlist => playlist.Slots).WithOne().HasForeignKey(slot => slot.PlaylistId);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(playlist => playlist.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(playlist => new { playlist.OrgUnitId, playlist.UpdatedAt });
        }
    }
}

/// <summary>One place in a playlist: a piece of media or a whole other playlist.</summary>
internal sealed class PlaylistSlot
{
    public required Guid Id { get; init; }

    public required Guid PlaylistId { get; init; }

    /// <summary>0-based.</summary>
    public required int Position { get; set; }

    public Guid? MediaId { get; set; }

    public Guid? NestedPlaylistId { get; set; }

    /// <summary>Milliseconds; null plays a video to its end.</summary>
    public long? DurationMs { get; set; }

    public ItemFit Fit { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<PlaylistSlot>
    {
        public void Configure(EntityTypeBuilder<PlaylistSlot> builder)
        {
            builder.ToTable("PlaylistSlots");
            builder.HasOne<MediaItem>().WithMany().HasForeignKey(slot => slot.MediaId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Playlist>().WithMany().HasForeignKey(slot => slot.NestedPlaylistId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(slot => new { slot.PlaylistId, slot.Position });
        }
    }
}
