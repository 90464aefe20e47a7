using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Commands;

/// <summary>Who looked at a picture, and when: every look.</summary>
internal sealed class PictureLook
{
    public required Guid Id { get; init; }

    public required Guid CommandId { get; init; }

    public required Guid OperatorId { get; init; }

    public required string OperatorName { get; init; }

    public required DateTimeOffset At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PictureLook>
    {
        public void Configure(EntityTypeBuilder<PictureLook> builder)
        {
            builder.ToTable("PictureLooks");
            builder.Property(look => look.OperatorName).HasMaxLength(256);
            builder.HasIndex(look => look.CommandId);
            builder.HasOne<DisplayCommand>().WithMany().HasForeignKey(look => look.CommandId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
