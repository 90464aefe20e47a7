using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Auth.Passkeys;

/// <summary>A passkey of an operator: the public half only, so a copy of the database signs nobody in.</summary>
internal sealed class OperatorPasskey : IdentityUserPasskey<Guid>
{
    /// <summary>At most so many of one operator.</summary>
    public const int Most = 10;

    public const int NameLength = 60;

    /// <summary>For addresses; the credential's own id may have a thousand bytes.</summary>
    public Guid Id { get; set; }

    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>Since when its counter ran backwards: another copy of it may be in use.</summary>
    public DateTimeOffset? SuspectSince { get; set; }

    /// <summary>A counter that did not grow betrays a copy; authenticators that count nothing always say 0.</summary>
    public static bool CounterFits(uint stored, uint presented) => (stored == 0 && presented == 0) || presented > stored;

    internal sealed class Configuration : IEntityTypeConfiguration<OperatorPasskey>
    {
        // The table of ASP.NET Identity's schema version 3. Its context makes it only where the services say so, which the migrations' context has none of.
        public void Configure(EntityTypeBuilder<OperatorPasskey> builder)
        {
            builder.ToTable("AspNetUserPasskeys");
            builder.HasKey(passkey => passkey.CredentialId);
            builder.Property(passkey => passkey.CredentialId).HasMaxLength(1024);
            builder.OwnsOne(passkey => passkey.Data).ToJson();
            builder.HasIndex(passkey => passkey.Id).IsUnique();
            builder.HasOne<OperatorAccount>().WithMany().HasForeignKey(passkey => passkey.UserId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
