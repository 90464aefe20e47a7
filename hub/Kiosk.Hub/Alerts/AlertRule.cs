using Kiosk.Contracts.Operator;
using Kiosk.Hub.OrgUnits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Alerts;

/// <summary>What a unit set itself; a kind without a row is as in the unit above.</summary>
internal sealed class AlertRule
{
    public required Guid OrgUnitId { get; init; }

    public required AlertKind Kind { get; init; }

    public required bool Enabled { get; set; }

    public required int Minutes { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<AlertRule>
    {
        public void Configure(EntityTypeBuilder<AlertRule> builder)
        {
            builder.ToTable("AlertRules");
            builder.HasKey(rule => new { rule.OrgUnitId, rule.Kind });
            builder.HasOne<OrgUnit>().WithMany().HasForeignKey(rule => rule.OrgUnitId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
