using Kiosk.Contracts.Hosting;

namespace Kiosk.Scheduling;

/// <summary>What a meeting has come to.</summary>
/// <param name="Point">Index of the current agenda point; null before the first was chosen.</param>
/// <param name="Leads">Who took over, as shown; null while it is the host of the plan.</param>
/// <param name="Frozen">The count held on the screen.</param>
/// <param name="Counts">Every count, in order.</param>
/// <param name="WithoutEffect">Actions that changed nothing where they stand in the order.</param>
/// <param name="Session">Index of the session the host stepped to; see <see cref="MeetingSessions"/>.</param>
public sealed record RunState(
    DateTimeOffset Start,
    DateTimeOffset End,
    DateTimeOffset? ClosedAt,
    int? Point,
    string? Leads,
    NumberedCount? Frozen,
    IReadOnlyList<NumberedCount> Counts,
    IReadOnlyList<Guid> WithoutEffect,
    int? Session = null);

/// <param name="Number">1 for the first.</param>
public sealed record NumberedCount(int Number, DateTimeOffset At, VoteCount Count);
