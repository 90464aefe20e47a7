using Kiosk.Contracts.Hosting;

namespace Kiosk.Player.Core.View;

/// <summary>The host panel while it is open.</summary>
/// <param name="Host">Masked name, once the card was read.</param>
/// <param name="Code">Why the last thing did not work, as a stable code; null when it did.</param>
/// <param name="Busy">A PIN is being checked or an action written.</param>
/// <param name="TriesLeft">PINs left before the next lock, after a wrong one.</param>
/// <param name="LockedUntil">No PIN of this member is taken before.</param>
/// <param name="WarnAt">From then on the panel asks whether anybody is still there.</param>
/// <param name="EndsAt">Then it closes by itself.</param>
/// <param name="Meeting">The meeting this host can run now.</param>
/// <param name="Units">Units for which a meeting can be started now; empty when none can.</param>
/// <param name="Done">The last action that was written, to be confirmed in words.</param>
public sealed record HostPanelView(
    HostStep Step,
    string? Host,
    string? Code,
    bool Busy,
    int? TriesLeft,
    DateTimeOffset? LockedUntil,
    DateTimeOffset WarnAt,
    DateTimeOffset EndsAt,
    HostMeetingView? Meeting,
    IReadOnlyList<HostUnitView> Units,
    HostActionKind? Done);

public enum HostStep
{
    Card,
    Pin,
    Menu,
}

/// <param name="Started">It runs; otherwise it can be begun now.</param>
/// <param name="ReopenUntil">Closed; can be taken back until then.</param>
/// <param name="Leads">Who leads now, as shown.</param>
/// <param name="LeadsMe">The host at the panel took over last.</param>
/// <param name="NextStart">Start of the next meeting in this room, to be kept in mind when extending.</param>
/// <param name="SignUp">Members came of their own will: nothing is put to the vote, so no voters are counted.</param>
/// <param name="MarksAbsent">Closing makes whoever has neither come nor leave absent.</param>
public sealed record HostMeetingView(
    Guid Id,
    string Title,
    bool Started,
    DateTimeOffset Start,
    DateTimeOffset End,
    IReadOnlyList<string> Agenda,
    int? Point,
    int VotingPresent,
    int VotingExpected,
    int? QuorumNeeded,
    CountView? Frozen,
    DateTimeOffset? ReopenUntil,
    string? Leads,
    bool LeadsMe,
    DateTimeOffset? NextStart,
    SessionView? Session = null,
    bool SignUp = false,
    bool MarksAbsent = true);

/// <summary>The part of an evening that is on.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Title">Its title, else its type.</param>
/// <param name="Previous">Title of the one before it; null for the first.</param>
/// <param name="Next">Title of the one after it; null for the last.</param>
public sealed record SessionView(int Number, int Count, string Title, string TypeName, string? Previous, string? Next);

/// <param name="Number">1 for the first count of the meeting.</param>
public sealed record CountView(int Number, DateTimeOffset At, VoteCount Count);

public sealed record HostUnitView(Guid Id, string Name, int Expected, IReadOnlyList<HostTypeView> Types);

/// <param name="SignUp">Whoever comes takes part; nobody is expected.</param>
/// <param name="Starts">For whom it can be started: the unit, or one of its groups.</param>
/// <param name="Why">Why it cannot be: <c>no_groups no_posts nobody</c>.</param>
public sealed record HostTypeView(string Code, string Name, bool SignUp, IReadOnlyList<HostStartView> Starts, string? Why);

/// <param name="Expected">应到.</param>
public sealed record HostStartView(Guid UnitId, string Name, int Expected);
