using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Displays;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Commands;

/// <summary>Something a display was told to do: by whom, when, and what became of it. The row is the record of it and stays.</summary>
internal sealed class DisplayCommand
{
    public required Guid Id { get; init; }

    public required Guid DisplayId { get; init; }

    /// <summary>One of <see cref="DeviceCommandKinds"/>.</summary>
    public required string Kind { get; init; }

    public string? Power { get; init; }

    public int? Percent { get; init; }

    public required Guid IssuedById { get; init; }

    /// <summary>What the operator was called then.</summary>
    public required string IssuedBy { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset Expiry { get; init; }

    public required DisplayCommandState State { get; set; }

    public string? Code { get; set; }

    public string? Detail { get; set; }

    /// <summary>Lines of the player's log; gone after <see cref="CommandRules.ContentKept"/>.</summary>
    public string? Log { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Who took it back or asked again, where that ended it.</summary>
    public string? EndedBy { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<DisplayCommand>
    {
        public void Configure(EntityTypeBuilder<DisplayCommand> builder)
        {
            builder.ToTable("DisplayCommands");
            builder.Property(command => command.Kind).HasMaxLength(40);
            builder.Property(command => command.Power).HasMaxLength(10);
            builder.Property(command => command.IssuedBy).HasMaxLength(256);
            builder.Property(command => command.EndedBy).HasMaxLength(256);
            // Sweeper, display and operator may end it at once, over several hubs: whoever comes second decides again on what the first left.
            builder.Property(command => command.State).IsConcurrencyToken();
            builder.Property(command => command.Code).HasMaxLength(CommandRules.CodeLength).IsConcurrencyToken();
            builder.Property(command => command.Detail).HasMaxLength(CommandReport.DetailLimit);
            builder.Property(command => command.Log).HasMaxLength(CommandReport.LogLimit);
            builder.HasIndex(command => new { command.DisplayId, command.IssuedAt });
            builder.HasIndex(command => new { command.State, command.Expiry });
            builder.HasIndex(command => command.IssuedAt);
            builder.HasOne<Display>().WithMany().HasForeignKey(command => command.DisplayId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
