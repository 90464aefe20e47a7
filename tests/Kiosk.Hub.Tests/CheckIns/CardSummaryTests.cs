using System.Security.Cryptography;
using Kiosk.Contracts.CheckIns;
using Kiosk.Testing;
using Microsoft.AspNetCore.SignalR;

namespace Kiosk.Hub.Tests.CheckIns;

/// <summary>What a kiosk is told about the holder of a card that was just shown to it.</summary>
public sealed class CardSummaryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Holder_sees_points_postings_and_coming_meetings_and_nothing_of_anybody_else()
    {
        await using var evening = await Evening.StartAsync();
        await using var display = await evening.Hub.ConnectDisplayAsync(Ct);
        var card = await evening.CardAsync();
        await evening.ScanAsync(card);
        await evening.ScanAsync(await evening.CardAsync(1));
        var reply = await display.GetCardSummaryAsync(card, "zh-CN", Ct);
        Assert.Null(reply.Refusal);
        var summary = reply.Summary!;
        Assert.Equal(("张*一", 2, 0, (int?)null), (summary.MaskedName, summary.PointsAvailable, summary.PointsHeld, summary.Unread));
        var posting = Assert.Single(summary.Postings);
        Assert.Equal(2, posting.Amount);
        Assert.Contains(evening.Meeting.Title, posting.Text, StringComparison.Ordinal);
        Assert.Equal(evening.Meeting.Title, Assert.Single(summary.Meetings).Title);

        var english = (await display.GetCardSummaryAsync(card, "en", Ct)).Summary!;
        Assert.NotEqual(posting.Text, Assert.Single(english.Postings).Text);
    }

    [Fact]
    public async Task Refused_cards_have_their_code_and_tell_nothing()
    {
        await using var evening = await Evening.StartAsync();
        await using var display = await evening.Hub.ConnectDisplayAsync(Ct);
        var revoked = await evening.CardAsync();
        var current = await evening.CardAsync();
        var suspended = await HubApplication.AddMemberAsync(evening.Host, "王停用", evening.Hub.RootUnitId, suspended: true);
        using var foreignKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(CheckInCard.TryRead(current, out var read));
        var cards = new Dictionary<string, string>
        {
            [revoked] = "revoked_card",
            [await evening.Hub.CardAsync(evening.Host, suspended.Id)] = "member_suspended",
            [read.Encode(foreignKey)] = "unknown_card",
            [(read with { Issuer = read.Issuer + 1 }).Encode(foreignKey)] = "wrong_issuer",
            ["not a card"] = "unknown_card",
            [""] = "unknown_card",
            [PracticeCard.TextOf('A')] = "unknown_card",
        };
        foreach (var (card, code) in cards)
        {
            var reply = await display.GetCardSummaryAsync(card, "zh-CN", Ct);
            Assert.Equal((code, true), (reply.Refusal, reply.Summary is null));
        }

        await Assert.ThrowsAsync<HubException>(() => display.GetCardSummaryAsync(new string('A', 5000), "zh-CN", Ct));
        await Assert.ThrowsAsync<HubException>(() => display.GetCardSummaryAsync(null!, "zh-CN", Ct));
    }

    [Fact]
    public async Task One_display_is_answered_a_few_times_a_minute_only()
    {
        await using var evening = await Evening.StartAsync();
        await using var display = await evening.Hub.ConnectDisplayAsync(Ct);
        await using var other = await evening.Hub.ConnectDisplayAsync(Ct);
        var card = await evening.CardAsync();
        var refusals = new List<string?>();
        for (var i = 0; i < 40; i++)
        {
            refusals.Add((await display.GetCardSummaryAsync(card, "zh-CN", Ct)).Refusal);
        }

        Assert.Equal(30, refusals.TakeWhile(refusal => refusal is null).Count());
        Assert.All(refusals.Skip(30), refusal => Assert.Equal("rate_limited", refusal));
        Assert.Null((await other.GetCardSummaryAsync(card, "zh-CN", Ct)).Refusal);
    }
}
