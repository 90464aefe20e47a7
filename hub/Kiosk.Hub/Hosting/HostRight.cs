using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Hosting;

/// <summary>That a member may host from a kiosk, and the host PIN (主持密码) for it. Kept apart from the phone PIN, so that one tells nothing of the other.</summary>
internal sealed class HostRight
{
    public required Guid MemberId { get; init; }

    /// <summary>Marked by an administrator: over the member's unit and everything under it.</summary>
    public bool MayHost { get; set; }

    public byte[]? PinSalt { get; set; }

    public int PinRounds { get; set; }

    /// <summary>What <see cref="Contracts.Hosting.HostPinCheck.Derive"/> made of the PIN, encrypted by <see cref="PersonalData"/>; null while there is no PIN.</summary>
    public byte[]? PinSealed { get; set; }

    public DateTimeOffset? PinSetAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<HostRight>
    {
        public void Configure(EntityTypeBuilder<HostRight> builder)
        {
            builder.ToTable("HostRights");
            builder.HasKey(right => right.MemberId);
            builder.HasOne<Member>().WithMany().HasForeignKey(right => right.MemberId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
