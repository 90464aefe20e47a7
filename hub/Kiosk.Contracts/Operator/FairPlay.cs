using Kiosk.Contracts.CheckIns;

namespace Kiosk.Contracts.Operator;

/// <summary>GET /api/meetings/{id}/fair-play (Host): what needs a look, and whose presence waits to be confirmed. Never shown to members or on a wall.</summary>
/// <param name="AsksEverybody">Whoever checks in by phone is asked for the second proof.</param>
public sealed record FairPlayView(bool AsksEverybody, IReadOnlyList<FlagView> Flags, IReadOnlyList<ProofView> Proofs);

/// <summary>Something about check-ins the host should see; the check-ins themselves stand.</summary>
/// <param name="Key">Names it when answering.</param>
/// <param name="Code"><c>one_phone shared_phone cards_in_a_row far_network burst code_shared two_places</c>.</param>
/// <param name="Text">What was seen, in a sentence, in the caller's language.</param>
/// <param name="Hint">What it may be and what to do.</param>
/// <param name="Answer">The host has looked; null while it waits, or when somebody has joined since.</param>
public sealed record FlagView(
    string Key, string Code, FlagWeight Weight, string Text, string Hint, DateTimeOffset At, IReadOnlyList<FlagSubject> Subjects, FlagAnswerView? Answer);

public enum FlagWeight
{
    /// <summary>需要看一眼.</summary>
    Look,

    /// <summary>Explained by itself, e.g. a couple that declared its shared phone.</summary>
    Explained,
}

/// <param name="CheckedIn">The attendance stands; false once it was taken back.</param>
public sealed record FlagSubject(Guid MemberId, string Name, CheckInMethod Method, DateTimeOffset At, bool CheckedIn);

public sealed record FlagAnswerView(string Word, string By, DateTimeOffset At);

/// <summary>POST /api/meetings/{id}/fair-play/answers (Host): 已核实. 404 <c>flag_gone</c>.</summary>
/// <param name="Word">What was found, 1–200 characters.</param>
public sealed record FlagAnswerInput(string Key, string Word);

/// <summary>PUT /api/meetings/{id}/second-proof (Host): asks everybody who checks in by phone from now on, or nobody any more.</summary>
public sealed record SecondProofInput(bool AskEverybody);

/// <summary>
/// POST /api/meetings/{id}/second-proof/{memberId} (Host) asks one person, 409 <c>not_checked_in</c>;
/// POST /api/meetings/{id}/second-proof/{memberId}/confirm with <see cref="ProofConfirmation"/> settles it by hand, 404 <c>proof_unknown</c>.
/// </summary>
/// <param name="AskedBy">Null when the meeting asks everybody.</param>
/// <param name="SettledBy">The host who confirmed by hand; null when the number was tapped.</param>
public sealed record ProofView(
    Guid MemberId, string Name, ProofState State, DateTimeOffset AskedAt, string? AskedBy, DateTimeOffset? SettledAt, string? SettledBy, string? Word);

public enum ProofState
{
    /// <summary>待确认.</summary>
    Waiting,

    /// <summary>The number was tapped on the room's screen.</summary>
    Tapped,

    /// <summary>The host confirmed by hand.</summary>
    Confirmed,
}

/// <param name="Word">Why, 1–200 characters.</param>
public sealed record ProofConfirmation(string Word);
