namespace Kiosk.Hub.Printing;

/// <param name="Serial">卡号, as lists show it.</param>
public sealed record PrintedCard(string Name, string Branch, string Number, long Serial, string QrSvg);

/// <param name="Cancelled">That it was cancelled, and why; null when it was not.</param>
/// <param name="BlankRows">For who comes without having signed up.</param>
public sealed record PrintedSheet(
    string Title, string TypeName, string UnitName, string RoomName, string When, string HostName, string Totals, bool Closed, string Number, string QrSvg, IReadOnlyList<PrintedRow> Rows, string PrintedAt, bool SignUp = false,
    string? Cancelled = null, int BlankRows = 0)
{
    /// <summary>People of several units come: each row says which.</summary>
    public bool Units { get; init; }

    /// <summary>Who came without being on the roster.</summary>
    public IReadOnlyList<PrintedOther> Others { get; init; } = [];
}

/// <summary>参加组织生活证明, for a visitor to take home.</summary>
public sealed record PrintedReceipt(string Number, string Name, string Branch, string Kind, string Title, string TypeName, string UnitName, string When, string Place, string IssuedOn);

/// <param name="Signature">What stands where a signature would: 请假 of whoever is excused.</param>
public sealed record PrintedRow(int Position, string Number, string Name, string Unit, string Votes, string State, string Time, string Signature);

/// <param name="State">Draft or final; null where there is none to write.</param>
/// <param name="VoteCounts">What was counted before votes.</param>
/// <param name="People">Names by what became of them.</param>
/// <param name="Parts">Sessions with their points.</param>
public sealed record PrintedMinutes(
    string Title, string TypeName, string UnitName, string RoomName, string When, string HostName, string Recorder, string? State, string Counts, string? Quorum, IReadOnlyList<string> VoteCounts,
    IReadOnlyList<PrintedPart> People, IReadOnlyList<PrintedPart> Parts, IReadOnlyList<string> Materials, string Text,
    IReadOnlyList<Contracts.Operator.MinutesDecision> Decisions, IReadOnlyList<string> Photos, string PrintedAt, string? Cancelled = null)
{
    /// <summary>Cancelled, and nothing was written: there are no lines to fill in and nothing to sign.</summary>
    public bool NotHeld { get; init; }

    /// <summary>An activity, which has no minutes but a record.</summary>
    public bool SignUp { get; init; }

    /// <summary>Who came without being on the roster.</summary>
    public IReadOnlyList<PrintedOther> Others { get; init; } = [];
}

public sealed record PrintedPart(string Title, IReadOnlyList<string> Lines);

public sealed record PrintedPracticeCard(char Letter, string Name, string Purpose, string QrSvg);
