using Kiosk.Contracts.CheckIns;

namespace Kiosk.Player.Core.Touch;

/// <summary>What a practice card (练习卡) does.</summary>
/// <param name="Letter">A to F, printed on it; its holder has a made-up name.</param>
/// <param name="Refusal">What the card is there to show, or null for one that checks in.</param>
internal sealed record PracticeCard(string Letter, CheckInOutcome? Refusal)
{
    public string Text => Contracts.CheckIns.PracticeCard.TextOf(Letter[0]);
}

/// <summary>Four that check in, one of somebody who is not expected, one that is no longer valid.</summary>
internal static class PracticeCards
{
    public static IReadOnlyList<PracticeCard> All { get; } =
        [new("A", null), new("B", null), new("C", null), new("D", null), new("E", CheckInOutcome.NotOnRoster), new("F", CheckInOutcome.RevokedCard)];

    public static int Expected => All.Count(c => c.Refusal is null);

    /// <param name="text">Normalised text.</param>
    public static PracticeCard? Find(string text) => All.FirstOrDefault(c => c.Text == text);
}
