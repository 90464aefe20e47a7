using Kiosk.Contracts.Devices;
using Kiosk.Hub.Displays;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Devices;

/// <summary>How far something got on a display: one row for each, of the newest version, never going back.</summary>
internal sealed class DeviceReceipt
{
    public required Guid DisplayId { get; init; }

    public required ReceiptSubject Subject { get; init; }

    /// <summary>Feed key, notice id (32 hex digits) or media SHA-256.</summary>
    public required string SubjectId { get; init; }

    public required long Version { get; set; }

    public required ReceiptState State { get; set; }

    /// <summary>See <see cref="RankOf"/>.</summary>
    public required int Rank { get; set; }

    public string? Code { get; set; }

    public string? Detail { get; set; }

    /// <summary>By the player's clock.</summary>
    public required DateTimeOffset At { get; set; }

    public required DateTimeOffset ReceivedAt { get; set; }

    /// <summary>What was painted was seen, whatever failed before or after; what failed may be ready by now, and the other way round. Older rows have 1 for what was ready.</summary>
    public static int RankOf(ReceiptState state) => state switch
    {
        ReceiptState.Queued => 0,
        ReceiptState.Ready or ReceiptState.Failed => 2,
        _ => 3,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<DeviceReceipt>
    {
        public void Configure(EntityTypeBuilder<DeviceReceipt> builder)
        {
            builder.ToTable("DeviceReceipts");
            builder.HasKey(receipt => new { receipt.DisplayId, receipt.Subject, receipt.SubjectId });
            builder.HasIndex(receipt => new { receipt.Subject, receipt.SubjectId, receipt.Version });
            builder.Property(receipt => receipt.SubjectId).HasMaxLength(200);
            builder.Property(receipt => receipt.Code).HasMaxLength(ReceiptIntake.CodeLength);
            builder.Property(receipt => receipt.Detail).HasMaxLength(ReceiptIntake.DetailLength);
            builder.HasOne<Display>().WithMany().HasForeignKey(receipt => receipt.DisplayId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
