using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Feeds;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Displays;

/// <summary>显示屏: a place with a screen. The player that serves it is known by its token only.</summary>
internal sealed class Display
{
    public required Guid Id { get; init; }

    /// <summary>Short, unique, never used again; travels in display codes.</summary>
    public required int Number { get; init; }

    public required string Name { get; set; }

    public required Guid OrgUnitId { get; set; }

    public Guid? RoomId { get; set; }

    /// <summary>IANA id.</summary>
    public required string TimeZone { get; set; }

    public required Orientation Orientation { get; set; }

    public List<string> Tags { get; set; } = [];

    public required string Language { get; set; }

    public required int VolumePercent { get; set; }

    public required bool ElderMode { get; set; }

    /// <summary>Who may be in front of it outside <see cref="AudienceTimes"/> and members' sessions.</summary>
    public required Disclosure Audience { get; set; }

    public IReadOnlyList<AudienceTime> AudienceTimes { get; set; } = [];

    /// <summary>When the screen is lit; none: always.</summary>
    public IReadOnlyList<PowerTime> PowerHours { get; set; } = [];

    /// <summary>When the volume differs; none: never.</summary>
    public IReadOnlyList<VolumeTime> VolumeHours { get; set; } = [];

    /// <summary>How its player fetches and keeps media.</summary>
    public DownloadRules Downloads { get; set; } = new();

    /// <summary>Lower-case hex SHA-256 of the player's token; null while no player serves this display.</summary>
    public string? TokenSha256 { get; set; }

    public DateTimeOffset? PairedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Set when it was removed: it is in no list any more, see <see cref="RemoveDisplay"/>.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>Last sign of life, written with a delay of some seconds.</summary>
    public DateTimeOffset? LastSeen { get; set; }

    /// <summary>What the player last said about itself, as JSON.</summary>
    public string? Status { get; set; }

    /// <summary>What draws its screen, as its player last said; null before it ever did.</summary>
    public RendererKind? Renderer { get; set; }

    /// <summary>When its document or follows next change by the passing of time alone.</summary>
    public required DateTimeOffset DerivedUntil { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Display>
    {
        public void Configure(EntityTypeBuilder<Display> builder)
        {
            builder.ToTable("Displays");
            builder.Property(display => display.Name).HaveNameLength();
            builder.Property(display => display.TimeZone).HasMaxLength(64);
            builder.Property(display => display.Language).HasMaxLength(10);
            builder.Property(display => display.TokenSha256).HasMaxLength(64);
            AsJson(builder.Property(display => display.AudienceTimes));
            AsJson(builder.Property(display => display.PowerHours)).HasDefaultValueSql("'[]'");
            AsJson(builder.Property(display => display.VolumeHours)).HasDefaultValueSql("'[]'");
            builder.Property(display => display.Downloads).HasDefaultValueSql("'{}'").HasConversion(
                rules => JsonSerializer.Serialize(rules, KioskJson.Options),
                text => JsonSerializer.Deserialize<DownloadRules>(text, KioskJson.Options)!,
                new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<DownloadRules>(
                    (a, b) => JsonSerializer.Serialize(a, KioskJson.Options) == JsonSerializer.Serialize(b, KioskJson.Options),
                    rules => rules.GetHashCode(),
                    rules => rules));
            builder.HasQueryFilter(display => display.RemovedAt == null);
            builder.HasIndex(display => display.Number).IsUnique();
            builder.HasIndex(display => display.TokenSha256).IsUnique();
            builder.HasIndex(display => display.RoomId);
            builder.HasIndex(display => display.DerivedUntil);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(display => display.OrgUnitId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Room>().WithMany().HasForeignKey(display => display.RoomId).OnDelete(DeleteBehavior.SetNull);
        }

        private static PropertyBuilder<IReadOnlyList<T>> AsJson<T>(PropertyBuilder<IReadOnlyList<T>> property) => property.HasConversion(
            rows => JsonSerializer.Serialize(rows, KioskJson.Options),
            text => JsonSerializer.Deserialize<List<T>>(text, KioskJson.Options)!,
            new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<IReadOnlyList<T>>(
                (a, b) => (a ?? Array.Empty<T>()).SequenceEqual(b ?? Array.Empty<T>()),
                rows => rows.Count,
                rows => rows.ToList()));
    }
}

/// <summary>A feed that a display follows at this moment: what it may receive, derived by the hub alone.</summary>
internal sealed class DisplayFollow
{
    public required Guid DisplayId { get; init; }

    public required string FeedKey { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<DisplayFollow>
    {
        public void Configure(EntityTypeBuilder<DisplayFollow> builder)
        {
            builder.ToTable("DisplayFollows");
            builder.HasKey(follow => new { follow.DisplayId, follow.FeedKey });
            builder.Property(follow => follow.FeedKey).HasMaxLength(200);
            builder.HasIndex(follow => follow.FeedKey);
            builder.HasOne<Display>().WithMany().HasForeignKey(follow => follow.DisplayId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
