using Kiosk.Contracts.Hosting;

namespace Kiosk.Contracts.Feeds;

/// <summary>
/// How a meeting has been run so far: the plan and every action the hub knows. What is true follows from the set of actions alone,
/// in whatever order they came, so a kiosk lays its own on top that the hub has not heard of yet.
/// </summary>
/// <param name="PlannedStart">Start as planned.</param>
/// <param name="PlannedEnd">End as planned, or as last edited at a desk.</param>
/// <param name="PlannedAt">Extensions from before this edit do not count any more; null when it was never edited.</param>
/// <param name="Joined">Ids under which kiosks had started the same meeting by themselves.</param>
public sealed record MeetingRun(
    DateTimeOffset PlannedStart, DateTimeOffset PlannedEnd, DateTimeOffset? PlannedAt, IReadOnlyList<RunAction> Actions, IReadOnlyList<Guid> Joined);

/// <param name="At">When it was done.</param>
/// <param name="By">Who did it, as shown on the screen: a masked name.</param>
public sealed record RunAction(
    Guid Id, HostActionKind Kind, DateTimeOffset At, string? By, DateTimeOffset? Until = null, int? Point = null, VoteCount? Count = null);
