using System.Security.Cryptography;
using System.Text;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Kiosk.Hub.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Auth;

/// <summary>A user name nobody has, but somebody tried: it locks as a real one does, with the same work, so that neither words nor time tell which names exist.</summary>
internal sealed class UnknownUserName
{
    public required string NameHash { get; init; }

    public int Failures { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public DateTimeOffset At { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<UnknownUserName>
    {
        public void Configure(EntityTypeBuilder<UnknownUserName> builder)
        {
            builder.ToTable("UnknownUserNames");
            builder.HasKey(name => name.NameHash);
            builder.Property(name => name.NameHash).HasMaxLength(64);
            builder.HasIndex(name => name.At);
        }
    }
}

/// <summary>Counts tries of names nobody has. Kept as a keyed hash: people type passwords into the field for names.</summary>
internal sealed class UnknownUserNames
{
    private readonly byte[] _key;

    private sealed record Key(string Secret);

    public UnknownUserNames(HubFolders folders) => _key = Convert.FromBase64String(KeyFile.LoadOrCreate(
        Path.Combine(folders.Keys, "user-names.json"), () => new Key(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))).Secret);

    public string HashOf(string normalizedName) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(normalizedName)));

    /// <summary>Counts one more try inside a write.</summary>
    public static async Task<Error> CountAsync(HubDbContext db, string hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await db.Set<UnknownUserName>().SingleOrDefaultAsync(name => name.NameHash == hash, cancellationToken);
        if (row is null)
        {
            db.Add(row = new UnknownUserName { NameHash = hash });
        }

        if (row.LockedUntil is { } until && until > now)
        {
            return AuthErrors.LockedOut(until - now);
        }

        row.At = now;
        if (++row.Failures < OperatorAccounts.MaxFailedSignIns)
        {
            return AuthErrors.SignInFailed();
        }

        (row.Failures, row.LockedUntil) = (0, now + OperatorAccounts.LockoutTime);
        return AuthErrors.LockedOut(OperatorAccounts.LockoutTime);
    }
}
