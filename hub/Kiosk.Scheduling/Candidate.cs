using Kiosk.Contracts;

namespace Kiosk.Scheduling;

/// <summary>One occurrence in the order of the schedule: priority → specificity → later start → id.</summary>
internal readonly record struct Candidate(CompiledEvent Event, CompiledEvent.Span Span, string Scope, int Specificity)
{
    public Disclosure Disclosure => Event.Source.Disclosure;

    /// <summary>Negative when <paramref name="a"/> wins over <paramref name="b"/>.</summary>
    public static int Compare(Candidate a, Candidate b)
    {
        var order = b.Event.Source.Priority.CompareTo(a.Event.Source.Priority);
        order = order != 0 ? order : b.Specificity.CompareTo(a.Specificity);
        order = order != 0 ? order : b.Span.Start.CompareTo(a.Span.Start);
        return order != 0 ? order : b.Event.Source.Id.CompareTo(a.Event.Source.Id);
    }

    /// <summary>Which rule put <paramref name="winner"/> before <paramref name="loser"/>.</summary>
    public static string Difference(Candidate winner, Candidate loser) =>
        winner.Event.Source.Priority != loser.Event.Source.Priority ? ReasonCodes.LowerPriority
        : winner.Specificity != loser.Specificity ? ReasonCodes.LessSpecific
        : winner.Span.Start != loser.Span.Start ? ReasonCodes.EarlierStart
        : ReasonCodes.IdOrder;
}
