using Kiosk.Contracts.Operator;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Kiosk.Hub.Points;

/// <summary>积分明细: one change of an account, never changed again, chained to the one before by <see cref="Hash"/>.</summary>
internal sealed class Posting
{
    public required Guid MemberId { get; init; }

    /// <summary>1, 2, 3… within the account.</summary>
    public required long Sequence { get; init; }

    public required PostingKind Kind { get; init; }

    /// <summary>See <see cref="PointsRules"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>What may be posted once only, e.g. <c>attendance:{meeting}:{revision}</c>.</summary>
    public required string Key { get; init; }

    public Guid? MeetingId { get; init; }

    /// <summary>Points asked for, before caps.</summary>
    public required int Requested { get; init; }

    /// <summary>Change of the available points.</summary>
    public required int Available { get; init; }

    public required int Held { get; init; }

    public required int Owed { get; init; }

    /// <summary>What a cap kept back.</summary>
    public required int Withheld { get; init; }

    public required int BalanceAfter { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who posted by hand; null when a rule did. With <see cref="Reason"/> and <see cref="Salt"/> it can be erased without breaking the chain.</summary>
    public string? By { get; init; }

    public string? Reason { get; init; }

    public byte[]? Salt { get; init; }

    /// <summary>Salted digest of who and why, part of the chain; null when there is neither.</summary>
    public byte[]? Digest { get; init; }

    public required byte[] Hash { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Posting>
    {
        public void Configure(EntityTypeBuilder<Posting> builder)
        {
            builder.ToTable("Postings");
            builder.HasKey(posting => new { posting.MemberId, posting.Sequence });
            builder.Property(posting => posting.Rule).HasMaxLength(40);
            builder.Property(posting => posting.Key).HasMaxLength(120);
            builder.Property(posting => posting.Reason).HasMaxLength(200 * 16);
            builder.HasIndex(posting => new { posting.MemberId, posting.Key }).IsUnique();
            builder.HasOne<PointsAccount>().WithMany().HasForeignKey(posting => posting.MemberId).OnDelete(DeleteBehavior.Restrict);
        }
    }
}
