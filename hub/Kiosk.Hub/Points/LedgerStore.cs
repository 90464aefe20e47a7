using System.Data.Common;
using System.Globalization;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Data;

namespace Kiosk.Hub.Points;

/// <summary>What became of a posting.</summary>
/// <param name="Posting">Null when there were not enough points, or when <paramref name="Conflict"/>.</param>
/// <param name="Replayed">The key was posted before, saying the same: this is the first answer.</param>
/// <param name="Conflict">The key was posted before, saying something else.</param>
internal sealed record PostingOutcome(Posting? Posting, AccountState Account, bool Replayed, bool Conflict);

/// <summary>Writes the ledger with prepared statements inside a <see cref="HubWriter"/> transaction, the same on SQLite and PostgreSQL.</summary>
internal sealed class LedgerStore(Statements statements, PointsRules rules)
{
    private const string Earn = nameof(PostingKind.Earn);

    /// <summary>Locks the account and reads it. The member's row stands for it: that one is there before the first posting, so there is always something to lock.</summary>
    public async ValueTask<AccountState> ReadAsync(Guid memberId, CancellationToken cancellationToken)
    {
        await LockAsync(memberId, cancellationToken);
        var command = statements.Get("""
            SELECT "Available", "Held", "Owed", "Sequence", "Hash" FROM "PointsAccounts" WHERE "MemberId" = @member
            """, "member");
        command.Set("member", memberId);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? StateFrom(reader, 0) : AccountState.Empty;
    }

    /// <summary>Before anything of the member is read: on PostgreSQL others could change it meanwhile, SQLite has one writer.</summary>
    public async ValueTask LockAsync(Guid memberId, CancellationToken cancellationToken)
    {
        if (statements.IsPostgres)
        {
            var command = statements.Get("""SELECT 1 FROM "Members" WHERE "Id" = @member FOR UPDATE""", "member");
            command.Set("member", memberId);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public static AccountState StateFrom(DbDataReader reader, int at) =>
        new(reader.GetInt32(at), reader.GetInt32(at + 1), reader.GetInt32(at + 2), reader.GetInt64(at + 3), reader.GetFieldValue<byte[]>(at + 4));

    /// <summary>Posts, once per key.</summary>
    /// <param name="capRule">The rule whose caps count, or null.</param>
    /// <param name="day">Local date that decides the cap's periods.</param>
    /// <param name="account">The account as read under lock in this transaction.</param>
    /// <param name="keyIsNew">The caller knows that the key was never posted (a new attendance revision), which saves a look-up.</param>
    public async ValueTask<PostingOutcome> PostAsync(
        AccountState account, PostingRequest request, string? capRule, DateOnly day, bool keyIsNew, CancellationToken cancellationToken)
    {
        if (!keyIsNew && await FindAsync(request.MemberId, request.Key, cancellationToken) is { } before)
        {
            return Ledger.SaysTheSame(before, request)
                ? new PostingOutcome(before, account, Replayed: true, Conflict: false)
                : new PostingOutcome(null, account, Replayed: false, Conflict: true);
        }

        var periods = capRule is null ? [] : rules.CapOf(capRule).PeriodsOf(day).ToList();
        if (request.Kind == PostingKind.Earn)
        {
            foreach (var (period, limit) in periods)
            {
                var room = limit - await GrantedAsync(request.MemberId, capRule!, period, cancellationToken);
                request = request with { Room = Math.Min(request.Room ?? room, room) };
            }
        }

        if (Ledger.Post(account, request) is not { } posted)
        {
            return new PostingOutcome(null, account, Replayed: false, Conflict: false);
        }

        await SaveAccountAsync(request.MemberId, posted.Account, cancellationToken);
        await InsertAsync(posted.Posting, cancellationToken);
        var counted = request.Kind switch
        {
            PostingKind.Earn => request.Amount - posted.Posting.Withheld,
            PostingKind.Reversal => -request.Amount,
            _ => 0,
        };
        if (counted != 0)
        {
            foreach (var (period, _) in periods)
            {
                await CountAsync(request.MemberId, capRule!, period, counted, cancellationToken);
            }
        }

        return new PostingOutcome(posted.Posting, posted.Account, Replayed: false, Conflict: false);
    }

    /// <summary>Points that were granted count on another day, because what earned them was on that day: its cap may be passed by it, later ones find less room.</summary>
    public async ValueTask MoveAsync(Guid memberId, string capRule, DateOnly from, DateOnly to, int granted, CancellationToken cancellationToken)
    {
        var cap = rules.CapOf(capRule);
        foreach (var (left, entered) in cap.PeriodsOf(from).Zip(cap.PeriodsOf(to)).Where(pair => pair.First.Period != pair.Second.Period))
        {
            await CountAsync(memberId, capRule, left.Period, -granted, cancellationToken);
            await CountAsync(memberId, capRule, entered.Period, granted, cancellationToken);
        }
    }

    private async ValueTask<Posting?> FindAsync(Guid memberId, string key, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            SELECT "Sequence", "Kind", "Rule", "MeetingId", "Requested", "Available", "Held", "Owed", "Withheld", "BalanceAfter", "At", "By", "Reason", "Hash"
            FROM "Postings" WHERE "MemberId" = @member AND "Key" = @key
            """, "member", "key");
        command.Set("member", memberId);
        command.Set("key", key);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return !await reader.ReadAsync(cancellationToken)
            ? null
            : new Posting
            {
                MemberId = memberId,
                Sequence = reader.GetInt64(0),
                Kind = Enum.Parse<PostingKind>(reader.GetString(1)),
                Rule = reader.GetString(2),
                Key = key,
                MeetingId = reader.IsDBNull(3) ? null : reader.GetGuid(3),
                Requested = reader.GetInt32(4),
                Available = reader.GetInt32(5),
                Held = reader.GetInt32(6),
                Owed = reader.GetInt32(7),
                Withheld = reader.GetInt32(8),
                BalanceAfter = reader.GetInt32(9),
                At = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(10)),
                By = reader.IsDBNull(11) ? null : reader.GetString(11),
                Reason = reader.IsDBNull(12) ? null : reader.GetString(12),
                Hash = reader.GetFieldValue<byte[]>(13),
            };
    }

    private async ValueTask<int> GrantedAsync(Guid memberId, string rule, string period, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            SELECT "Granted" FROM "CapCounters" WHERE "MemberId" = @member AND "Rule" = @rule AND "Period" = @period
            """, "member", "rule", "period");
        command.Set("member", memberId);
        command.Set("rule", rule);
        command.Set("period", period);
        return Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken) ?? 0, CultureInfo.InvariantCulture);
    }

    private async ValueTask CountAsync(Guid memberId, string rule, string period, int granted, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            INSERT INTO "CapCounters" ("MemberId", "Rule", "Period", "Granted") VALUES (@member, @rule, @period, @granted)
            ON CONFLICT ("MemberId", "Rule", "Period") DO UPDATE SET "Granted" = "CapCounters"."Granted" + @granted
            """, "member", "rule", "period", "granted");
        command.Set("member", memberId);
        command.Set("rule", rule);
        command.Set("period", period);
        command.Set("granted", granted);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async ValueTask SaveAccountAsync(Guid memberId, AccountState account, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            INSERT INTO "PointsAccounts" ("MemberId", "Available", "Held", "Owed", "Sequence", "Hash") VALUES (@member, @available, @held, @owed, @sequence, @hash)
            ON CONFLICT ("MemberId") DO UPDATE SET "Available" = @available, "Held" = @held, "Owed" = @owed, "Sequence" = @sequence, "Hash" = @hash
            """, "member", "available", "held", "owed", "sequence", "hash");
        command.Set("member", memberId);
        command.Set("available", account.Available);
        command.Set("held", account.Held);
        command.Set("owed", account.Owed);
        command.Set("sequence", account.Sequence);
        command.Set("hash", account.Hash);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async ValueTask InsertAsync(Posting posting, CancellationToken cancellationToken)
    {
        var command = statements.Get("""
            INSERT INTO "Postings" ("MemberId", "Sequence", "Kind", "Rule", "Key", "MeetingId", "Requested", "Available", "Held", "Owed", "Withheld", "BalanceAfter", "At", "By", "Reason", "Salt", "Digest", "Hash")
            VALUES (@member, @sequence, @kind, @rule, @key, @meeting, @requested, @available, @held, @owed, @withheld, @balance, @at, @by, @reason, @salt, @digest, @hash)
            """, "member", "sequence", "kind", "rule", "key", "meeting", "requested", "available", "held", "owed", "withheld", "balance", "at", "by", "reason", "salt", "digest", "hash");
        command.Set("member", posting.MemberId);
        command.Set("sequence", posting.Sequence);
        command.Set("kind", posting.Kind == PostingKind.Earn ? Earn : posting.Kind.ToString());
        command.Set("rule", posting.Rule);
        command.Set("key", posting.Key);
        command.Set("meeting", posting.MeetingId);
        command.Set("requested", posting.Requested);
        command.Set("available", posting.Available);
        command.Set("held", posting.Held);
        command.Set("owed", posting.Owed);
        command.Set("withheld", posting.Withheld);
        command.Set("balance", posting.BalanceAfter);
        command.Set("at", posting.At);
        command.Set("by", posting.By);
        command.Set("reason", posting.Reason);
        command.SetBytes("salt", posting.Salt);
        command.SetBytes("digest", posting.Digest);
        command.Set("hash", posting.Hash);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
