using CsCheck;
using Kiosk.Contracts.Devices;

namespace Kiosk.Testing.Model;

/// <summary>What somebody does on an evening. Members, meetings and kiosks go by their number, so that a sequence can be printed and run again.</summary>
internal abstract record Step;

/// <summary>A card before a kiosk that reaches the hub.</summary>
/// <param name="Ago">Minutes before now, by the kiosk's clock; below zero its clock is fast.</param>
/// <param name="Old">The card that was replaced last, if there is one.</param>
internal sealed record Scan(int Member, int Meeting, int Kiosk, ClockState Clock, int Ago, bool Old) : Step;

/// <summary>The same before a kiosk that does not: into its journal.</summary>
internal sealed record Journal(int Member, int Meeting, int Kiosk, ClockState Clock, int Ago, bool Old) : Step;

/// <summary>A kiosk takes back one of its own scans, sent or not.</summary>
/// <param name="Back">Counted from the newest of those it has not taken back.</param>
/// <param name="After">Minutes after that scan, by the kiosk's clock.</param>
/// <param name="SameBoot">It was not started anew in between.</param>
/// <param name="AtOnce">It reaches the hub; else into the journal.</param>
internal sealed record Retract(int Kiosk, int Back, ClockState Clock, int After, bool SameBoot, bool AtOnce) : Step;

/// <summary>A kiosk sends what is in its journal.</summary>
/// <param name="Order">0 oldest first, 1 newest first, else shuffled with this seed.</param>
/// <param name="Keep">The answer is lost: it will send all of it again.</param>
internal sealed record Upload(int Kiosk, int Order, bool Keep) : Step;

/// <summary>A phone opens the display's code.</summary>
internal sealed record Tap(int Member, int Meeting) : Step;

/// <summary>And its button is pressed, perhaps again.</summary>
internal sealed record Press(int Member) : Step;

/// <param name="Ago">Minutes before now that the host confirms; 0 for now.</param>
internal sealed record Help(int Member, int Meeting, int Ago) : Step;

internal sealed record Undo(int Member, int Meeting) : Step;

/// <summary>The same card again and again, as a broken scanner does.</summary>
internal sealed record Flood(int Member, int Meeting) : Step;

internal sealed record Wait(int Minutes) : Step;

internal sealed record Close(int Meeting) : Step;

internal sealed record Cancel(int Meeting) : Step;

internal sealed record Reopen(int Meeting) : Step;

/// <summary>The host puts somebody on the roster or takes them off.</summary>
internal sealed record Roster(int Meeting, int Member, bool On) : Step;

/// <summary>Leave entered, and so approved, by the host.</summary>
internal sealed record Leave(int Meeting, int Member) : Step;

internal sealed record Suspend(int Member, bool On) : Step;

/// <summary>A new card; the one before is revoked.</summary>
internal sealed record NewCard(int Member) : Step;

/// <summary>Points given or taken by hand.</summary>
internal sealed record Adjust(int Member, int Amount) : Step;

/// <summary>The hub ends and starts again on its folder.</summary>
/// <param name="Sending">A kiosk that is just sending its journal, or -1.</param>
internal sealed record Restart(int Sending) : Step;

/// <summary>Several at once.</summary>
internal sealed record Together(IReadOnlyList<Step> Steps) : Step
{
    public override string ToString() => $"Together [ {string.Join(" | ", Steps)} ]";
}

internal static class Evenings
{
    public const int Members = 4;
    public const int Meetings = 2;
    public const int Kiosks = 2;

    private static readonly Gen<int> AnyMember = Gen.Int[0, Members - 1];
    private static readonly Gen<int> AnyMeeting = Gen.Frequency((3, Gen.Const(0)), (1, Gen.Const(1)));
    private static readonly Gen<int> AnyKiosk = Gen.Int[0, Kiosks - 1];
    private static readonly Gen<ClockState> AnyClock = Gen.Frequency(
        (5, Gen.Const(ClockState.Synced)), (2, Gen.Const(ClockState.Holdover)), (2, Gen.Const(ClockState.Unknown)));

    // Mostly what has just happened, sometimes an hour or a day ago, sometimes by a clock ten minutes fast.
    private static readonly Gen<int> Minutes = Gen.Frequency((6, Gen.Int[0, 3]), (4, Gen.Int[4, 90]), (1, Gen.Int[91, 2_000]), (1, Gen.Int[-10, -1]));

    private static readonly Gen<Step> ByCard = Gen.Select(AnyMember, AnyMeeting, AnyKiosk, AnyClock, Minutes, Gen.Int[0, 7])
        .Select((member, meeting, kiosk, clock, ago, old) => (Step)new Scan(member, meeting, kiosk, clock, ago, old == 0));

    private static readonly Gen<Step> Offline = Gen.Select(AnyMember, AnyMeeting, AnyKiosk, AnyClock, Minutes, Gen.Int[0, 7])
        .Select((member, meeting, kiosk, clock, ago, old) => (Step)new Journal(member, meeting, kiosk, clock, ago, old == 0));

    private static readonly Gen<Step> Sent = Gen.Select(AnyKiosk, Gen.Int[0, 9], Gen.Int[0, 2]).Select((kiosk, order, keep) => (Step)new Upload(kiosk, order, keep == 0));
    private static readonly Gen<Step> Retracted = Gen.Select(AnyKiosk, Gen.Frequency((4, Gen.Const(0)), (2, Gen.Int[1, 4])), AnyClock, Gen.Frequency((6, Gen.Int[0, 5]), (1, Gen.Int[-2, 20])), Gen.Bool, Gen.Bool)
        .Select((kiosk, back, clock, after, same, atOnce) => (Step)new Retract(kiosk, back, clock, after, same, atOnce));

    private static readonly Gen<Step> Tapped = Gen.Select(AnyMember, AnyMeeting).Select((member, meeting) => (Step)new Tap(member, meeting));
    private static readonly Gen<Step> Pressed = AnyMember.Select(member => (Step)new Press(member));
    private static readonly Gen<Step> Helped = Gen.Select(AnyMember, AnyMeeting, Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[1, 120])))
        .Select((member, meeting, ago) => (Step)new Help(member, meeting, ago));

    private static readonly Gen<Step> TakenBack = Gen.Select(AnyMember, AnyMeeting).Select((member, meeting) => (Step)new Undo(member, meeting));
    private static readonly Gen<Step> Points = Gen.Select(AnyMember, Gen.Int[-4, 4]).Select((member, amount) => (Step)new Adjust(member, amount == 0 ? 5 : amount));
    private static readonly Gen<Step> Ended = Gen.Select(AnyMeeting, Gen.Int[0, 5]).Select((meeting, which) => which switch
    {
        0 => (Step)new Cancel(meeting),
        1 or 2 => new Close(meeting),
        _ => new Reopen(meeting),
    });

    private static readonly Gen<Step> Desk = Gen.OneOf(
        Gen.Select(AnyMeeting, AnyMember, Gen.Bool).Select((meeting, member, on) => (Step)new Roster(meeting, member, on)),
        Gen.Select(AnyMeeting, AnyMember).Select((meeting, member) => (Step)new Leave(meeting, member)),
        Gen.Select(AnyMember, Gen.Bool).Select((member, on) => (Step)new Suspend(member, on)),
        AnyMember.Select(member => (Step)new NewCard(member)));

    private static readonly Gen<Step> Crowd = Gen.Frequency((5, ByCard), (3, Helped), (3, TakenBack), (2, Points), (2, Sent), (1, Ended), (2, Pressed), (2, Retracted.Select(step => (Step)((Retract)step with { AtOnce = true }))))
        .Array[2, 4].Select(steps => (Step)new Together(steps));

    private static readonly Gen<Step> Any = Gen.Frequency(
        (12, ByCard), (9, Offline), (6, Sent), (4, Tapped), (6, Pressed), (5, Helped), (5, TakenBack), (7, Retracted), (3, Points), (3, Ended), (4, Desk), (7, Crowd),
        (6, Gen.Int[1, 40].Select(minutes => (Step)new Wait(minutes))));

    private static readonly Gen<Step[]> Sequence = Any.Array[4, 26];

    /// <summary>The sequence of this number: the same for the same seed, whatever ran before.</summary>
    public static IReadOnlyList<Step> Of(int seed, int number)
    {
        var steps = Sequence.Generate(new PCG((uint)number, (ulong)(uint)seed), null, out _).ToList();
        var random = new Random(HashCode.Combine(seed, number));
        if (random.Next(40) == 0)
        {
            steps.Insert(random.Next(steps.Count), new Flood(random.Next(Members), random.Next(Meetings)));
        }

        // Dear, so seldom.
        if (random.Next(50) == 0)
        {
            steps.Insert(random.Next(steps.Count), new Restart(random.Next(-1, Kiosks)));
        }

        return steps;
    }
}
