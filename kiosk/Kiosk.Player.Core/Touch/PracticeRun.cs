using Kiosk.Contracts.CheckIns;
using Kiosk.Player.Core.View;

namespace Kiosk.Player.Core.Touch;

/// <summary>A practice meeting: lives in memory, touches neither journal nor hub nor receipts. Immutable.</summary>
internal sealed record PracticeRun(DateTimeOffset Start, PracticeStep Step, int Offered, int Point, IReadOnlyList<PracticeArrival> Arrivals, int? Counted)
{
    public const int Points = 3;

    private static readonly TimeSpan FirstStart = TimeSpan.FromMinutes(12);

    public static PracticeRun Begin(DateTimeOffset now) => new(now + FirstStart, PracticeStep.CheckIn, 0, 0, [], null);

    public PracticeCard OfferedCard => PracticeCards.All[Offered];

    public PracticeRun Next(DateTimeOffset now) => Step switch
    {
        PracticeStep.CheckIn => this with { Step = PracticeStep.Running, Start = now, Point = 0 },
        PracticeStep.Running when Point < Points - 1 => this with { Point = Point + 1 },
        PracticeStep.Running => this with { Step = PracticeStep.Count, Counted = Arrivals.Count },
        PracticeStep.Count => this with { Step = PracticeStep.Closed },
        _ => Begin(now),
    };

    public PracticeRun Back(DateTimeOffset now) => Step switch
    {
        PracticeStep.Running when Point > 0 => this with { Point = Point - 1 },
        PracticeStep.Running => this with { Step = PracticeStep.CheckIn, Start = now + FirstStart },
        PracticeStep.Count => this with { Step = PracticeStep.Running, Counted = null },
        PracticeStep.Closed => this with { Step = PracticeStep.Count },
        _ => this,
    };

    /// <summary>The host's panel goes where it likes; what makes no sense now changes nothing.</summary>
    public PracticeRun Host(TouchActionKind action) => action switch
    {
        TouchActionKind.PracticePoint when Step is PracticeStep.Running or PracticeStep.Count && Point < Points - 1 => this with { Step = PracticeStep.Running, Point = Point + 1, Counted = null },
        TouchActionKind.PracticeCount when Step is PracticeStep.Running or PracticeStep.Count => this with { Step = PracticeStep.Count, Counted = Arrivals.Count },
        TouchActionKind.PracticeClose when Step is PracticeStep.Running or PracticeStep.Count => this with { Step = PracticeStep.Closed },
        TouchActionKind.PracticeReopen when Step is PracticeStep.Closed => this with { Step = PracticeStep.Running, Counted = null },
        _ => this,
    };

    public PracticeRun Other() => this with { Offered = (Offered + 1) % PracticeCards.All.Count };

    /// <summary>What a kiosk would say to this card at this moment of the meeting.</summary>
    public (PracticeRun Run, CheckInOutcome? Refusal, bool Late) Take(string card, CheckInOutcome? refusal, string? maskedName, DateTimeOffset now)
    {
        var outcome = refusal
            ?? (Arrivals.Any(a => a.Card == card && a.MaskedName == maskedName) ? CheckInOutcome.AlreadyCheckedIn
            : Step is PracticeStep.Closed ? CheckInOutcome.TooLate : null);
        var late = Step is not PracticeStep.CheckIn;
        return outcome is not null ? (this, outcome, false) : (this with { Arrivals = [new PracticeArrival(card, maskedName, now, late), .. Arrivals] }, null, late);
    }

    public PracticeView View() => new(Step, OfferedCard.Letter, OfferedCard.Text, Point, Points, PracticeCards.Expected, Arrivals, Counted, Start);
}
