using System.Text.Json;
using Kiosk.Contracts;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.OrgUnits;
using Kiosk.Scheduling;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Alerts;

/// <summary>Who hears of alerts of a unit and those under it.</summary>
internal sealed class AlertRecipient
{
    public required Guid Id { get; init; }

    public required int Revision { get; set; }

    public required Guid OrgUnitId { get; set; }

    public required string Name { get; set; }

    public required AlertChannel Channel { get; init; }

    public required AlertFormat Format { get; set; }

    /// <summary>Address and key of the signature, sealed: see <see cref="AlertAddresses"/>.</summary>
    public required string Sealed { get; set; }

    public required string Language { get; set; }

    /// <summary>HH:mm in the organisation's zone.</summary>
    public string? QuietStart { get; set; }

    public string? QuietEnd { get; set; }

    /// <summary>Empty: all.</summary>
    public IReadOnlyList<AlertKind> Kinds { get; set; } = [];

    public required bool Enabled { get; set; }

    public bool Wants(AlertKind kind) => Enabled && (Kinds.Count == 0 || Kinds.Contains(kind));

    public bool IsQuiet(DateTimeOffset now, string timeZone)
    {
        if (!WeeklyTimes.TryParse(QuietStart, out var start) || !WeeklyTimes.TryParse(QuietEnd, out var end) || start == end)
        {
            return false;
        }

        var local = Zones.ToLocal(now, timeZone).TimeOfDay;
        return start < end ? start <= local && local < end : local >= start || local < end;
    }

    internal sealed class Configuration : IEntityTypeConfiguration<AlertRecipient>
    {
        public void Configure(EntityTypeBuilder<AlertRecipient> builder)
        {
            builder.ToTable("AlertRecipients");
            builder.Property(recipient => recipient.Name).HasMaxLength(60 * 16);
            builder.Property(recipient => recipient.Language).HasMaxLength(10);
            builder.Property(recipient => recipient.QuietStart).HasMaxLength(5);
            builder.Property(recipient => recipient.QuietEnd).HasMaxLength(5);
            builder.Property(recipient => recipient.Kinds).HasConversion(
                kinds => JsonSerializer.Serialize(kinds, KioskJson.Options),
                text => JsonSerializer.Deserialize<List<AlertKind>>(text, KioskJson.Options)!,
                new ValueComparer<IReadOnlyList<AlertKind>>((a, b) => (a ?? Array.Empty<AlertKind>()).SequenceEqual(b ?? Array.Empty<AlertKind>()), kinds => kinds.Count, kinds => kinds.ToList()));
            builder.HasIndex(recipient => recipient.OrgUnitId);
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(recipient => recipient.OrgUnitId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
