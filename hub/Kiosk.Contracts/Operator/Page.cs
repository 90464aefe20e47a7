namespace Kiosk.Contracts.Operator;

/// <summary>One page of a list.</summary>
/// <param name="Items">At most <c>take</c> (default 50, never more than 200) from <c>skip</c>.</param>
/// <param name="Total">How many there are in all, under the same filter.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);
