using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Devices;
using Kiosk.Contracts.Hosting;
using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Hosting;

/// <summary>Something a host did, at a kiosk or at a desk. Append-only; what a meeting has come to follows from these rows.</summary>
internal sealed class HostAction
{
    /// <summary>Made by whoever saw it first.</summary>
    public required Guid Id { get; init; }

    public required HostActionKind Kind { get; init; }

    public required HostActionOutcome Outcome { get; init; }

    /// <summary>The meeting that was named; empty when none was.</summary>
    public required Guid Named { get; init; }

    /// <summary>The meeting it counts for; null when it could not be applied.</summary>
    public Guid? MeetingId { get; init; }

    /// <summary>Who did it at a kiosk.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>Who did it at a desk.</summary>
    public string? By { get; init; }

    public Guid? DisplayId { get; init; }

    /// <summary>The instant that counts.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required ClockState Clock { get; init; }

    public DateTimeOffset? Until { get; init; }

    public int? Point { get; init; }

    public VoteCount? Count { get; init; }

    /// <summary>SHA-256 of what was sent, so that another action under a used id is noticed.</summary>
    public byte[]? Content { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<HostAction>
    {
        public void Configure(EntityTypeBuilder<HostAction> builder)
        {
            builder.ToTable("HostActions");
            builder.Property(action => action.Id).ValueGeneratedNever();
            builder.Property(action => action.By).HasMaxLength(200);
            builder.Property(action => action.Count).HasMaxLength(300).HasConversion(
                count => JsonSerializer.Serialize(count, KioskJson.Options), text => JsonSerializer.Deserialize<VoteCount>(text, KioskJson.Options));
            builder.HasIndex(action => new { action.MeetingId, action.At });
            builder.HasIndex(action => action.Named);
            builder.HasIndex(action => action.ReceivedAt);
            builder.HasOne<Meetings.Meeting>().WithMany().HasForeignKey(action => action.MeetingId).OnDelete(DeleteBehavior.Restrict);
            builder.HasOne<Member>().WithMany().HasForeignKey(action => action.MemberId).OnDelete(DeleteBehavior.SetNull);
        }
    }
}
