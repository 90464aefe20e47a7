using System.Globalization;
using Kiosk.Contracts.CheckIns;
using Kiosk.Contracts.Operator;
using Kiosk.Testing;
using Microsoft.Playwright;

namespace Kiosk.EndToEnd.Tests.Support;

/// <param name="Card">Text of the printed card, as a scanner reads it.</param>
internal sealed record Villager(Guid Id, string Name, bool Votes, string Card);

/// <summary>The members of a branch, each with a printed card.</summary>
internal sealed record Village(IReadOnlyList<Villager> People)
{
    private const int CardsOnASheet = 8;

    /// <summary>Every seventh is not a full member yet and has no vote.</summary>
    public static async Task<Village> SettleAsync(OperatorSession desk, AdminPage admin, int count)
    {
        var unit = desk.Info.Grants[0].OrgUnitId;
        var members = new List<MemberSummary>();
        for (var at = 0; at < count; at++)
        {
            var kind = at % 7 == 6 ? PersonKind.ProbationaryMember : PersonKind.FullMember;
            var name = "赵钱孙李周吴郑王冯陈"[at % 10] + "家" + "一二三四五六七八九十"[at / 10];
            var member = await desk.PostAsync<MemberSummary>("/api/members", new MemberInput(unit, null, name, kind, false, null));
            await desk.PostAsync<CardIssued>($"/api/members/{member.Id}/card");
            members.Add(member);
        }

        var cards = await PrintAsync(admin, members);
        return new Village([.. members.Select(member => new Villager(member.Id, member.Name, member.Kind is PersonKind.FullMember, cards[member.Id]))]);
    }

    /// <summary>Reads every card from the pages that go to the printer.</summary>
    private static async Task<Dictionary<Guid, string>> PrintAsync(AdminPage admin, List<MemberSummary> members)
    {
        var cards = new Dictionary<Guid, string>();
        var print = await admin.Page.Context.NewPageAsync();
        foreach (var sheet in members.Chunk(CardsOnASheet))
        {
            var ids = string.Join(',', sheet.Select(member => member.Id.ToString("N", CultureInfo.InvariantCulture)));
            await print.GotoAsync(new Uri(new Uri(admin.Page.Url), $"/print/cards?ids={ids}").ToString());
            foreach (var code in await QrReader.ReadAsync(await print.ScreenshotAsync(new PageScreenshotOptions { FullPage = true, Scale = ScreenshotScale.Device })))
            {
                if (CheckInCard.TryRead(code, out var card))
                {
                    cards[card.MemberId] = code;
                }
            }
        }

        await print.CloseAsync();
        Assert.Equal(members.Count, cards.Count);
        return cards;
    }
}
