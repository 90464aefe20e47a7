namespace Kiosk.Scheduling;

/// <summary>A resolution with everything that also ran and why it does not show: the "what and why" page.</summary>
/// <param name="Reasons">The deciding one first, then one for each loser.</param>
/// <param name="NextChange">When something else will show, looked for up to 64 days ahead; null when nothing changes until then.</param>
public sealed record Explanation(Resolution Resolution, IReadOnlyList<Reason> Reasons, DateTimeOffset? NextChange);
