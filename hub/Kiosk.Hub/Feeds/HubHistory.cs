using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Feeds;

/// <summary>The one row that names the history feed versions belong to; a restore gives it a new epoch.</summary>
internal sealed class HubHistory
{
    public const int OnlyId = 1;

    public required int Id { get; init; }

    public required string Epoch { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<HubHistory>
    {
        public void Configure(EntityTypeBuilder<HubHistory> builder)
        {
            builder.ToTable("HubHistory");
            builder.Property(history => history.Id).ValueGeneratedNever();
            builder.Property(history => history.Epoch).HasMaxLength(40);
        }
    }
}
