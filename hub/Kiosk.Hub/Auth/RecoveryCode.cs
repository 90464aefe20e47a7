using System.Security.Cryptography;
using Kiosk.Hub.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Auth;

/// <summary>Signs in once without the phone. 80 random bits, so a plain hash tells nothing.</summary>
internal sealed class RecoveryCode
{
    public const int Count = 10;

    public const int Length = 16;

    // No 0, 1, I and O: these are copied by hand.
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public required Guid OperatorId { get; init; }

    public required string Sha256 { get; init; }

    public static string Hash(Guid operatorId, string code) => Tokens.Hash($"{operatorId:N} {code}");

    /// <summary>Replaces the operator's codes inside a write.</summary>
    /// <returns>What to show once: groups of four.</returns>
    public static async Task<IReadOnlyList<string>> RenewAsync(HubDbContext db, Guid operatorId, CancellationToken cancellationToken)
    {
        await db.Set<RecoveryCode>().Where(code => code.OperatorId == operatorId).ExecuteDeleteAsync(cancellationToken);
        var codes = Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Letters, Length)).ToList();
        db.AddRange(codes.Select(code => new RecoveryCode { OperatorId = operatorId, Sha256 = Hash(operatorId, code) }));
        return [.. codes.Select(code => string.Join('-', code.Chunk(4).Select(group => new string(group))))];
    }

    internal sealed class Configuration : IEntityTypeConfiguration<RecoveryCode>
    {
        public void Configure(EntityTypeBuilder<RecoveryCode> builder)
        {
            builder.ToTable("RecoveryCodes");
            builder.HasKey(code => new { code.OperatorId, code.Sha256 });
            builder.Property(code => code.Sha256).HasMaxLength(64);
            builder.HasOne<OperatorAccount>().WithMany().HasForeignKey(code => code.OperatorId).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
