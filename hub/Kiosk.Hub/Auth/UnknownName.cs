using System.Security.Cryptography;
using System.Text;
using Kiosk.Hub.Data;
using Kiosk.Hub.Members;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Auth;

/// <summary>
/// A user name or member number nobody has, but somebody tried: it locks as a real one does, with the same work, so that neither words nor time tell which exist.
/// </summary>
internal sealed class UnknownName
{
    public required string NameHash { get; init; }

    public int Failures { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public DateTimeOffset At { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<UnknownName>
    {
        public void Configure(EntityTypeBuilder<UnknownName> builder)
        {
            builder.ToTable("UnknownNames");
            builder.HasKey(name => name.NameHash);
            builder.Property(name => name.NameHash).HasMaxLength(64);
            builder.HasIndex(name => name.At);
        }
    }
}

/// <summary>Which sign-in a name was tried at: the same letters there are two different names.</summary>
internal enum UnknownNameKind
{
    UserName,
    MemberNumber,
}

/// <param name="Before">How much longer it is locked by earlier tries; this one was not counted.</param>
/// <param name="Now">This try has locked it, for so long.</param>
internal readonly record struct UnknownNameTry(TimeSpan? Before, TimeSpan? Now);

/// <summary>Counts tries of names nobody has. Kept as a keyed hash: people type passwords into the field for names.</summary>
internal sealed class UnknownNames
{
    private readonly byte[] _key;

    private sealed record Key(string Secret);

    public UnknownNames(HubFolders folders) => _key = Convert.FromBase64String(KeyFile.LoadOrCreate(
        Path.Combine(folders.Keys, "user-names.json"), () => new Key(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))).Secret);

    /// <summary>Counts one more try inside a write.</summary>
    /// <param name="most">Tries that lock a name of this kind.</param>
    public async Task<UnknownNameTry> CountAsync(
        HubDbContext db, UnknownNameKind kind, string normalizedName, int most, TimeSpan lockTime, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = HashOf(kind, normalizedName);
        var row = await db.Set<UnknownName>().SingleOrDefaultAsync(name => name.NameHash == hash, cancellationToken);
        if (row is null)
        {
            db.Add(row = new UnknownName { NameHash = hash });
        }

        if (row.LockedUntil is { } until && until > now)
        {
            return new UnknownNameTry(until - now, null);
        }

        row.At = now;
        if (++row.Failures < most)
        {
            return default;
        }

        (row.Failures, row.LockedUntil) = (0, now + lockTime);
        return new UnknownNameTry(null, lockTime);
    }

    private string HashOf(UnknownNameKind kind, string normalizedName) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{kind} {normalizedName}")));
}
