using Kiosk.Contracts.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Plays;

/// <summary>Proof of play: an item was on a display's screen, once or, summed by its player, several times in an hour. Written once.</summary>
internal sealed class Play
{
    /// <summary>Made by the player.</summary>
    public required Guid Id { get; init; }

    public required Guid DisplayId { get; init; }

    /// <summary>The display's unit when it was received.</summary>
    public required Guid OrgUnitId { get; init; }

    /// <summary>Not a foreign key: what was shown was shown, whatever became of the file.</summary>
    public required Guid MediaId { get; init; }

    /// <summary>What it was called then.</summary>
    public required string Title { get; init; }

    public required Guid PlaylistId { get; init; }

    public required string Rule { get; init; }

    /// <summary>The instant reports go by; of a player that did not know the time, when it was received.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset Until { get; init; }

    /// <summary>Milliseconds on screen.</summary>
    public required long ShownMs { get; init; }

    public required int Plays { get; init; }

    public required int Completed { get; init; }

    public required ClockState Clock { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Play>
    {
        public void Configure(EntityTypeBuilder<Play> builder)
        {
            builder.ToTable("Plays");
            builder.Property(play => play.Title).HasMaxLength(PlayIntake.TitleLength);
            builder.Property(play => play.Rule).HasMaxLength(PlayIntake.RuleLength);
            builder.HasIndex(play => new { play.OrgUnitId, play.At });
            builder.HasIndex(play => new { play.DisplayId, play.At });
            builder.HasIndex(play => new { play.MediaId, play.At });
            builder.HasIndex(play => play.At);
        }
    }
}
