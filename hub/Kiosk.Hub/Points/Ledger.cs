using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kiosk.Contracts.Operator;

namespace Kiosk.Hub.Points;

/// <summary>An account at a moment.</summary>
internal sealed record AccountState(int Available, int Held, int Owed, long Sequence, byte[] Hash)
{
    public static AccountState Empty { get; } = new(0, 0, 0, 0, new byte[32]);
}

/// <summary>What is to be posted.</summary>
/// <param name="Amount">Above zero; an <see cref="PostingKind.Adjust"/> may be below.</param>
/// <param name="Room">What caps still allow; null = no limit.</param>
internal sealed record PostingRequest(
    Guid MemberId, PostingKind Kind, string Rule, string Key, Guid? MeetingId, int Amount, int? Room, DateTimeOffset At, string? By, string? Reason);

/// <summary>The arithmetic of the ledger: pure, append-only, available points never below zero.</summary>
internal static class Ledger
{
    /// <summary>The posting that follows, or null when there are not enough points for it.</summary>
    public static (AccountState Account, Posting Posting)? Post(AccountState account, PostingRequest request)
    {
        if (Change(account, request) is not { } change)
        {
            return null;
        }

        var hasPerson = request.By is not null || request.Reason is not null;
        var salt = hasPerson ? RandomNumberGenerator.GetBytes(16) : null;
        var balance = account.Available + change.Available;
        var digest = hasPerson ? DigestOf(salt!, request.By, request.Reason) : null;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(request.At.ToUnixTimeMilliseconds());
        Posting Build(byte[] hash) => new()
        {
            MemberId = request.MemberId,
            Sequence = account.Sequence + 1,
            Kind = request.Kind,
            Rule = request.Rule,
            Key = request.Key,
            MeetingId = request.MeetingId,
            Requested = request.Amount,
            Available = change.Available,
            Held = change.Held,
            Owed = change.Owed,
            Withheld = change.Withheld,
            BalanceAfter = balance,
            At = at,
            By = request.By,
            Reason = request.Reason,
            Salt = salt,
            Digest = digest,
            Hash = hash,
        };

        var hash = HashOf(Build([]), account.Hash);
        return (new AccountState(balance, account.Held + change.Held, account.Owed + change.Owed, account.Sequence + 1, hash), Build(hash));
    }

    /// <summary>True when a posting under the same key says the same as the request: then it is the answer.</summary>
    public static bool SaysTheSame(Posting posting, PostingRequest request) =>
        posting.Kind == request.Kind && posting.Rule == request.Rule && posting.MeetingId == request.MeetingId
        && posting.Requested == request.Amount && posting.Reason == request.Reason;

    public static byte[] HashOf(Posting posting, byte[] before)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"1|{posting.MemberId:N}|{posting.Sequence}|{posting.Kind}|{posting.Rule}|{posting.Key}|{posting.MeetingId:N}|{posting.Requested}|{posting.Available}|{posting.Held}|{posting.Owed}|{posting.Withheld}|{posting.BalanceAfter}|{posting.At.ToUnixTimeMilliseconds()}|{Convert.ToHexString(posting.Digest ?? [])}|{Convert.ToHexString(before)}");
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    public static byte[] DigestOf(byte[] salt, string? by, string? reason) =>
        SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes($"{by?.Length ?? -1}|{by}|{reason}")]);

    /// <summary>Number of the first posting that was changed, is missing, or does not add up; null when the whole chain is sound.</summary>
    /// <param name="postings">By sequence.</param>
    public static long? FirstFault(AccountState account, IEnumerable<Posting> postings)
    {
        var state = AccountState.Empty;
        foreach (var posting in postings)
        {
            var personChanged = posting.Salt is not null
                && !DigestOf(posting.Salt, posting.By, posting.Reason).AsSpan().SequenceEqual(posting.Digest);
            var next = new AccountState(
                state.Available + posting.Available, state.Held + posting.Held, state.Owed + posting.Owed, state.Sequence + 1, HashOf(posting, state.Hash));
            if (personChanged || posting.Sequence != next.Sequence || posting.BalanceAfter != next.Available || next.Available < 0 || next.Held < 0 || next.Owed < 0
                || !next.Hash.AsSpan().SequenceEqual(posting.Hash))
            {
                return next.Sequence;
            }

            state = next;
        }

        var whole = state.Sequence == account.Sequence && state.Available == account.Available && state.Held == account.Held && state.Owed == account.Owed
            && state.Hash.AsSpan().SequenceEqual(account.Hash);
        return whole ? null : state.Sequence + 1;
    }

    private static (int Available, int Held, int Owed, int Withheld)? Change(AccountState account, PostingRequest request)
    {
        var amount = request.Amount;
        switch (request.Kind)
        {
            case PostingKind.Earn:
                var granted = Math.Min(amount, Math.Max(0, request.Room ?? amount));
                return Credit(account, granted, 0, amount - granted);
            case PostingKind.Adjust when amount >= 0:
                return Credit(account, amount, 0, 0);
            case PostingKind.Adjust:
                return account.Available + amount < 0 ? null : (amount, 0, 0, 0);
            case PostingKind.Hold:
                return account.Available < amount ? null : (-amount, amount, 0, 0);
            case PostingKind.Redeem:
                return account.Held < amount ? null : (0, -amount, 0, 0);
            case PostingKind.Void:
                return account.Held < amount ? null : Credit(account, amount, -amount, 0);
            case PostingKind.Reversal:
                var taken = Math.Min(amount, account.Available);
                return (-taken, 0, amount - taken, 0);
            case PostingKind.Expire:
                return (-Math.Min(amount, account.Available), 0, 0, 0);
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request.Kind, null);
        }
    }

    private static (int Available, int Held, int Owed, int Withheld) Credit(AccountState account, int amount, int held, int withheld)
    {
        var setOff = Math.Min(account.Owed, amount);
        return (amount - setOff, held, -setOff, withheld);
    }
}
