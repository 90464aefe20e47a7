namespace Kiosk.Contracts.CheckIns;

/// <summary>A two-digit number tapped on the room's screen: the second proof of somebody whose phone shows it.</summary>
/// <param name="Number">10 to 99.</param>
public sealed record NumberTap(Guid MeetingId, int Number);

/// <param name="MaskedName">Whose number it was; null where the meeting shows no names.</param>
public sealed record NumberTapReply(NumberTapOutcome Outcome, string? MaskedName);

public enum NumberTapOutcome
{
    /// <summary>The number was waited for; also the answer to the same tap again.</summary>
    Proven,

    /// <summary>Nobody's, or expired: the phone gives a new one.</summary>
    UnknownNumber,

    /// <summary>Too many wrong numbers here; again in a minute.</summary>
    TooManyTries,
}
