using CsCheck;
using Kiosk.Contracts.Operator;
using Kiosk.Hub.Points;
using Kiosk.Hub.Tests.CheckIns;
using Kiosk.Testing;

namespace Kiosk.Hub.Tests.Points;

public class LedgerTests
{
    private static readonly Guid _member = Guid.NewGuid();
    private static readonly DateTimeOffset _now = new(2026, 11, 22, 11, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Balance_is_the_sum_of_postings_and_never_negative_whatever_is_asked() =>
        Gen.Select(Gen.Enum<PostingKind>(), Gen.Int[1, 50], Gen.Bool, Gen.Int[0, 60]).Array[0, 60].Sample(commands =>
        {
            var (account, postings) = Run(commands);
            return account.Available >= 0 && account.Held >= 0 && account.Owed >= 0
                && account.Available == postings.Sum(posting => posting.Available)
                && account.Held == postings.Sum(posting => posting.Held)
                && account.Owed == postings.Sum(posting => posting.Owed)
                && Ledger.FirstFault(account, postings) is null;
        });

    [Fact]
    public void Any_changed_or_missing_row_shows() =>
        Gen.Select(Gen.Select(Gen.Enum<PostingKind>(), Gen.Int[1, 50], Gen.Bool, Gen.Int[0, 60]).Array[1, 30], Gen.Int[0, 1000]).Sample((commands, pick) =>
        {
            var (account, postings) = Run(commands);
            if (postings.Count == 0)
            {
                return true;
            }

            var at = pick % postings.Count;
            var missing = postings.Where((_, index) => index != at).ToList();
            var before = postings[at];
            var changed = postings.ToList();
            changed[at] = new Posting
            {
                MemberId = before.MemberId, Sequence = before.Sequence, Kind = before.Kind, Rule = before.Rule, Key = before.Key, Requested = before.Requested,
                Available = before.Available + 1, Held = before.Held, Owed = before.Owed, Withheld = before.Withheld, BalanceAfter = before.BalanceAfter + 1,
                At = before.At, By = before.By, Reason = before.Reason, Salt = before.Salt, Digest = before.Digest, Hash = before.Hash,
            };
            return Ledger.FirstFault(account, missing) is not null && Ledger.FirstFault(account, changed) == at + 1;
        });

    [Fact]
    public void Spent_points_that_are_reversed_are_owed_and_set_off_later()
    {
        var account = AccountState.Empty;
        account = Post(account, PostingKind.Earn, 5);
        account = Post(account, PostingKind.Hold, 4);
        account = Post(account, PostingKind.Redeem, 4);
        account = Post(account, PostingKind.Reversal, 5);
        Assert.Equal((0, 4), (account.Available, account.Owed));
        account = Post(account, PostingKind.Earn, 3);
        Assert.Equal((0, 1), (account.Available, account.Owed));
        account = Post(account, PostingKind.Earn, 3);
        Assert.Equal((2, 0), (account.Available, account.Owed));
    }

    [Fact]
    public async Task Cap_of_a_day_withholds_and_says_so()
    {
        await using var evening = await Evening.StartAsync(2, "MemberAssembly", null, "--Points:Caps:attendance:Day=3");
        var card = await evening.CardAsync();
        Assert.Equal(2, (await evening.ScanAsync(card)).PointsGranted);
        var (room, _) = await evening.Hub.AddRoomWithDisplayAsync("第二间");
        var second = await evening.Hub.AddMeetingAsync(evening.Host, room, [evening.Members[0].Id]);
        var capped = await evening.ScanAsync(card, meetingId: second.Summary.Id);
        Assert.Equal((1, (int?)3), (capped.PointsGranted, capped.PointsAvailable));
        Assert.Equal(1, (await evening.PointsAsync()).Postings.Items[0].Withheld);
        // What is taken back makes room again.
        await evening.UndoAsync();
        evening.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, (await evening.ScanAsync(card)).PointsGranted);
    }

    [Fact]
    public async Task Adjustment_under_one_key_is_posted_once_and_other_content_is_a_conflict()
    {
        await using var evening = await Evening.StartAsync(1);
        Task<PointsStatement> AdjustAsync(int amount, string key) => evening.AdjustAsync(amount, key);
        Assert.Equal(10, (await AdjustAsync(10, "a")).Available);
        Assert.Equal(10, (await AdjustAsync(10, "a")).Available);
        Assert.Equal("idempotency_key_reused", (await Assert.ThrowsAsync<RefusedException>(() => AdjustAsync(11, "a"))).Code);
        Assert.Equal("points_insufficient", (await Assert.ThrowsAsync<RefusedException>(() => AdjustAsync(-11, "b"))).Code);
        var statement = await AdjustAsync(-10, "c");
        Assert.Equal((0, 2), (statement.Available, statement.Postings.Total));
        Assert.Equal("Adjusted by hand: 补记", statement.Postings.Items[0].Text);
        var same = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AdjustAsync(7, "d")));
        Assert.All(same, answer => Assert.Equal(7, answer.Available));
    }

    [Fact]
    public async Task Changed_row_in_the_database_shows_in_the_chain()
    {
        await using var evening = await Evening.StartAsync(1);
        await evening.AdjustAsync(10, "a");
        await evening.AdjustAsync(5, "b");
        var member = evening.Members[0].Id;
        Assert.Null(await evening.Hub.LedgerFaultAsync(member));
        await evening.Hub.TamperAsync($"""UPDATE "Postings" SET "Available" = 1000, "BalanceAfter" = 1000 WHERE "Sequence" = 1""");
        Assert.Equal(1, await evening.Hub.LedgerFaultAsync(member));
    }

    private static (AccountState Account, List<Posting> Postings) Run((PostingKind Kind, int Amount, bool Negative, int Room)[] commands)
    {
        var account = AccountState.Empty;
        var postings = new List<Posting>();
        foreach (var (kind, amount, negative, room) in commands)
        {
            var signed = kind == PostingKind.Adjust && negative ? -amount : amount;
            var request = new PostingRequest(
                _member, kind, "rule", $"key:{postings.Count}", null, signed, kind == PostingKind.Earn && negative ? room : null, _now,
                kind == PostingKind.Adjust ? "host" : null, kind == PostingKind.Adjust ? "why" : null);
            if (Ledger.Post(account, request) is { } posted)
            {
                account = posted.Account;
                postings.Add(posted.Posting);
            }
        }

        return (account, postings);
    }

    private static AccountState Post(AccountState account, PostingKind kind, int amount) =>
        Ledger.Post(account, new PostingRequest(_member, kind, "rule", "key", null, amount, null, _now, null, null))!.Value.Account;
}
